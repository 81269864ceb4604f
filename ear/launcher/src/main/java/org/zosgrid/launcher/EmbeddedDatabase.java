package org.zosgrid.launcher;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.logging.Logger;

/** A PostgreSQL of our own: loopback, a free port, a password, and data that outlive the process. */
final class EmbeddedDatabase implements Database {
    private static final Logger LOG = Logger.getLogger(EmbeddedDatabase.class.getName());
    static final String NAME = "zos";

    private final EmbeddedPostgres server;
    private final DatabaseAccess access;

    private EmbeddedDatabase(EmbeddedPostgres server, DatabaseAccess access) {
        this.server = server;
        this.access = access;
    }

    static EmbeddedDatabase start(Path folder) {
        try {
            Files.createDirectories(folder, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
            Path data = folder.resolve("data");
            LeftoverPostgres.in(data).end();
            Path passwordFile = folder.resolve("password");
            String password = Secret.of(passwordFile);
            EmbeddedPostgres server = EmbeddedPostgres.builder()
                .setDataDirectory(data)
                .setCleanDataDirectory(false)
                .setRegisterShutdownHook(false) // the server must be down first
                .setOutputRedirector(ProcessBuilder.Redirect.appendTo(folder.resolve("postgresql.log").toFile()))
                .setErrorRedirector(ProcessBuilder.Redirect.appendTo(folder.resolve("postgresql.log").toFile()))
                .setPGStartupWait(Duration.ofSeconds(60)) // recovery after a power cut takes its time
                // "locale" options are initdb's options: later ones win over the library's own "trust"
                .setLocaleConfig("auth", "scram-sha-256")
                .setLocaleConfig("pwfile", passwordFile.toString())
                .setLocaleConfig("locale", "C.UTF-8")
                .setConnectConfig("password", password)
                // the library is made for tests and switches both off
                .setServerConfig("fsync", "on")
                .setServerConfig("synchronous_commit", "on")
                .setServerConfig("listen_addresses", "127.0.0.1")
                .setServerConfig("unix_socket_directories", "")
                .setServerConfig("max_prepared_transactions", "64") // two-phase commit
                .setServerConfig("max_connections", "64")
                .setServerConfig("shared_buffers", "64MB")
                .start();
            prepare(access(server, "postgres", "postgres", password), password);
            endUndecided(access(server, NAME, "postgres", password));
            return new EmbeddedDatabase(server, access(server, NAME, NAME, password));
        } catch (IOException | SQLException failed) {
            throw new StartException("the embedded PostgreSQL in " + folder + " did not start", failed);
        }
    }

    @Override
    public DatabaseAccess access() {
        return access;
    }

    @Override
    public void close() {
        try {
            server.close();
        } catch (IOException failed) {
            throw new UncheckedIOException("PostgreSQL did not stop", failed);
        }
    }

    private static DatabaseAccess access(EmbeddedPostgres server, String database, String user, String password) {
        return new DatabaseAccess("jdbc:postgresql://127.0.0.1:" + server.getPort() + "/" + database, user, password);
    }

    /** A role that owns one database and nothing else. */
    private static void prepare(DatabaseAccess administration, String password) throws SQLException {
        try (Connection connection = connect(administration); Statement statement = connection.createStatement()) {
            if (names(statement, "SELECT rolname FROM pg_roles WHERE rolname = '" + NAME + "'").isEmpty()) {
                statement.execute("CREATE ROLE " + NAME + " LOGIN PASSWORD '" + password + "'");
            }
            if (names(statement, "SELECT datname FROM pg_database WHERE datname = '" + NAME + "'").isEmpty()) {
                statement.execute("CREATE DATABASE " + NAME + " OWNER " + NAME);
            }
        }
    }

    /**
     * The server's memory of undecided transactions ended with it. All other parties of a transaction deliver again what was not
     * committed here, so rolling back is the right end, and frees the locks.
     */
    private static void endUndecided(DatabaseAccess administration) throws SQLException {
        try (Connection connection = connect(administration); Statement statement = connection.createStatement()) {
            for (String undecided : names(statement, "SELECT gid FROM pg_prepared_xacts WHERE database = '" + NAME + "'")) {
                LOG.info("rolling back a transaction that the last run left undecided: " + undecided);
                statement.execute("ROLLBACK PREPARED '" + undecided.replace("'", "''") + "'");
            }
        }
    }

    private static Connection connect(DatabaseAccess access) throws SQLException {
        return DriverManager.getConnection(access.url(), access.user(), access.password());
    }

    private static List<String> names(Statement statement, String query) throws SQLException {
        var names = new ArrayList<String>();
        try (ResultSet rows = statement.executeQuery(query)) {
            while (rows.next()) {
                names.add(rows.getString(1));
            }
        }
        return names;
    }
}
