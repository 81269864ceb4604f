package org.zosgrid.cli.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;
import java.util.stream.Stream;
import org.zosgrid.cli.CliException;
import org.zosgrid.cli.store.StoreProgram;
import org.zosgrid.cli.terminal.Steps;

/**
 * Zero-DB beside Debian's redis-server, in the same run, on the same machine, at equal durability. Both take turns, so that a slow moment of the machine meets
 * both; the median of the turns counts. Client and server share the processors: throughput alone says little, so the server's processor time is told too.
 */
public final class ZdbBenchmark {
    private static final String PEER = "redis-server 7";
    private static final long MANY = 1_000_000_000;
    private static final int[] SIZES = {64, 4096};
    private static final int[] PIPELINES = {1, 16, 64};

    private final Steps steps;
    private final Path directory;
    private final int turns;
    private final double scale;
    private final long manyKeys;
    private final List<Figure> figures = new ArrayList<>();

    /**
     * @param directory where data is written; must be on the disk that is meant
     * @param manyKeys how many keys there are in {@link Part#MANY_KEYS}
     * @param quick one turn each with a tenth of the load, to see whether all of it works
     */
    public ZdbBenchmark(Steps steps, Path directory, long manyKeys, boolean quick) {
        this.manyKeys = manyKeys;
        this.steps = steps;
        this.directory = directory;
        this.turns = quick ? 1 : 7;
        this.scale = quick ? 0.1 : 1;
    }

    /** The parts that can be measured alone. */
    public enum Part {
        THROUGHPUT, FSYNC, STARTUP, COMPACTION, MANY_KEYS
    }

    public List<Figure> run(List<Part> parts) throws Exception {
        if (parts.contains(Part.THROUGHPUT)) {
            cells("everysec", List.of("--synctime", "1"), true);
        }
        if (parts.contains(Part.FSYNC)) {
            cells("always", List.of("--sync"), false);
        }
        if (parts.contains(Part.STARTUP)) {
            startup();
        }
        if (parts.contains(Part.COMPACTION)) {
            compaction();
        }
        if (parts.contains(Part.MANY_KEYS)) {
            manyKeys();
        }
        return figures;
    }

    private Measured ours(Path data, String... options) throws IOException, InterruptedException {
        int port = Measured.freePort();
        List<String> arguments = new ArrayList<>(List.of("--data", data.toString(), "--port", Integer.toString(port)));
        arguments.addAll(Arrays.asList(options));
        return Measured.start("zdb", port, directory, StoreProgram.command(arguments));
    }

    private Measured redis(Path data, String fsync) throws IOException, InterruptedException {
        Files.createDirectories(data);
        int port = Measured.freePort();
        return Measured.start("redis", port, directory, List.of("redis-server", "--bind", "127.0.0.1", "--port", Integer.toString(port), "--dir", data.toString(), "--save", "",
                "--appendonly", "yes", "--appendfsync", fsync, "--auto-aof-rewrite-percentage", "0"));
    }

    private void cells(String fsync, List<String> durability, boolean reads) throws Exception {
        for (int size : SIZES) {
            Path place = Files.createDirectory(directory.resolve(fsync + "-" + size));
            try (Measured ours = ours(place.resolve("zdb"), durability.toArray(String[]::new)); Measured redis = redis(place.resolve("redis"), fsync)) {
                steps.step("Warmed up: appendfsync " + fsync + ", " + size + " bytes", () -> {
                    for (Measured each : List.of(ours, redis)) {
                        new Load("SET", size, 16, requests(fsync, size, 16) / 2, MANY).run(each);
                        new Load("SET", size, 16, keys(size) * 5, keys(size)).run(each);
                        new Load("GET", size, 16, requests(fsync, size, 16), keys(size)).run(each);
                        new Load("SET", size, 1, requests(fsync, size, 1), MANY).run(each); // Single requests run code of their own, where answers wait for the disk.
                    }
                    return true;
                });
                if (reads) {
                    for (int pipeline : PIPELINES) {
                        cell(new Load("GET", size, pipeline, requests(fsync, size, pipeline), keys(size)), "", ours, redis);
                    }
                }
                for (int pipeline : PIPELINES) {
                    cell(new Load("SET", size, pipeline, requests(fsync, size, pipeline), MANY), reads ? "" : " reply after fsync", ours, redis);
                }
            } finally {
                erase(place);
            }
        }
    }

