package org.zosgrid.cli.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.zosgrid.cli.demo.DemoImage;
import org.zosgrid.cli.image.ImagePublication;
import org.zosgrid.cli.stage.Cast;
import org.zosgrid.cli.stage.Installation;
import org.zosgrid.cli.stage.Stage;
import org.zosgrid.cli.terminal.Steps;

/** How many deployments a control plane brings to nodes per second, beside what its engine could do if no step did anything; how it answers with many that run. */
public final class WorkflowBenchmark {
    private static final String IMAGE = "bench/web:1.0";

    private final Stage stage;
    private final Installation installation;
    private final Steps steps;
    private final int processes;

    public WorkflowBenchmark(Stage stage, Installation installation, Steps steps, int processes) {
        this.stage = stage;
        this.installation = installation;
        this.steps = steps;
        this.processes = processes;
    }

    public List<Figure> run() throws Exception {
        String image = steps.step("Image built, signed and published", this::publishImage);
        steps.longStep("Four deployments that do not count: the image is fetched into the node's cache", progress -> rate(image, "warm", 4, progress));
        Map<String, Long> before = processorMillis();
        double rate = steps.longStep(processes + " deployments: submitted, approved by two, running", progress -> rate(image, "rate", processes, progress));
        Map<String, Long> after = processorMillis();
        List<Figure> figures = new ArrayList<>();
        figures.add(new Figure("deploy processes completed per second", "1/s", rate, 1, "", true));
        after.forEach((part, millis) -> figures.add(new Figure("processor time for each: " + part, "ms", (millis - before.get(part)) / (double) processes, 1, "", false)));
        return figures;
    }

    private double rate(String image, String prefix, int count, Steps.Progress progress) {
        ManyDeployments many = new ManyDeployments(stage, image, prefix, count);
        long begun = System.nanoTime();
        many.submit(progress);
        steps.note("submitted after " + (System.nanoTime() - begun) / 1_000_000 + " ms");
        many.approve();
        steps.note("approved after " + (System.nanoTime() - begun) / 1_000_000 + " ms");
        many.await("running");
        return count / ((System.nanoTime() - begun) / 1e9);
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
