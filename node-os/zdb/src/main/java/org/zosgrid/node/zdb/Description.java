package org.zosgrid.node.zdb;

import java.io.File;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Function;
import org.zosgrid.zdb.client.Reply;

/** What a store tells of itself and of its namespaces: lines of a name and a value, those of the original first. */
final class Description {
    private final ZdbServer server;
    private final Store store;

    Description(ZdbServer server) {
        this.server = server;
        this.store = server.store();
    }

    /** What INFO answers. */
    Reply ofServer() {
        Statistics counted = server.statistics();
        List<String> lines = new ArrayList<>(List.of(
                "# server",
                "server_name: 0-db (zosgrid)",
                "server_revision: 0.1.0",
                "engine_revision: 0.1.0",
                "instance_id: " + ProcessHandle.current().pid(),
                "boot_time: " + counted.started.getEpochSecond(),
                "uptime: " + (Instant.now().getEpochSecond() - counted.started.getEpochSecond()),
                "",
                "# clients",
                "clients_lifetime: " + counted.clients.sum(),
                "",
                "# internals",
                "sequential_key_size: 8",
                "data_version: 3",
                "index_version: 1",
                "",
                "# stats",
                "commands_executed: " + counted.executed.sum(),
                "commands_failed: " + counted.failed.sum(),
                "commands_unauthorized: " + counted.unauthorized.sum()));
        lines.add("index_disk_read_failed: " + sum(disk -> disk.index.readFailures));
        lines.add("index_disk_write_failed: " + sum(disk -> disk.index.writeFailures));
        lines.add("data_disk_read_failed: " + sum(disk -> disk.data.readFailures));
        lines.add("data_disk_write_failed: " + sum(disk -> disk.data.writeFailures));
        bytes(lines, "index_disk_read", 0);
        bytes(lines, "index_disk_write", sum(disk -> disk.index.written));
        bytes(lines, "data_disk_read", sum(disk -> disk.data.read));
        bytes(lines, "data_disk_write", sum(disk -> disk.data.written));
        bytes(lines, "network_rx", counted.received.sum());
        bytes(lines, "network_tx", counted.sent.sum());
        lines.add("");
        lines.add("# space");
        lines.add("capacity_bytes: " + store.space().capacity());
        lines.add("stored_bytes: " + store.space().used());
        lines.add("reserved_bytes: " + store.space().reserved());
        lines.add("unreserved_bytes: " + store.space().free());
        lines.add("");
        lines.add("# compaction");
        lines.add("compaction_longest_lock_us: " + store.all().stream().mapToLong(Namespace::longestHold).max().orElse(0) / 1_000);
        lines.add("");
        lines.addAll(server.replication().lines());
        return Reply.text(String.join("\n", lines) + "\n");
    }

    private long sum(Function<NamespaceDisk, LongAdder> what) {
        return store.allDisks().stream().mapToLong(disk -> what.apply(disk).sum()).sum();
    }

    private static void bytes(List<String> lines, String name, long bytes) {
        lines.add(name + "_bytes: " + bytes);
        lines.add(name + "_mb: " + megabytes(bytes));
    }

    /**
     * What NSINFO answers.
     *
     * @param session whose rights decide how much of it is told
     */
    Reply of(Namespace namespace, Session session) {
        NamespaceProperties properties = namespace.properties();
        long end = namespace.end();
        long dataFree = free(namespace.directory().toFile());
        long indexFree = free(namespace.indexDirectory().toFile());
        List<String> lines = new ArrayList<>(Arrays.asList(
                "# namespace",
                "name: " + namespace.name(),
                "entries: " + namespace.size(),
                "public: " + yes(properties.open()),
                "worm: " + yes(properties.worm()),
                "locked: " + yes(properties.locked()),
                "frozen: " + yes(properties.frozen()),
                "password: " + yes(!properties.password().isEmpty()),
                "data_size_bytes: " + namespace.dataBytes(),
                "data_size_mb: " + megabytes(namespace.dataBytes()),
                "data_limits_bytes: " + properties.maxSize(),
                "index_size_bytes: " + namespace.indexBytes(),
                "index_size_kb: " + String.format(Locale.ROOT, "%.2f", namespace.indexBytes() / 1024.0),
                "next_internal_id: " + namespace.nextNumber(),
                "mode: " + (properties.mode() == Mode.SEQUENTIAL ? "sequential" : "userkey"),
                "durability: " + durability(properties),
                "retention: " + properties.retention(),
                "data_files_bytes: " + namespace.fileBytes(),
                "data_reserved_bytes: " + properties.quota().reserved(),
                "quota_connections: " + properties.quota().connections(),
                "quota_rate: " + properties.quota().rate(),
                "clients: " + namespace.clients(),
                "compaction_running: " + yes(namespace.compaction().isPresent() || server.compactions().pending(namespace)),
                "compaction_done_bytes: " + namespace.compaction().map(Compaction::done).orElse(0L),
                "compaction_total_bytes: " + namespace.compaction().map(Compaction::total).orElse(0L),
                "compaction_longest_lock_us: " + namespace.longestHold() / 1_000,
                "data_damaged_bytes: " + namespace.damages().stream().mapToLong(Damage::bytes).sum(),
                "data_torn_bytes: " + namespace.repairedBytes()));
        for (String each : List.of("index", "data")) {
            DiskCounters counters = each.equals("data") ? store.disk(namespace).data : store.disk(namespace).index;
            lines.add("stats_" + each + "_io_errors: " + (counters.readFailures.sum() + counters.writeFailures.sum()));
            lines.add("stats_" + each + "_io_error_last: " + counters.lastFailure);
            lines.add("stats_" + each + "_faults: " + (each.equals("data") ? namespace.damages().size() : 0));
        }
        if (properties.maxSize() > 0) {
            lines.add("space_available: " + Math.max(0, properties.maxSize() - namespace.dataBytes()));
        }
        lines.add("index_disk_freespace_bytes: " + indexFree);
        lines.add("index_disk_freespace_mb: " + megabytes(indexFree));
        lines.add("data_disk_freespace_bytes: " + dataFree);
        lines.add("data_disk_freespace_mb: " + megabytes(dataFree));
        if (session.admin()) {
            lines.add("data_path: " + namespace.directory());
            lines.add("data_active: d" + Location.file(end));
            lines.add("index_path: " + namespace.indexDirectory());
            lines.add("index_active: checkpoint");
            lines.add("data_current_id: " + Location.file(end));
            lines.add("data_current_offset: " + Location.offset(end));
        }
        if (session.master() && !properties.secret().isEmpty()) {
            lines.add("password_raw: " + server.secret().open(properties.secret()));
        }
        return Reply.text(String.join("\n", lines) + "\n");
    }

    private static long free(File directory) {
        return directory.getUsableSpace();
    }

    private static String megabytes(long bytes) {
        return String.format(Locale.ROOT, "%.2f", bytes / 1024.0 / 1024.0);
    }

    private static String durability(NamespaceProperties properties) {
        return switch (properties.durability()) {
            case SYNC -> "sync";
            case INTERVAL -> Long.toString(properties.interval().toMillis());
            case SYSTEM -> "system";
        };
    }

    private static String yes(boolean value) {
        return value ? "yes" : "no";
    }
}