    /** Enough for about half a second: many short turns meet a machine that others use more evenly than few long ones. */
    private long requests(String fsync, int size, int pipeline) {
        boolean always = fsync.equals("always");
        long usual = switch (pipeline) {
            case 1 -> always ? 30_000 : 50_000;
            default -> size == 64 ? always ? 150_000 : 400_000 : always ? 30_000 : 80_000;
        };
        return Math.max(10_000, (long) (usual * scale));
    }

    private static long keys(int size) {
        return size == 64 ? 100_000 : 20_000;
    }

    private void cell(Load load, String how, Measured ours, Measured redis) throws Exception {
        List<Load.Cost> our = new ArrayList<>();
        List<Load.Cost> their = new ArrayList<>();
        steps.step(load + how, () -> {
            for (int i = 0; i < turns; i++) {
                our.add(load.run(ours));
                their.add(load.run(redis));
                if (load.command().equals("SET")) {
                    redis.ask("FLUSHALL"); // Its memory is not the machine's alone.
                }
            }
            return true;
        });
        figures.add(new Figure("zdb: " + load + how, "1/s", median(our, Load.Cost::rate), median(their, Load.Cost::rate), PEER, true));
        figures.add(new Figure("zdb: " + load + how + ", server's processor time", "us", median(our, Load.Cost::processorMicros), median(their, Load.Cost::processorMicros), PEER, false));
        steps.note(figures.get(figures.size() - 2).toString());
        steps.note(figures.getLast().toString());
    }

    private static double median(List<Load.Cost> costs, ToDoubleFunction<Load.Cost> what) {
        double[] sorted = costs.stream().mapToDouble(what).sorted().toArray();
        return sorted[sorted.length / 2];
    }

    /** Ours compacts away all but the newest versions; the peer rewrites its append-only file, which is how it gets rid of them. */
    private void compaction() throws Exception {
        long keys = (long) (200_000 * scale);
        Path place = Files.createDirectory(directory.resolve("compaction"));
        Probe.Lateness[] late = new Probe.Lateness[2];
        double[] held = new double[1];
        try {
            for (int i = 0; i < 2; i++) {
                int which = i;
                steps.step((i == 0 ? "Zero-DB" : PEER) + ": compacted while it was read and written", () -> {
                    try (Measured server = which == 0 ? ours(place.resolve("zdb"), "--synctime", "1") : redis(place.resolve("redis"), "everysec");
                            Probe probe = new Probe(server.port)) {
                        for (int version = 0; version < 4; version++) {
                            new Load("SET", 1000 + version, 16, keys, keys).run(server);
                        }
                        late[which] = which == 0
                                ? probe.whileRunning("compaction_running: yes", List.of("NSINFO", "default"), List.of("NSSET", "default", "retention", "1"), List.of("COMPACT", "default"))
                                : probe.whileRunning("aof_rewrite_in_progress:1", List.of("INFO", "persistence"), List.of("BGREWRITEAOF"));
                        if (which == 0) {
                            held[0] = probe.fact("compaction_longest_lock_us") / 1000.0;
                        }
                    }
                    return true;
                });
            }
        } finally {
            erase(place);
        }
        String peer = PEER + " rewriting its append-only file";
        figures.add(new Figure("zdb: 99.9th percentile of a SET or GET during compaction", "ms", late[0].usual(), late[1].usual(), peer, false));
        figures.add(new Figure("zdb: the longest SET or GET during compaction", "ms", late[0].most(), late[1].most(), peer, false));
        figures.add(new Figure("zdb: the longest that compaction held the lock", "ms", held[0], 50, "goal", false));
    }

