package org.zosgrid.launcher;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/** The database the control plane works on: its own, or one that the operator keeps. */
interface Database extends StartedParts.Part {
    static Database start(Configuration configuration) {
        return configuration.database().<Database>map(External::reached).orElseGet(() -> EmbeddedDatabase.start(configuration.state().resolve("database")));
    }

    DatabaseAccess access();

    /** Nothing to start or stop. */
    record External(DatabaseAccess access) implements Database {
        /** Tried before anything is started on it: the server would only say that it could not deploy. Errors: {@link StartException}, with the database's own words. */
        static External reached(DatabaseAccess access) {
            try (Connection connection = DriverManager.getConnection(access.url(), access.user(), access.password()); Statement statement = connection.createStatement();
                 ResultSet prepared = statement.executeQuery("SHOW max_prepared_transactions")) {
                prepared.next();
                if (prepared.getInt(1) == 0) {
                    throw new StartException("the database of " + access + " has max_prepared_transactions = 0; transactions over the database and nodes' stores need some, such as 64 (postgresql.conf)");
                }
                return new External(access);
            } catch (SQLException failed) {
                throw new StartException("cannot work on the database of " + access, failed);
            }
        }

        @Override
        public void close() {
        }
    }
}
