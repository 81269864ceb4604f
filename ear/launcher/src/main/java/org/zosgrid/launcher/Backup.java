package org.zosgrid.launcher;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Backs up a control plane with its embedded PostgreSQL while it works, and restores it. The database has all that counts: deployments, processes, and every
 * entry of the ledger, whose tiles are made again from it. Besides, the versions of the trust root that were followed. Keys and certificates are not in it.
 *
 * <p>The database's files are copied by PostgreSQL's own protocol for that: a copy between {@code pg_backup_start} and {@code pg_backup_stop}, with the
 * write-ahead log that a replication slot keeps meanwhile. Whatever was committed when the copy ended is in it, and nothing of what was not.
 */
final class Backup {
    /** What a copy must not have (a process's, a server's own), or is made again at a start: PostgreSQL's documentation, "Making a Base Backup Using the Low Level API". */
    private static final Pattern LEFT_OUT = Pattern.compile(
            "postmaster\\.(pid|opts)|(pg_replslot|pg_dynshmem|pg_notify|pg_serial|pg_snapshots|pg_stat_tmp|pg_subtrans|pg_wal)/.*|(.*/)?pg_internal\\.init.*|(.*/)?pgsql_tmp.*|global/pg_control");
    private static final Pattern WAL = Pattern.compile("[0-9A-F]{24}|[0-9A-F]{8}\\.history");
    /** What was followed: of the default organisation, and of the others. */
    private static final List<String> ROOTS = List.of("trust-roots", "trust-roots-of");
    private static final String CONTROL = "global/pg_control";

    private final Path state;
    private final Progress progress;

    Backup(Configuration configuration, Progress progress) {
        if (configuration.database().isPresent()) {
            throw new StartException("zos.database.url is set: that PostgreSQL is backed up and restored by its own means (pg_basebackup or pg_dump); the ledger is in it, and its "
                    + "tiles are made again from it. Keep " + configuration.state().resolve("trust-roots") + " with it");
        }
        this.state = configuration.state();
        this.progress = progress;
    }

    /** Writes a backup; the file appears when it is whole, and only its owner can read it. */
    void save(Path to) throws IOException {
        Path file = to.toAbsolutePath();
        if (Files.exists(file)) {
            throw new StartException("--backup: " + file + " exists");
        }
        Path unfinished = file.resolveSibling(file.getFileName() + ".part");
        Files.deleteIfExists(unfinished);
        try (BackupArchive archive = new BackupArchive(unfinished)) {
            Map<String, String> facts = new TreeMap<>();
            progress.step("database copied while it works", () -> facts.putAll(database(archive)));
            for (String part : ROOTS) {
                if (Files.isDirectory(state.resolve(part))) {
                    progress.step("versions of the trust root: " + part, () -> archive.addAll(state.resolve(part), part, name -> true));
                }
            }
            archive.finish(new TreeMap<>(facts));
            archive.close();
            Files.move(unfinished, file, StandardCopyOption.ATOMIC_MOVE);
            progress.done("backed up: " + archive.files() + " files, " + archive.bytes() + " bytes, " + facts.get("ledger-entries") + " ledger entries, in " + file);
        } catch (IOException | RuntimeException failed) {
            Files.deleteIfExists(unfinished);
            throw failed;
        }
    }

