package org.zosgrid.cli.bench;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Consumer;
import java.util.function.IntConsumer;
import org.zosgrid.cli.CliException;
import org.zosgrid.cli.client.ControlPlane;
import org.zosgrid.cli.demo.DemoImage;
import org.zosgrid.cli.image.ImagePublication;
import org.zosgrid.cli.stage.Cast;
import org.zosgrid.cli.stage.Installation;
import org.zosgrid.cli.stage.SecondServer;
import org.zosgrid.cli.stage.Stage;
import org.zosgrid.cli.terminal.Steps;

/**
 * How many deployments a control plane brings to nodes per second, beside what its engine does when no step does anything; how it answers while many are under way;
 * how long it takes until one of two servers is stood in for.
 */
public final class WorkflowBenchmark {
    /** What can be measured. */
    public enum Part {
        /** Completed processes per second, and where the processor's time goes. */
        RATE,
        /** One of two servers is killed. */
        KILL,
        /** Lists, searches and openings while many wait for approval; comes last, since they stay. */
        RUNNING
    }

    private static final String IMAGE = "bench/web:1.0";
    private static final int WARM = 4;
    private static final int PEER_WARM = 200;
    private static final int PEER = 1000;
    private static final int CAUGHT = 6;
    private static final int QUESTIONS = 300;
    private static final double GOAL_MILLIS = 200;
    private static final double GOAL_RATIO = 0.7;
    /** As docs/operations.md has it. */
    private static final double PROMISED_SECONDS = 20;
    private static final double MEBIBYTE = 1 << 20;
    private static final long SEED = 4;

    private final Stage stage;
    private final Installation installation;
    private final Steps steps;
    private final int processes;
    private final int running;

    /**
     * @param processes deployments that are brought to nodes
     * @param running deployments that wait for approval while questions are asked
     */
    public WorkflowBenchmark(Stage stage, Installation installation, Steps steps, int processes, int running) {
        this.stage = stage;
        this.installation = installation;
        this.steps = steps;
        this.processes = processes;
        this.running = running;
    }

    /** @param figures hears of each as soon as it is known */
    public void run(List<Part> parts, Consumer<Figure> figures) throws Exception {
        String image = steps.step("Image built, signed and published", this::publishImage);
        steps.step(WARM + " deployments that do not count: the image is fetched into the node's cache", () -> rate(image, "warm", WARM, (done, all) -> {}));
        if (parts.contains(Part.RATE)) {
            rate(image).forEach(figures);
        }
        if (parts.contains(Part.KILL)) {
            figures.accept(new Figure("from the kill of one of two servers until the other has finished what it had begun", "s",
                steps.step(CAUGHT + " deployments are approved at a second server, which is killed", () -> kill(image)), PROMISED_SECONDS, "what the documentation promises", false));
        }
        if (parts.contains(Part.RUNNING)) {
            running(image, figures);
        }
    }

    private List<Figure> rate(String image) throws Exception {
        Map<String, Long> before = processorMillis();
        double ours = steps.longStep(processes + " deployments: submitted, approved by two, running", progress -> rate(image, "rate", processes, progress));
        Map<String, Long> after = processorMillis();
        double peer = steps.step("The engine alone: " + PEER + " of the same processes with steps that do nothing", this::peer);
        List<Figure> figures = new ArrayList<>();
        figures.add(new Figure("deploy processes completed per second, two nodes running each", "1/s", ours, peer, "the engine with empty steps", true));
        figures.add(new Figure("the same ratio", "", ours / peer, GOAL_RATIO, "goal", true));
        double all = after.entrySet().stream().mapToLong(each -> each.getValue() - before.get(each.getKey())).sum() / (double) processes;
        after.forEach((part, millis) -> figures.add(new Figure("processor time for each: " + part, "ms", (millis - before.get(part)) / (double) processes, all, "all of it", false)));
        return figures;
    }

    private double rate(String image, String prefix, int count, Steps.Progress progress) {
        ManyDeployments many = new ManyDeployments(stage, image, prefix, count);
        long begun = System.nanoTime();
        many.submit(progress);
        many.approve();
        many.await("running");
        return count / seconds(begun);
    }

