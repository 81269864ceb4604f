package org.zosgrid.cli.command;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.zosgrid.cli.CliException;
import org.zosgrid.cli.bench.ConsoleBenchmark;
import org.zosgrid.cli.bench.Figure;
import org.zosgrid.cli.bench.MainBenchmark;
import org.zosgrid.cli.bench.Measurement;
import org.zosgrid.cli.bench.TrustBenchmark;
import org.zosgrid.cli.bench.WorkflowBenchmark;
import org.zosgrid.cli.bench.ZdbBenchmark;
import org.zosgrid.cli.stage.Installation;
import org.zosgrid.cli.stage.Leftovers;
import org.zosgrid.cli.stage.PassingStage;
import org.zosgrid.cli.stage.Stage;
import org.zosgrid.cli.terminal.Json;
import org.zosgrid.cli.terminal.Steps;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
        name = "bench",
        mixinStandardHelpOptions = true,
        description = "Measure; what needs a running system makes a stage of its own (as root).",
        subcommands = {BenchCommand.Main.class, BenchCommand.Trust.class, BenchCommand.Zdb.class, BenchCommand.Console.class, BenchCommand.Workflow.class})
public final class BenchCommand {

    @Command(
            name = "main",
            mixinStandardHelpOptions = true,
            description = "From the last approval to the first HTTP 200, the image cached: median of the runs, against the goal of 2 s.",
            footer = {"", "Examples:", "  ./zos bench main", "  ./zos bench main --runs 3 --json main.json"})
    static final class Main implements Callable<Integer> {
        private static final int MOST_RUNS = 200;

        @Option(names = "--runs", paramLabel = "N", defaultValue = "10", description = "How many runs count (default: ${DEFAULT-VALUE}).")
        int runs;

        @Option(names = "--json", paramLabel = "FILE", description = "Also write name, unit, ours, peer, peer_name and ratio here; a ratio above 1 is better than the peer.")
        @Nullable Path json;

        @Option(names = "--stage", paramLabel = "N", defaultValue = "90", description = "The number of the stage that is made for this (default: ${DEFAULT-VALUE}).")
        int number;

        @Override
        public Integer call() throws Exception {
            if (runs < 1 || runs > MOST_RUNS) {
                throw new CliException("--runs: must lie between 1 and " + MOST_RUNS + " (is: " + runs + ")");
            }
            Measurement measured = measure(stage(number), new Steps(System.out));
            System.out.printf(Locale.ROOT, "%n%s: median %.3f s, min %.3f s, max %.3f s of %d runs; %s %.1f s, ratio %.2f%n", measured.name(), measured.median(),
                    measured.least(), measured.most(), measured.seconds().size(), measured.peerName(), measured.peer(), measured.ratio());
            if (json != null) {
                write(json, Json.of(List.of(measured.toJson())));
            }
            return 0;
        }

        private Measurement measure(Stage stage, Steps steps) throws Exception {
            Measurement measured;
            try (PassingStage passing = PassingStage.up(stage, steps)) {
                measured = new MainBenchmark(stage, steps).run(runs);
            }
            new Leftovers(stage).check();
            stage.erase();
            return measured;
        }
    }

    @Command(
            name = "trust",
            mixinStandardHelpOptions = true,
            description = {
                "Envelopes verified per second and core against BouncyCastle's composite verification alone, a node's whole decision, entries appended to a ledger",
                "on the disk of the temporary directory, proofs in a ledger of ten million entries. Needs about 1 GiB of memory and no root."
            },
            footer = {"", "Examples:", "  ./zos bench trust", "  ./zos bench trust --seconds 5 --json trust.json"})
    static final class Trust implements Callable<Integer> {
        @Option(names = "--seconds", paramLabel = "S", defaultValue = "1", description = "How long each of the turns takes (default: ${DEFAULT-VALUE}).")
        int seconds;

        @Option(names = "--json", paramLabel = "FILE", description = "Also write name, unit, ours, peer, peer_name and ratio of each here; a ratio above 1 is better than the peer.")
        @Nullable Path json;

