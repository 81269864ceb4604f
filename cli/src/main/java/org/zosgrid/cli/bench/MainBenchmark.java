package org.zosgrid.cli.bench;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import org.zosgrid.cli.client.Approval;
import org.zosgrid.cli.client.ControlPlane;
import org.zosgrid.cli.client.Pinning;
import org.zosgrid.cli.client.Watch;
import org.zosgrid.cli.demo.DemoImage;
import org.zosgrid.cli.demo.Documents;
import org.zosgrid.cli.image.ImagePublication;
import org.zosgrid.cli.stage.Cast;
import org.zosgrid.cli.stage.Stage;
import org.zosgrid.cli.terminal.Steps;
import org.zosgrid.contract.document.Decommission;
import org.zosgrid.contract.document.Deployment;
import org.zosgrid.contract.envelope.Envelope;
import org.zosgrid.contract.envelope.PayloadType;
import org.zosgrid.contract.envelope.Signature;

/**
 * How long the internet waits: from the moment the last approval is sent to the first HTTP 200. Each run is a deployment of a new name, removed again
 * before the next; one run before the counted ones brings the image into the node's cache.
 */
public final class MainBenchmark {
    private static final String IMAGE = "demo/web:1.0";
    private static final double GOAL_SECONDS = 2.0;
    private static final Duration PATIENCE = Duration.ofSeconds(120);

    private final Stage stage;
    private final Steps steps;
    private final Cast cast;
    private final ControlPlane asAlice;
    private final ControlPlane asBob;
    private final ControlPlane asCarol;

    public MainBenchmark(Stage stage, Steps steps) {
        this.stage = stage;
        this.steps = steps;
        this.cast = stage.cast();
        this.asAlice = stage.controlPlane(cast.key(Cast.REQUESTER));
        this.asBob = stage.controlPlane(cast.key("bob"));
        this.asCarol = stage.controlPlane(cast.key("carol"));
    }

    public Measurement run(int runs) throws Exception {
        steps.step("Image built, signed and published", () -> {
            publishImage();
            return true;
        });
        steps.step("Run that does not count: the image is fetched into the node's cache", () -> once(0));
        List<Double> seconds = new ArrayList<>();
        for (int i = 1; i <= runs; i++) {
            int run = i;
            seconds.add(steps.step("Run " + run + " of " + runs + ": submitted, approved, answered, removed", () -> once(run)));
            steps.note(Steps.time(Duration.ofMillis(Math.round(seconds.getLast() * 1000))) + " from the last approval to the first HTTP 200");
        }
        return new Measurement("main: last approval to first HTTP 200", seconds, GOAL_SECONDS, "goal");
    }

    private double once(int run) throws Exception {
        String name = "bench-" + run;
        String host = name + ".example";
        submit(name, host, "10.41." + run + ".0/24");
        // What the last approver does before sending is not waited for by anybody but them.
        Signature last = Approval.of(asCarol, name, 1).sign(cast.key("carol"));
        double seconds;
        try (FirstAnswer internet = new FirstAnswer(stage, host)) {
            long sent = System.nanoTime();
            asCarol.approve(name, 1, last);
            seconds = (internet.await(PATIENCE) - sent) / 1e9;
        }
        new Watch(asAlice, name, 1).reach("running", PATIENCE, each -> {});
        remove(name);
        return seconds;
    }

    private void submit(String name, String host, String subnet) {
        Deployment document = Pinning.pin(Documents.deployment(name, 1, IMAGE, host, subnet), asAlice);
        asAlice.submit(Envelope.sign(PayloadType.DEPLOYMENT, document.toJson(), cast.key(Cast.REQUESTER)));
        new Watch(asAlice, name, 1).reach("approval", PATIENCE, each -> {});
        Approval.of(asBob, name, 1).give(asBob, cast.key("bob"));
    }

    private void remove(String name) {
        Instant now = Instant.now().truncatedTo(ChronoUnit.SECONDS);
        Decommission document = new Decommission(name, 2, Cast.REQUESTER, now, now.plus(Duration.ofHours(1)), "measured");
        asAlice.submit(Envelope.sign(PayloadType.DECOMMISSION, document.toJson(), cast.key(Cast.REQUESTER)));
        Watch removal = new Watch(asAlice, name, 2);
        removal.reach("approval", PATIENCE, each -> {});
        Approval.of(asBob, name, 2).give(asBob, cast.key("bob"));
        Approval.of(asCarol, name, 2).give(asCarol, cast.key("carol"));
        removal.reach("removed", PATIENCE, each -> {});
    }

    private void publishImage() throws Exception {
        Path directory = Files.createTempDirectory("zos-bench-image");
        try {
            new ImagePublication(stage.hub(), cast.key(Cast.IMAGE_SIGNER)).publish(DemoImage.build(directory, "1.0"), "1.0", IMAGE, (done, total) -> {});
        } finally {
            DemoImage.remove(directory);
        }
    }
}