    private double peer() throws IOException, InterruptedException {
        Path state = stage.home().resolve("control-plane/state/database");
        String port = Files.readAllLines(state.resolve("data/postmaster.pid")).get(3).strip();
        Path log = Files.createTempFile("zos-bench-engine", ".log");
        try {
            Process engine = new ProcessBuilder(installation.java().toString(), "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-Xmx640m", "-cp", installation.engineBenchmark() + "/*",
                "org.zosgrid.benchmark.EmptyEngine", "jdbc:postgresql://127.0.0.1:" + port + "/zos", "zos", state.resolve("password").toString(), Integer.toString(PEER_WARM), Integer.toString(PEER))
                .redirectError(log.toFile()).start();
            String said = new String(engine.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
            if (engine.waitFor() != 0 || !said.matches("rate [0-9.]+")) {
                throw new CliException("the engine alone did not come to its end; it said: " + said + "\n" + Files.readString(log));
            }
            return Double.parseDouble(said.substring("rate ".length()));
        } finally {
            Files.delete(log);
        }
    }

    private double kill(String image) throws IOException {
        try (SecondServer second = SecondServer.join(stage, installation)) {
            ManyDeployments caught = new ManyDeployments(stage, image, "kill", CAUGHT);
            caught.submit((done, all) -> {});
            caught.through(second.address()).approve();
            second.kill();
            long killed = System.nanoTime();
            caught.await("running");
            return seconds(killed);
        }
    }

    private void running(String image, Consumer<Figure> figures) throws Exception {
        double memoryBefore = stage.process("control-plane").residentBytes() / MEBIBYTE;
        ManyDeployments many = new ManyDeployments(stage, image, "many", running);
        steps.longStep(running + " deployments submitted", progress -> {
            many.submit(progress);
            return true;
        });
        steps.step("All of them wait for approval", () -> {
            many.await("approval");
            return true;
        });
        ControlPlane alice = stage.controlPlane(stage.cast().key(Cast.REQUESTER));
        Random random = new Random(SEED);
        figures.accept(late("a page of 100 listed while " + running + " are under way", number -> alice.firstPage("many-", "approval")));
        figures.accept(late("searched by a part of the name", number -> alice.firstPage("%04d".formatted(random.nextInt(running)), "approval")));
        figures.accept(late("one opened, with what it waits for", number -> alice.show(many.name(random.nextInt(running)), 1)));
        figures.accept(new Figure("memory of the server's process with " + running + " under way", "MB", stage.process("control-plane").residentBytes() / MEBIBYTE, memoryBefore, "before", false));
    }

    private Figure late(String what, IntConsumer question) throws Exception {
        double[] millis = steps.step(QUESTIONS + " times: " + what, () -> {
            double[] took = new double[QUESTIONS];
            for (int i = 0; i < QUESTIONS; i++) {
                long begun = System.nanoTime();
                question.accept(i);
                took[i] = seconds(begun) * 1000;
            }
            Arrays.sort(took);
            return took;
        });
        return new Figure(what + ", 95th percentile", "ms", millis[QUESTIONS * 95 / 100], GOAL_MILLIS, "goal", false);
    }

    private static double seconds(long begun) {
        return (System.nanoTime() - begun) / 1e9;
    }

    private Map<String, Long> processorMillis() throws IOException {
        Map<String, Long> millis = new LinkedHashMap<>();
        for (String name : List.of("control-plane", Stage.COMPUTE, Stage.GATEWAY, "hub")) {
            millis.put(name, ProcessorTime.ofTree(stage.process(name).running().orElseThrow()).toMillis());
        }
        Path postmaster = stage.home().resolve("control-plane/state/database/data/postmaster.pid");
        ProcessHandle database = ProcessHandle.of(Long.parseLong(Files.readAllLines(postmaster).getFirst().strip())).orElseThrow();
        millis.put("PostgreSQL", ProcessorTime.ofTree(database).toMillis());
        return millis;
    }

    private String publishImage() throws Exception {
        Path directory = Files.createTempDirectory("zos-bench-image");
        try {
            return IMAGE + "@sha256:" + new ImagePublication(stage.hub(), stage.cast().key(Cast.IMAGE_SIGNER)).publish(DemoImage.build(directory, "1.0"), "1.0", IMAGE, (done, total) -> {}).flist();
        } finally {
            DemoImage.remove(directory);
        }
    }
}