        @Override
        public Integer call() throws Exception {
            if (seconds < 1 || seconds > 60) {
                throw new CliException("--seconds: must lie between 1 and 60 (is: " + seconds + ")");
            }
            List<Figure> figures = new TrustBenchmark(Installation.here(), new Steps(System.out), Duration.ofSeconds(seconds)).run();
            System.out.println();
            figures.forEach(System.out::println);
            if (json != null) {
                write(json, Json.of(figures.stream().map(Figure::toJson).toList()));
            }
            return 0;
        }
    }

    @Command(
            name = "zdb",
            mixinStandardHelpOptions = true,
            description = {
                "Zero-DB against Debian's redis-server at equal durability, by redis-benchmark with 50 clients: throughput and the server's processor time for SET and GET of 64 B",
                "and 4 KiB at pipelines of 1, 16 and 64; replies after fsync; the start with ten million keys; memory per key; latency during compaction."
            },
            footer = {"", "Examples:", "  ./zos bench zdb", "  ./zos bench zdb --quick", "  ./zos bench zdb --part MANY_KEYS --keys 10000000", "  ./zos bench zdb --part startup --directory /mnt/ssd --json zdb.json"})
    static final class Zdb implements Callable<Integer> {
        private static final long MOST_KEYS = 1_000_000_000;
        private static final List<ZdbBenchmark.Part> USUAL =
                List.of(ZdbBenchmark.Part.THROUGHPUT, ZdbBenchmark.Part.FSYNC, ZdbBenchmark.Part.STARTUP, ZdbBenchmark.Part.COMPACTION);

        @Option(names = "--quick", description = "One turn with a tenth of the load: shows that it works, not how fast.")
        boolean quick;

        @Option(names = "--keys", paramLabel = "N", defaultValue = "100000000",
                description = "How many keys of 16 B with values of 16 B MANY_KEYS writes, which runs only by order (default: ${DEFAULT-VALUE}; needs 100 B of disk for each).")
        long keys;

        @Option(names = "--part", paramLabel = "PART", description = "Only this: ${COMPLETION-CANDIDATES}. May be given several times.")
        List<ZdbBenchmark.Part> parts = new ArrayList<>();

        @Option(names = "--directory", paramLabel = "DIR", description = "Where both write (default: the folder for temporary files).")
        @Nullable Path directory;

        @Option(names = "--json", paramLabel = "FILE", description = "Also write name, unit, ours, peer, peer_name and ratio of each here; a ratio above 1 is better than the peer.")
        @Nullable Path json;

        @Override
        public Integer call() throws Exception {
            if (keys < 1 || keys > MOST_KEYS) {
                throw new CliException("--keys: must lie between 1 and " + MOST_KEYS + " (is: " + keys + ")");
            }
            Path place = directory == null ? Files.createTempDirectory("zos-bench-zdb") : Files.createTempDirectory(directory, "zos-bench-zdb");
            List<Figure> figures;
            try {
                figures = new ZdbBenchmark(new Steps(System.out), place, keys, quick).run(parts.isEmpty() ? USUAL : parts);
            } finally {
                ZdbBenchmark.erase(place);
            }
            System.out.println();
            figures.forEach(System.out::println);
            if (json != null) {
                write(json, Json.of(figures.stream().map(Figure::toJson).toList()));
            }
            return 0;
        }
    }

    @Command(
            name = "console",
            mixinStandardHelpOptions = true,
            description = {
                "The console in Debian's Chromium: first load in a cold browser, many deployments listed and searched, signing, memory over live updates,",
                "each against its goal. Makes a stage of its own and submits the deployments there (as root; needs npm and chromium)."
            },
            footer = {"", "Examples:", "  ./zos bench console", "  ./zos bench console --deployments 1000 --json console.json"})
    static final class Console implements Callable<Integer> {
        private static final int MOST = 49_000;

        @Option(names = "--deployments", paramLabel = "N", defaultValue = "10000", description = "How many deployments are listed (default: ${DEFAULT-VALUE}).")
        int deployments;

        @Option(names = "--json", paramLabel = "FILE", description = "Also write name, unit, ours, peer, peer_name and ratio of each here; a ratio above 1 is better than the goal.")
        @Nullable Path json;

