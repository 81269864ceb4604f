package org.zosgrid.launcher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.zosgrid.settings.SetUpFiles;

/** A real PostgreSQL, backed up while somebody writes, and what is refused. */
class BackupTest {
    private static final int ROWS = 2_000;

    @TempDir private Path folder;

    @Test
    void whatWasCommittedIsInABackupThatIsMadeWhileSomebodyWrites() throws Exception {
        Path archive = folder.resolve("backup.zip");
        AtomicInteger committed = new AtomicInteger();
        int before;
        try (EmbeddedDatabase database = EmbeddedDatabase.start(folder.resolve("state/database"))) {
            Files.createDirectories(folder.resolve("state/trust-roots"));
            Files.writeString(folder.resolve("state/trust-roots/1.json"), "root");
            CountDownLatch some = new CountDownLatch(50);
            Thread writer = Thread.ofVirtual().start(() -> write(database.access(), committed, some));
            assertThat(some.await(60, TimeUnit.SECONDS)).isTrue();
            before = committed.get();
            backup("state").save(archive);
            writer.interrupt();
            writer.join();
        }
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(archive))).isEqualTo("rw-------");
        assertThat(committed.get()).as("written during the backup").isGreaterThan(before);
        backup("other").restore(archive);
        assertThat(folder.resolve("other/trust-roots/1.json")).hasContent("root");
        try (EmbeddedDatabase restored = started(folder.resolve("other/database"))) {
            int rows = Integer.parseInt(query(restored.access(), "SELECT count(*) FROM note"));
            assertThat(rows).as("rows of the backup").isBetween(before, committed.get());
            assertThat(query(restored.access(), "SELECT max(number) FROM note")).as("without a gap").isEqualTo(Integer.toString(rows));
            query(restored.access(), "INSERT INTO note VALUES (" + (rows + 1) + ", 'after') RETURNING number");
        }
    }

    private static EmbeddedDatabase started(Path database) throws IOException {
        try {
            return EmbeddedDatabase.start(database);
        } catch (StartException failed) {
            throw new AssertionError(Files.readString(database.resolve("postgresql.log")), failed);
        }
    }

    /** Rows of some size, so that the write-ahead log goes on by several files. */
    private static void write(DatabaseAccess access, AtomicInteger committed, CountDownLatch some) {
        try (Connection connection = connect(access); Statement statement = connection.createStatement()) {
            statement.execute("CREATE TABLE note (number int PRIMARY KEY, text text)");
            while (!Thread.currentThread().isInterrupted() && committed.get() < ROWS) {
                statement.execute("INSERT INTO note VALUES (" + (committed.get() + 1) + ", repeat(md5(random()::text), 1000))");
                committed.incrementAndGet();
                some.countDown();
            }
        } catch (SQLException failed) {
            throw new IllegalStateException(failed);
        }
    }

    @Test
    void aBackupThatIsDamagedOrCutOffChangesNothing() throws Exception {
        Path archive = folder.resolve("backup.zip");
        try (EmbeddedDatabase database = EmbeddedDatabase.start(folder.resolve("state/database"))) {
            assertThat(query(database.access(), "SELECT 1")).isEqualTo("1");
            backup("state").save(archive);
        }
        byte[] whole = Files.readAllBytes(archive);
        Path cut = Files.write(folder.resolve("cut.zip"), java.util.Arrays.copyOf(whole, whole.length / 2));
        assertThatThrownBy(() -> backup("other").restore(cut)).isInstanceOf(StartException.class).hasMessageContaining("cut.zip is damaged or was cut off");
        byte[] flipped = whole.clone();
        flipped[whole.length / 3] ^= 0x10;
        Path damaged = Files.write(folder.resolve("damaged.zip"), flipped);
        assertThatThrownBy(() -> backup("other").restore(damaged)).isInstanceOf(StartException.class).hasMessageContaining("damaged.zip");
        Path text = Files.writeString(folder.resolve("text"), "this is no archive");
        assertThatThrownBy(() -> backup("other").restore(text)).isInstanceOf(StartException.class).hasMessageContaining("is no backup, or was cut off");
        try (Stream<Path> left = Files.list(folder.resolve("other"))) {
            assertThat(left).isEmpty();
        }
    }

    @Test
    void whatIsThereIsNotOverwritten() throws Exception {
        Path archive = folder.resolve("backup.zip");
        try (EmbeddedDatabase database = EmbeddedDatabase.start(folder.resolve("state/database"))) {
            assertThat(query(database.access(), "SELECT 1")).isEqualTo("1");
            backup("state").save(archive);
            assertThatThrownBy(() -> backup("state").save(archive)).hasMessage("--backup: " + archive + " exists");
            assertThatThrownBy(() -> backup("state").restore(archive)).hasMessageContaining("state/database exists; restore into a new zos.state");
        }
        assertThatThrownBy(() -> backup("state").save(folder.resolve("another.zip"))).isInstanceOf(StartException.class).hasMessageContaining("a backup is made while it works");
        try (Stream<Path> left = Files.list(folder)) {
            assertThat(left.map(each -> each.getFileName().toString())).containsExactlyInAnyOrder("state", "backup.zip", "etc");
        }
    }

    @Test
    void aDatabaseOfTheOperatorsIsLeftToItsOwnMeans() throws IOException {
        Files.writeString(folder.resolve("secret"), "secret");
        List<String> external = List.of("zos.database.url=jdbc:postgresql://127.0.0.1:1/zos", "zos.database.user=zos", "zos.database.password-file=" + folder.resolve("secret"));
        assertThatThrownBy(() -> new Backup(configuration("state", external), new Progress(new PrintStream(OutputStream.nullOutputStream()))))
                .isInstanceOf(StartException.class).hasMessageContaining("pg_basebackup or pg_dump");
    }

    private Backup backup(String state) throws IOException {
        return new Backup(configuration(state, List.of()), new Progress(new PrintStream(OutputStream.nullOutputStream())));
    }

    private Configuration configuration(String state, List<String> more) throws IOException {
        Path file = folder.resolve("configuration");
        Path etc = folder.resolve("etc");
        if (!Files.exists(etc)) {
            SetUpFiles.write(Files.createDirectory(etc));
        }
        Files.write(file, Stream.concat(Stream.of(
                "zos.state=" + folder.resolve(state), "zos.trust-root=" + folder.resolve("etc/root.json"), "zos.ledger-key=" + folder.resolve("etc/ledger.json"),
                "zos.inventory=" + folder.resolve("etc/nodes.json"), "zos.management-tls=" + folder.resolve("etc/tls"), "zos.hub=http://127.0.0.1:1", "zos.http.port=1"), more.stream()).toList());
        try {
            return Configuration.read(file, Map.of());
        } finally {
            Files.delete(file);
        }
    }

    private static Connection connect(DatabaseAccess access) throws SQLException {
        return DriverManager.getConnection(access.url(), access.user(), access.password());
    }

    private static String query(DatabaseAccess access, String query) throws SQLException {
        try (Connection connection = connect(access); Statement statement = connection.createStatement(); ResultSet rows = statement.executeQuery(query)) {
            rows.next();
            return rows.getString(1);
        }
    }
}
