package org.zosgrid.launcher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A real PostgreSQL, stopped properly and otherwise. */
class EmbeddedDatabaseTest {
    @TempDir private Path folder;

    @Test
    void survivesAProcessThatWasKilled() throws Exception {
        Process crash = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-cp", System.getProperty("java.class.path"),
            Crash.class.getName(), folder.toString()).inheritIO().start();
        assertThat(crash.waitFor(60, TimeUnit.SECONDS)).isTrue();
        long orphan = postmaster();
        assertThat(ProcessHandle.of(orphan)).as("PostgreSQL outlives the process that started it").isPresent();

        EmbeddedDatabase database = EmbeddedDatabase.start(folder);
        try (database) {
            assertThat(ProcessHandle.of(orphan)).as("orphan").isEmpty();
            assertThat(query(database.access(), "SELECT text FROM note")).as("what was committed").isEqualTo("committed");
            assertThat(query(database.access(), "SELECT count(*) FROM pg_prepared_xacts")).as("undecided transactions").isEqualTo("0");
            assertThat(query(database.access(), "SHOW fsync")).isEqualTo("on");
            assertThat(query(database.access(), "SHOW synchronous_commit")).isEqualTo("on");
            assertThat(query(database.access(), "SHOW listen_addresses")).isEqualTo("127.0.0.1");
            DatabaseAccess wrong = new DatabaseAccess(database.access().url(), database.access().user(), "wrong");
            assertThatThrownBy(() -> query(wrong, "SELECT 1")).isInstanceOf(SQLException.class).hasMessageContaining("password");
        }
        assertThat(folder.resolve("data/postmaster.pid")).doesNotExist();
    }

    @Test
    void ignoresAPidFileWhoseNumberBelongsToAnotherProgram() throws IOException, SQLException {
        EmbeddedDatabase.start(folder).close();
        Files.writeString(folder.resolve("data/postmaster.pid"), ProcessHandle.current().pid() + "\n" + folder.resolve("data") + "\n");
        try (EmbeddedDatabase database = EmbeddedDatabase.start(folder)) {
            assertThat(query(database.access(), "SELECT 1")).isEqualTo("1");
        }
    }

    private long postmaster() throws IOException {
        return Long.parseLong(Files.readAllLines(folder.resolve("data/postmaster.pid")).getFirst().strip());
    }

    private static String query(DatabaseAccess access, String query) throws SQLException {
        try (Connection connection = DriverManager.getConnection(access.url(), access.user(), access.password());
             Statement statement = connection.createStatement(); ResultSet rows = statement.executeQuery(query)) {
            rows.next();
            return rows.getString(1);
        }
    }

    /** Commits something, leaves something undecided, and dies without a farewell. */
    static final class Crash {
        private Crash() {
        }

        public static void main(String[] folder) throws SQLException {
            DatabaseAccess access = EmbeddedDatabase.start(Path.of(folder[0])).access();
            try (Connection connection = DriverManager.getConnection(access.url(), access.user(), access.password());
                 Statement statement = connection.createStatement()) {
                statement.execute("CREATE TABLE note (text text)");
                statement.execute("INSERT INTO note VALUES ('committed')");
                connection.setAutoCommit(false);
                statement.execute("INSERT INTO note VALUES ('undecided')");
                statement.execute("PREPARE TRANSACTION 'left-behind'");
                Runtime.getRuntime().halt(137);
            }
        }
    }
}
