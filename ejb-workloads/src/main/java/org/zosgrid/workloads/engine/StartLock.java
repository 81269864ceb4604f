package org.zosgrid.workloads.engine;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import javax.sql.DataSource;

/** Held while a server makes the engine's tables and brings its models: of several that start together, one after the other does. Ends with its connection at the latest. */
record StartLock(Connection connection) implements AutoCloseable {
    /** Any number that nobody else locks. */
    private static final long NUMBER = 0x7a6f73_656e67696eL;

    static StartLock take(DataSource database) throws SQLException {
        Connection connection = database.getConnection();
        try (Statement statement = connection.createStatement()) {
            statement.execute("SELECT pg_advisory_lock(" + NUMBER + ")");
            return new StartLock(connection);
        } catch (SQLException failed) {
            connection.close();
            throw failed;
        }
    }

    @Override
    public void close() throws SQLException {
        try (connection; Statement statement = connection.createStatement()) {
            statement.execute("SELECT pg_advisory_unlock(" + NUMBER + ")");
        }
    }
}
