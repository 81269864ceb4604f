package org.zosgrid.cli.command;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.zosgrid.cli.CliException;
import org.zosgrid.cli.store.StoreLink;
import org.zosgrid.cli.terminal.Json;
import org.zosgrid.cli.terminal.Steps;
import org.zosgrid.cli.terminal.Table;
import org.zosgrid.zdb.client.Reply;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** What is asked of a store that runs. */
final class ZdbOnline {
    private ZdbOnline() {}

    /** A key as people read it: text where it is printable ASCII, otherwise hexadecimal behind {@code 0x}. */
    static String shown(byte[] key) {
        for (byte each : key) {
            if (each <= ' ' || each > '~') {
                return "0x" + HexFormat.of().formatHex(key);
            }
        }
        return new String(key, StandardCharsets.US_ASCII);
    }

    /** What people type as a key: {@code 0x…} in hexadecimal, {@code #N} a sequential number, anything else as it is. */
    static byte[] key(String typed) {
        if (typed.matches("0x([0-9a-fA-F]{2})+")) {
            return HexFormat.of().parseHex(typed.substring(2));
        }
        return typed.matches("#[0-9]{1,18}") ? org.zosgrid.zdb.client.ZdbClient.key(Long.parseLong(typed.substring(1))) : typed.getBytes(StandardCharsets.UTF_8);
    }

    @Command(
            name = "info",
            mixinStandardHelpOptions = true,
            description = "What a running store, or one of its namespaces, says of itself.",
            footer = {"", "Examples:", "  ./zos zdb info", "  ./zos zdb info users --address 127.0.0.1:9900 --json"})
    static final class Info implements Runnable {
        @Parameters(arity = "0..1", paramLabel = "NAMESPACE", description = "Tell everything of this one.")
        @Nullable String namespace;

        @Mixin
        StoreOptions store = new StoreOptions();

        @Mixin
        Output output = new Output();

        @Override
        public void run() {
            try (StoreLink link = store.open()) {
                if (namespace != null) {
                    Map<String, String> facts = link.facts("NSINFO", namespace);
                    output.print(object(facts), () -> lines(facts));
                    return;
                }
                Map<String, String> facts = link.facts("INFO");
                ObjectNode whole = Json.object();
                whole.set("server", object(facts));
                ArrayNode namespaces = whole.putArray("namespaces");
                Table table = new Table("NAMESPACE", "MODE", "KEYS", "BYTES", "LIMIT", "INDEX BYTES", "DURABILITY", "LOCKED");
                for (String name : link.namespaces()) {
                    Map<String, String> each = link.facts("NSINFO", name);
                    namespaces.add(object(each));
                    table.row(name, each.getOrDefault("mode", ""), each.getOrDefault("entries", ""), each.getOrDefault("data_size_bytes", ""), each.getOrDefault("data_limits_bytes", ""),
                            each.getOrDefault("index_size_bytes", ""), each.getOrDefault("durability", ""), each.getOrDefault("locked", ""));
                }
                output.print(whole, () -> lines(facts) + "\n\n" + table.toString().stripTrailing());
            }
        }

        private static ObjectNode object(Map<String, String> facts) {
            ObjectNode object = Json.object();
            facts.forEach(object::put);
            return object;
        }

        private static String lines(Map<String, String> facts) {
            Table table = new Table("WHAT", "VALUE");
            facts.forEach(table::row);
            return table.toString().stripTrailing();
        }
    }

    @Command(
            name = "scan",
            mixinStandardHelpOptions = true,
            description = "List the keys of a namespace, oldest write first: key, length of the payload, time.",
            footer = {"", "Examples:", "  ./zos zdb scan users --limit 20", "  ./zos zdb scan log --newest-first --json"})
    static final class Scan implements Runnable {
        @Parameters(paramLabel = "NAMESPACE", description = "Which one.")
        String namespace = "";

        @Option(names = "--limit", paramLabel = "N", defaultValue = "1000", description = "At most so many keys (default: ${DEFAULT-VALUE}).")
        long limit;

        @Option(names = "--newest-first", description = "Begin with the newest write.")
        boolean newestFirst;

        @Option(names = "--password-file", paramLabel = "FILE", description = "Where the namespace's password stands; it is proved and not sent.")
        @Nullable Path passwordFile;

        @Mixin
        StoreOptions store = new StoreOptions();

        @Mixin
        Output output = new Output();

        @Override
        public void run() {
            if (limit < 1) {
                throw new CliException("--limit: must be at least 1 (is: " + limit + ")");
            }
            ArrayNode entries = Json.object().putArray("entries");
            Table table = new Table("KEY", "BYTES", "WRITTEN");
            byte[] command = (newestFirst ? "RSCAN" : "SCAN").getBytes(StandardCharsets.US_ASCII);
            try (StoreLink link = store.open()) {
                link.select(namespace, Optional.ofNullable(passwordFile));
                Reply reply = link.send(command);
                while (entries.size() < limit && reply instanceof Reply.Array page && page.items().get(1) instanceof Reply.Array list) {
                    for (Reply item : list.items()) {
                        if (entries.size() < limit && item instanceof Reply.Array entry) {
                            add(entries, table, entry.items());
                        }
                    }
                    reply = link.send(command, ((Reply.Bulk) page.items().getFirst()).bytes());
                }
                if (reply instanceof Reply.Failure failure && !failure.text().equals("No more data")) {
                    throw new CliException("the store refused to scan " + namespace + ": " + failure.text());
                }
            }
            output.print(entries, () -> table.toString().stripTrailing());
        }