    private void startup() throws Exception {
        long keys = (long) (10_000_000 * scale);
        Path place = Files.createDirectory(directory.resolve("startup"));
        double[] memory = new double[2];
        double[] seconds = new double[2];
        try {
            Path[] data = {place.resolve("zdb"), place.resolve("redis")};
            for (int i = 0; i < 2; i++) {
                int which = i;
                steps.step((i == 0 ? "Zero-DB" : PEER) + ": " + keys + " keys written, ended, started again", () -> {
                    try (Measured server = which == 0 ? ours(data[0], "--synctime", "1") : redis(data[1], "everysec")) {
                        long empty = server.ownMemory();
                        long there = fill(server, keys);
                        memory[which] = (server.ownMemory() - empty) / (double) there;
                    }
                    long begun = System.nanoTime();
                    try (Measured server = which == 0 ? ours(data[0], "--synctime", "1") : redis(data[1], "everysec")) {
                        seconds[which] = (System.nanoTime() - begun) / 1e9;
                        server.ask("PING");
                    }
                    return true;
                });
            }
        } finally {
            erase(place);
        }
        figures.add(new Figure("zdb: start with " + keys + " keys of 64 B", "s", seconds[0], seconds[1], PEER + " loading its append-only file", false));
        figures.add(new Figure("zdb: memory per key of 16 B with a value of 64 B", "bytes", memory[0], memory[1], PEER, false));
    }

    /** Ours alone: the peer would need more memory than most machines have. */
    private void manyKeys() throws Exception {
        Path place = Files.createDirectory(directory.resolve("many-keys"));
        double[] measured = new double[4];
        try {
            Path data = place.resolve("zdb");
            steps.step("Zero-DB: " + manyKeys + " keys written", () -> {
                try (Measured server = ours(data, "--synctime", "1")) {
                    long begun = System.nanoTime();
                    for (long there = 0; there < manyKeys; there = keys(server)) {
                        new Load("SET", 16, 64, (manyKeys - there) * 21 / 20 + 10_000, MANY * 100).run(server);
                    }
                    measured[0] = (System.nanoTime() - begun) / 1e9;
                    measured[1] = server.ownMemory() / (double) (1 << 30);
                    measured[2] = new Load("GET", 16, 16, 2_000_000, MANY * 100).run(server).rate();
                }
                return true;
            });
            steps.step("Zero-DB: started with them", () -> {
                long begun = System.nanoTime();
                try (Measured server = ours(data, "--synctime", "1")) {
                    measured[3] = (System.nanoTime() - begun) / 1e9;
                    if (keys(server) < manyKeys) {
                        throw new CliException("after the start there are " + keys(server) + " keys, of " + manyKeys);
                    }
                }
                return true;
            });
        } finally {
            erase(place);
        }
        String what = "zdb: " + manyKeys + " keys: ";
        figures.add(new Figure(what + "memory of the process's own", "GiB", measured[1], 8, "goal", false));
        figures.add(new Figure(what + "GET at pipeline 16, one of about twelve keys is there", "1/s", measured[2], 50_000, "what the original reaches without fsync", true));
        steps.note(String.format(Locale.ROOT, "written in %.0f s at a pipeline of 64, started again in %.2f s", measured[0], measured[3]));
    }

    private static long keys(Measured server) throws IOException {
        return Long.parseLong(server.ask("DBSIZE").substring(1));
    }

    /** Writes different keys until about so many are there; returns how many. */
    private static long fill(Measured server, long keys) throws IOException, InterruptedException {
        new Load("SET", 64, 64, keys, MANY * 100).run(server);
        return keys(server);
    }

    /** Removes a folder and all in it. */
    public static void erase(Path place) {
        try (Stream<Path> files = Files.walk(place)) {
            for (Path each : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(each);
            }
        } catch (IOException left) {
            throw new UncheckedIOException(left);
        }
    }
}