        @Option(names = "--stage", paramLabel = "N", defaultValue = "91", description = "The number of the stage that is made for this (default: ${DEFAULT-VALUE}).")
        int number;

        @Override
        public Integer call() throws Exception {
            if (deployments < 1000 || deployments > MOST) {
                throw new CliException("--deployments: must lie between 1000 and " + MOST + " (is: " + deployments + ")");
            }
            Stage stage = stage(number);
            List<Figure> figures;
            Steps steps = new Steps(System.out);
            try (PassingStage passing = PassingStage.up(stage, steps)) {
                figures = new ConsoleBenchmark(stage, Installation.here(), steps, deployments).run();
            }
            stage.erase();
            System.out.println();
            figures.forEach(System.out::println);
            if (json != null) {
                write(json, Json.of(figures.stream().map(Figure::toJson).toList()));
            }
            return 0;
        }
    }

    @Command(
            name = "workflow",
            mixinStandardHelpOptions = true,
            description = {
                "Deployments brought to nodes per second, through REST and approved by two, against the same diagram with empty steps on the same engine and database;",
                "lists, searches and openings while many are under way, and the server's memory with them; how long it takes to stand in for a server that is killed.",
                "Makes a stage of its own (as root). With 10,000 under way it takes about a quarter of an hour."
            },
            footer = {"", "Examples:", "  ./zos bench workflow", "  ./zos bench workflow --part rate --processes 50", "  ./zos bench workflow --part running --running 1000 --json workflow.json"})
    static final class Workflow implements Callable<Integer> {
        private static final int MOST_PROCESSES = 150;
        private static final int MOST_RUNNING = 16_000;

        @Option(names = "--processes", paramLabel = "N", defaultValue = "100", description = "How many deployments are brought to nodes (default: ${DEFAULT-VALUE}).")
        int processes;

        @Option(names = "--running", paramLabel = "N", defaultValue = "10000", description = "How many are under way while questions are asked (default: ${DEFAULT-VALUE}).")
        int running;

        @Option(names = "--part", paramLabel = "PART", description = "Only this: ${COMPLETION-CANDIDATES}. May be given several times.")
        List<WorkflowBenchmark.Part> parts = new ArrayList<>();

        @Option(names = "--json", paramLabel = "FILE", description = "Also write name, unit, ours, peer, peer_name and ratio of each here; a ratio above 1 is better than the peer.")
        @Nullable Path json;

        @Option(names = "--stage", paramLabel = "N", defaultValue = "92", description = "The number of the stage that is made for this (default: ${DEFAULT-VALUE}).")
        int number;

        @Override
        public Integer call() throws Exception {
            between("--processes", processes, 1, MOST_PROCESSES);
            between("--running", running, 100, MOST_RUNNING);
            Stage stage = stage(number);
            List<Figure> figures = new ArrayList<>();
            Steps steps = new Steps(System.out);
            try (PassingStage passing = PassingStage.up(stage, steps)) {
                new WorkflowBenchmark(stage, Installation.here(), steps, processes, running).run(parts.isEmpty() ? List.of(WorkflowBenchmark.Part.values()) : parts, figures::add);
            } finally {
                // What was measured before something went wrong was measured.
                System.out.println();
                figures.forEach(System.out::println);
                if (json != null) {
                    write(json, Json.of(figures.stream().map(Figure::toJson).toList()));
                }
            }
            stage.erase();
            return 0;
        }

        private static void between(String option, int value, int least, int most) {
            if (value < least || value > most) {
                throw new CliException(option + ": must lie between " + least + " and " + most + " (is: " + value + ")");
            }
        }
    }

    private static Stage stage(int number) {
        StageOption option = new StageOption();
        option.number = number;
        return option.stage();
    }

    private static void write(Path file, JsonNode content) {
        try {
            Files.writeString(file, Json.print(content) + "\n");
        } catch (IOException unwritable) {
            throw new CliException("--json: cannot write " + file + ": " + unwritable.getMessage());
        }
    }
}