        private static void add(ArrayNode entries, Table table, List<Reply> entry) {
            byte[] key = ((Reply.Bulk) entry.get(0)).bytes();
            long length = ((Reply.Number) entry.get(1)).value();
            Instant time = Instant.ofEpochSecond(((Reply.Number) entry.get(2)).value());
            entries.addObject().put("key", shown(key)).put("bytes", length).put("time", time.toString());
            table.row(shown(key), Long.toString(length), time.toString());
        }
    }

    @Command(
            name = "history",
            mixinStandardHelpOptions = true,
            description = "Every version of a key that is kept, newest first. A key is text, 0x and hexadecimal digits, or # and a sequential number.",
            footer = {"", "Examples:", "  ./zos zdb history users alice", "  ./zos zdb history log '#17' --json"})
    static final class History implements Runnable {
        @Parameters(index = "0", paramLabel = "NAMESPACE", description = "Which namespace.")
        String namespace = "";

        @Parameters(index = "1", paramLabel = "KEY", description = "Which key.")
        String key = "";

        @Option(names = "--limit", paramLabel = "N", defaultValue = "100", description = "At most so many versions (default: ${DEFAULT-VALUE}).")
        int limit;

        @Option(names = "--password-file", paramLabel = "FILE", description = "Where the namespace's password stands; it is proved and not sent.")
        @Nullable Path passwordFile;

        @Mixin
        StoreOptions store = new StoreOptions();

        @Mixin
        Output output = new Output();

        @Override
        public void run() {
            ArrayNode versions = Json.object().putArray("versions");
            Table table = new Table("WRITTEN", "BYTES", "PAYLOAD");
            byte[] command = "HISTORY".getBytes(StandardCharsets.US_ASCII);
            try (StoreLink link = store.open()) {
                link.select(namespace, Optional.ofNullable(passwordFile));
                Reply reply = link.ask(command, key(key));
                while (reply instanceof Reply.Array version) {
                    byte[] payload = ((Reply.Bulk) version.items().get(2)).bytes();
                    Instant time = Instant.ofEpochSecond(Long.parseLong(StoreLink.text(version.items().get(1))));
                    versions.addObject().put("time", time.toString()).put("bytes", payload.length).put("payload", Base64.getEncoder().encodeToString(payload));
                    table.row(time.toString(), Integer.toString(payload.length), excerpt(payload));
                    if (versions.size() >= limit || !(version.items().getFirst() instanceof Reply.Bulk token)) {
                        break;
                    }
                    reply = link.send(command, key(key), token.bytes());
                }
            }
            output.print(versions, () -> table.toString().stripTrailing());
        }

        private static String excerpt(byte[] payload) {
            String text = shown(java.util.Arrays.copyOf(payload, Math.min(payload.length, 40)));
            return payload.length > 40 ? text + "…" : text;
        }
    }

    @Command(
            name = "compact",
            mixinStandardHelpOptions = true,
            description = {
                "Drop what a namespace need not keep (NSSET NAME retention all|VERSIONS|SPAN says what that is) while it goes on being read and written.",
                "Without a name, every namespace, one after the other. Needs the administrator."
            },
            footer = {"", "Examples:", "  ./zos zdb compact users --retention 3", "  ./zos zdb compact --admin-file secret.txt"})
    static final class Compact implements Runnable {
        private static final long PAUSE_MILLIS = 200;

        @Parameters(arity = "0..1", paramLabel = "NAMESPACE", description = "Which one.")
        @Nullable String namespace;

        @Option(names = "--retention", paramLabel = "WHAT", description = "Set this first: all, a number of versions, or a span such as 12h or 30d.")
        @Nullable String retention;

        @Mixin
        StoreOptions store = new StoreOptions();

        @Mixin
        Output output = new Output();

        @Override
        public void run() {
            ArrayNode compacted = Json.object().putArray("namespaces");
            StringBuilder text = new StringBuilder();
            try (StoreLink link = store.open()) {
                for (String name : namespace == null ? link.namespaces() : List.of(namespace)) {
                    if (retention != null) {
                        link.ask("NSSET", name, "retention", retention);
                    }
                    long before = bytes(link, name, "data_files_bytes");
                    link.ask("COMPACT", name);
                    new Steps(System.err).longStep("Compacted " + name, progress -> {
                        await(link, name, progress);
                        return true;
                    });
                    long after = bytes(link, name, "data_files_bytes");
                    compacted.addObject().put("name", name).put("bytesBefore", before).put("bytesAfter", after);
                    text.append(name).append(": ").append(before).append(" bytes before, ").append(after).append(" after\n");
                }
            } catch (CliException refused) {
                throw refused;
            } catch (Exception failed) {
                throw new CliException("compaction cannot be followed: " + failed.getMessage(), failed);
            }
            output.print(compacted, () -> text.toString().stripTrailing());
        }

        private static long bytes(StoreLink link, String name, String fact) {
            return Long.parseLong(link.facts("NSINFO", name).getOrDefault(fact, "0"));
        }

        private static void await(StoreLink link, String name, Steps.Progress progress) throws InterruptedException {
            while (true) {
                Map<String, String> facts = link.facts("NSINFO", name);
                if (!facts.getOrDefault("compaction_running", "no").equals("yes")) {
                    return;
                }
                progress.at(Long.parseLong(facts.getOrDefault("compaction_done_bytes", "0")), Long.parseLong(facts.getOrDefault("compaction_total_bytes", "0")));
                TimeUnit.MILLISECONDS.sleep(PAUSE_MILLIS);
            }
        }
    }
}
