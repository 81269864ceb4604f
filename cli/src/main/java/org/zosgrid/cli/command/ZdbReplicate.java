package org.zosgrid.cli.command;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.zosgrid.cli.CliException;
import org.zosgrid.cli.store.StoreLink;
import org.zosgrid.cli.terminal.Json;
import org.zosgrid.cli.terminal.Steps;
import org.zosgrid.cli.terminal.Table;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "replicate",
        mixinStandardHelpOptions = true,
        description = "Make a running store a copy of another, watch it, promote it. All need the administrator of the store they are sent to.",
        subcommands = {
            ZdbReplicate.Start.class,
            ZdbReplicate.Status.class,
            ZdbReplicate.Promote.class,
            ZdbReplicate.Resync.class,
            ZdbReplicate.Forget.class
        })
final class ZdbReplicate {
    private static final long PAUSE_MILLIS = 200;

    /** What INFO says of replication, in its order. */
    private static Map<String, String> facts(StoreLink link) {
        Map<String, String> facts = new LinkedHashMap<>();
        link.facts("INFO").forEach((name, value) -> {
            if (!facts.isEmpty() || name.equals("role")) {
                facts.put(name, value);
            }
        });
        return facts;
    }

    private static void print(Map<String, String> facts, Output output) {
        ObjectNode object = Json.object();
        facts.forEach(object::put);
        Table table = new Table("WHAT", "VALUE");
        facts.forEach(table::row);
        output.print(object, () -> table.toString().stripTrailing());
    }

    private static long lag(Map<String, String> facts) {
        String lag = facts.getOrDefault("lag_bytes", "");
        return lag.matches("[0-9]+") ? Long.parseLong(lag) : -1;
    }

    @Command(
            name = "start",
            mixinStandardHelpOptions = true,
            description = {
                "Make the store a secondary of another: it takes over everything of the primary, follows it from then on, and refuses writes.",
                "Comes back when it has caught up, or at once with --no-wait; an interruption of this command does not interrupt the copying."
            },
            footer = {"", "Examples:", "  ./zos zdb replicate start 10.0.0.1:9900", "  ./zos zdb replicate start 10.0.0.1:9900 --address 10.0.0.2:9900 --admin-file secret.txt"})
    static final class Start implements Runnable {
        @Parameters(paramLabel = "HOST:PORT", description = "The primary, as the secondary reaches it.")
        String primary = "";

        @Option(names = "--no-wait", description = "Do not wait until it has caught up.")
        boolean noWait;

        @Option(names = "--patience", paramLabel = "SECONDS", defaultValue = "60", description = "Give up waiting when the primary cannot be reached for so long (default: ${DEFAULT-VALUE}).")
        long patience;

        @Mixin
        StoreOptions store = new StoreOptions();

        @Mixin
        Output output = new Output();

        @Override
        public void run() {
            int colon = primary.lastIndexOf(':');
            if (colon < 1 || !primary.substring(colon + 1).matches("[0-9]{1,5}")) {
                throw new CliException("HOST:PORT: must be the primary's host and port, such as 10.0.0.1:9900 (is: " + primary + ")");
            }
            try (StoreLink link = store.open()) {
                link.ask("REPLICAOF", primary.substring(0, colon), primary.substring(colon + 1));
                if (!noWait) {
                    new Steps(System.err).longStep("Caught up with " + primary, progress -> {
                        await(progress);
                        return true;
                    });
                }
                print(afresh(), output);
            } catch (CliException refused) {
                throw refused;
            } catch (Exception failed) {
                throw new CliException("the copying cannot be followed: " + failed.getMessage(), failed);
            }
        }

        /** The namespace that a connection had selected may be another one by now. */
        private Map<String, String> afresh() {
            try (StoreLink link = store.open()) {
                return facts(link);
            }
        }

        private void await(Steps.Progress progress) throws InterruptedException {
            long most = 0;
            long heard = System.nanoTime();
            while (true) {
                Map<String, String> facts = afresh();
                long lag = lag(facts);
                if (facts.getOrDefault("primary_link", "").equals("up") && lag >= 0) {
                    heard = System.nanoTime();
                    most = Math.max(most, lag);
                    progress.at(most - lag, Math.max(1, most));
                    if (lag == 0) {
                        return;
                    }
                } else if (System.nanoTime() - heard > Duration.ofSeconds(patience).toNanos()) {
                    throw new CliException("the primary " + primary + " cannot be reached: " + facts.getOrDefault("primary_problem", "")
                            + "; the store goes on trying, 'zos zdb replicate promote' stops it");
                }
                TimeUnit.MILLISECONDS.sleep(PAUSE_MILLIS);
            }
        }
    }

    @Command(
            name = "status",
            mixinStandardHelpOptions = true,
            description = "What a store is among its copies: its role and epoch; how far a secondary is behind; which secondaries a primary has.",
            footer = {"", "Examples:", "  ./zos zdb replicate status", "  ./zos zdb replicate status --address 10.0.0.2:9900 --json"})
    static final class Status implements Runnable {
        @Mixin
        StoreOptions store = new StoreOptions();

        @Mixin
        Output output = new Output();

        @Override
        public void run() {
            try (StoreLink link = store.open()) {
                print(facts(link), output);
            }
        }
    }

    @Command(
            name = "promote",
            mixinStandardHelpOptions = true,
            description = "Make a secondary the primary, in a new epoch. The one before takes no writes any more as soon as it hears of it.",
            footer = {"", "Example:", "  ./zos zdb replicate promote --address 10.0.0.2:9900"})
    static final class Promote implements Runnable {
        @Mixin
        StoreOptions store = new StoreOptions();

        @Mixin
        Output output = new Output();

        @Override
        public void run() {
            try (StoreLink link = store.open()) {
                link.ask("REPLICAOF", "NO", "ONE");
                print(facts(link), output);
            }
        }
    }

    @Command(
            name = "resync",
            mixinStandardHelpOptions = true,
            description = "Let a secondary whose copy went another way than the primary throw it away and take it over again, all of it or one namespace.",
            footer = {"", "Example:", "  ./zos zdb replicate resync users --address 10.0.0.2:9900"})
    static final class Resync implements Runnable {
        @Parameters(arity = "0..1", paramLabel = "NAMESPACE", description = "Only this one.")
        @Nullable String namespace;

        @Mixin
        StoreOptions store = new StoreOptions();

        @Mixin
        Output output = new Output();

        @Override
        public void run() {
            try (StoreLink link = store.open()) {
                if (namespace == null) {
                    link.ask("RESYNC");
                } else {
                    link.ask("RESYNC", namespace);
                }
                print(facts(link), output);
            }
        }
    }

    @Command(
            name = "forget",
            mixinStandardHelpOptions = true,
            description = "Let a primary forget a secondary that will not come back, so that nothing is kept for it any more. 'status' tells their names.",
            footer = {"", "Example:", "  ./zos zdb replicate forget 3f2a…"})
    static final class Forget implements Runnable {
        @Parameters(paramLabel = "COPY", description = "The secondary's copy_id.")
        String copy = "";

        @Mixin
        StoreOptions store = new StoreOptions();

        @Mixin
        Output output = new Output();

        @Override
        public void run() {
            try (StoreLink link = store.open()) {
                link.ask("REPL", "FORGET", copy);
                print(facts(link), output);
            }
        }
    }
}