    private SortedMap<String, String> database(BackupArchive archive) throws IOException {
        Path folder = state.resolve("database");
        Path data = folder.resolve("data");
        try (Connection connection = connect(folder); Statement statement = connection.createStatement()) {
            SortedMap<String, String> facts = new TreeMap<>();
            facts.put("postgresql", one(statement, "SHOW server_version"));
            one(statement, "SELECT pg_create_physical_replication_slot('zos_backup_" + ProcessHandle.current().pid() + "', true, true)"); // Temporary: gone with this connection.
            one(statement, "SELECT pg_backup_start('zos backup', true)");
            archive.addAll(data, "database/data", name -> !LEFT_OUT.matcher(name).matches());
            archive.add(data.resolve(CONTROL), "database/data/" + CONTROL);
            String label = one(statement, "SELECT labelfile FROM pg_backup_stop(false)");
            archive.add(label.getBytes(StandardCharsets.UTF_8), "database/data/backup_label");
            try (Stream<Path> log = Files.list(data.resolve("pg_wal"))) {
                for (Path each : log.filter(file -> WAL.matcher(file.getFileName().toString()).matches()).sorted().toList()) {
                    archive.add(each, "database/data/pg_wal/" + each.getFileName());
                }
            }
            archive.add(folder.resolve("password"), "database/password");
            facts.put("ledger-entries", entries(connection));
            return facts;
        } catch (SQLException failed) {
            throw new StartException("the database in " + data + " cannot be backed up", failed);
        }
    }

    /** For people to compare; a control plane that never came up has no such table. */
    private static String entries(Connection connection) {
        try (Statement statement = connection.createStatement()) {
            return one(statement, "SELECT count(*) FROM ledger_entry");
        } catch (SQLException none) {
            return "0";
        }
    }

    private static Connection connect(Path folder) throws IOException, SQLException {
        try {
            String port = Files.readAllLines(folder.resolve("data/postmaster.pid")).get(3).strip(); // Its format: the fourth line is the port.
            String password = Files.readString(folder.resolve("password")).strip();
            Connection connection = DriverManager.getConnection("jdbc:postgresql://127.0.0.1:" + port + "/" + EmbeddedDatabase.NAME, "postgres", password);
            connection.setReadOnly(false);
            return connection;
        } catch (NoSuchFileException absent) {
            throw new StartException("no database runs in " + folder + ": start the control plane first; a backup is made while it works");
        }
    }

    private static String one(Statement statement, String query) throws SQLException {
        try (ResultSet rows = statement.executeQuery(query)) {
            rows.next();
            return rows.getString(1);
        }
    }

    /** Puts a backup where nothing is yet; nothing is changed unless all of it is whole. */
    void restore(Path from) throws IOException {
        if (!Files.isRegularFile(from)) {
            throw new StartException("--restore: there is no file " + from);
        }
        for (String part : List.of("database", "ledger-store", "trust-roots", "trust-roots-of")) {
            if (Files.exists(state.resolve(part))) {
                throw new StartException("--restore: " + state.resolve(part) + " exists; restore into a new zos.state, or move that away first");
            }
        }
        Files.createDirectories(state);
        Path unfinished = state.resolve("restoring");
        erase(unfinished);
        Files.createDirectory(unfinished, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        try {
            Map<String, String> facts = progress.step("unpacked and compared with its hashes", () -> BackupArchive.unpack(from, unfinished));
            if (!Files.isDirectory(unfinished.resolve("database/data"))) {
                throw new StartException(from + " is no backup of a control plane: it has no database");
            }
            for (String part : ROOTS) {
                if (Files.isDirectory(unfinished.resolve(part))) {
                    Files.move(unfinished.resolve(part), state.resolve(part), StandardCopyOption.ATOMIC_MOVE);
                }
            }
            Files.move(unfinished.resolve("database"), state.resolve("database"), StandardCopyOption.ATOMIC_MOVE);
            progress.done("restored: " + facts.getOrDefault("ledger-entries", "?") + " ledger entries, PostgreSQL " + facts.getOrDefault("postgresql", "?") + ", in " + state
                    + "; the next start brings it up and makes the ledger's tiles again");
        } finally {
            erase(unfinished);
        }
    }

    private static void erase(Path folder) throws IOException {
        if (!Files.exists(folder)) {
            return;
        }
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path each : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(each);
            }
        } catch (DirectoryNotEmptyException busy) {
            throw new IOException(folder + " cannot be removed", busy);
        }
    }
}
