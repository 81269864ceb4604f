package org.zosgrid.tests;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.container.test.api.RunAsClient;
import org.jboss.arquillian.junit5.container.annotation.ArquillianTest;
import org.jboss.shrinkwrap.api.spec.EnterpriseArchive;
import org.junit.jupiter.api.Test;
import org.zosgrid.cli.client.RefusedException;
import org.zosgrid.cli.stage.Stage;
import org.zosgrid.contract.document.ImageReference;
import org.zosgrid.contract.document.Machine;
import org.zosgrid.contract.envelope.Envelope;
import org.zosgrid.contract.envelope.PayloadType;
import org.zosgrid.tests.container.ControlPlaneContainer;

/** What happens to a deployment when something dies in the middle of it: it is waited for, or all of it is taken back; never is one left half done. */
@ArquillianTest
class FaultsIT {
    private static final int KILLS = 4;

    @Deployment
    static EnterpriseArchive application() {
        return ControlPlaneApplication.withTests();
    }

    @Test
    @RunAsClient
    void aNodeThatIsAwayIsWaitedFor() throws Exception {
        Story story = new Story(stage(), "waited", 1);
        story.open();
        stage().process(Stage.COMPUTE).kill();
        story.approve(1);
        assertThat(story.passes(1, "provisioning").state()).isEqualTo("provisioning");
        start(Stage.COMPUTE);
        story.reach(1, "running");
        assertThat(story.answers()).as("the page").isTrue();
        story.remove();
    }

    /** As 'zos down' does it, and 'zos up' after it. */
    @Test
    @RunAsClient
    void aNodeThatWasTakenDownBringsItsMachinesBackAsTheyWere() throws Exception {
        Story story = new Story(stage(), "returned", 12);
        story.open();
        story.approve(1);
        story.reach(1, "running");
        Path written = new Sabotage(stage(), "returned").write("written");
        stage().takeDown(Stage.COMPUTE);
        start(Stage.COMPUTE);
        stage().await(Stage.COMPUTE, story::answers);
        assertThat(written).exists();
        assertThat(story.told()).doesNotContain("drifted");
        story.remove();
    }

    @Test
    @RunAsClient
    void ofANodeThatStaysAwayEverythingIsTakenBack() throws Exception {
        Story story = new Story(stage(), "given-up", 2);
        story.open();
        stage().process(Stage.COMPUTE).kill();
        story.approve(1);
        story.passes(1, "compensating");
        assertThat(story.routes()).as("routes that the gateway allows, before the compute node is back").isLessThanOrEqualTo(1);
        start(Stage.COMPUTE);
        assertThat(story.reach(1, "compensated").json().path("message").asText()).as("why").isNotEmpty();
        assertThat(story.workloadsOn(Stage.COMPUTE)).as("workloads").isZero();
        assertThat(story.routes()).as("routes").isZero();
        assertThat(story.answers()).as("the page").isFalse();
        assertThat(story.told()).contains("sealed", "withdrawn", "failed");
    }

    @Test
    @RunAsClient
    void aHubThatIsAwayIsWaitedFor() throws Exception {
        Story story = new Story(stage(), "hubless", 3);
        org.zosgrid.contract.document.Deployment document = story.document(1, Duration.ofHours(1));
        stage().process("hub").kill();
        story.submit(document);
        try {
            assertThat(story.passes(1, "Try again").state()).isEqualTo("verifying");
        } finally {
            stage().startHub();
        }
        story.reach(1, "approval");
        story.as("bob").reject("hubless", 1, "it was only a test");
        assertThat(story.reach(1, "rejected").json().path("rejections").path(0).path("reason").asText()).isEqualTo("it was only a test");
    }

    @Test
    @RunAsClient
    void aDatabaseThatDropsEveryConnectionIsSurvived() throws Exception {
        Story story = new Story(stage(), "dropped", 4);
        story.open();
        story.approve(1);
        Set<ProcessHandle> killed = new HashSet<>();
        for (int kill = 0; kill < KILLS; kill++) {
            killDatabaseConnections(killed); // Each as soon as the work goes on, so that they meet it at different places.
        }
        story.reach(1, "running");
        assertThat(story.answers()).as("the page").isTrue();
        killDatabaseConnections(killed);
        story.remove();
    }

    @Test
    @RunAsClient
    void aControlPlaneThatIsKilledCarriesOn() throws Exception {
        Story story = new Story(stage(), "revived", 5);
        story.open();
        story.approve(1);
        stage().process("control-plane").kill();
        stage().restartControlPlane();
        story.reach(1, "running");
        assertThat(story.answers()).as("the page").isTrue();
        story.remove();
    }

    @Test
    @RunAsClient
    void aNodeWhoseDiskIsFullIsWaitedFor() throws Exception {
        Story story = new Story(stage(), "no-space", 10);
        story.open();
        Path log = stage().home().resolve(Stage.COMPUTE).resolve("state/zdb");
        try (SmallDisk disk = SmallDisk.under(log, () -> stage().process(Stage.COMPUTE).kill(), () -> start(Stage.COMPUTE))) {
            disk.fill();
            story.approve(1);
            assertThat(story.passes(1, "Try again").position()).as("where the process is").contains("Try again");
            disk.free();
            story.reach(1, "running");
            assertThat(story.answers()).as("the page").isTrue();
            story.remove();
        }
    }

    @Test
    @RunAsClient
    void aDocumentThatNobodyApprovesExpires() throws Exception {
        Story story = new Story(stage(), "too-late", 6);
        story.submit(story.document(1, Duration.ofSeconds(8)));
        story.reach(1, "expired");
    }

    @Test
    @RunAsClient
    void anAuthorTakesAChangeBackAndTheVersionIsFreeAgain() throws Exception {
        Story story = new Story(stage(), "taken-back", 7);
        story.open();
        story.as("alice").withdraw("taken-back", 1, "a better one comes");
        story.reach(1, "withdrawn");
        story.open();
        story.as("dave").reject("taken-back", 1, "not this one either");
        story.reach(1, "rejected");
    }

    @Test
    @RunAsClient
    void anImageThatNobodySignedIsInvalid() throws Exception {
        Story story = new Story(stage(), "unsigned", 8);
        org.zosgrid.contract.document.Deployment document = story.document(1, Duration.ofHours(1));
        Machine machine = document.machines().getFirst();
        story.submit(document.withMachines(List.of(machine.withImage(ImageReference.parse("demo/web:unsigned@sha256:" + "ab".repeat(32))))));
        assertThat(story.reach(1, "invalid").json().path("message").asText()).contains("machines[0].image");
    }

    @Test
    @RunAsClient
    void whatIsWrongWithARequestIsToldAtOnce() throws Exception {
        Story story = new Story(stage(), "wrong", 9);
        org.zosgrid.contract.document.Deployment document = story.document(5, Duration.ofHours(1));
        assertThat(refusal(() -> story.submit(document))).satisfies(refused -> {
            assertThat(refused.status()).isEqualTo(422);
            assertThat(refused.getMessage()).contains("version", "must be 1");
        });
        assertThat(refusal(() -> story.as("bob").submit(Envelope.sign(PayloadType.DEPLOYMENT, document.toJson(),
                stage().cast().key("bob")))).status()).isEqualTo(403);
        assertThat(refusal(() -> story.as("alice").show("never-seen", 1)).status()).isEqualTo(404);
    }

    private static RefusedException refusal(Runnable attempt) {
        try {
            attempt.run();
        } catch (RefusedException refused) {
            return refused;
        }
        throw new AssertionError("it was not refused");
    }

    private static Stage stage() {
        return ControlPlaneContainer.stage();
    }

    private static void start(String node) {
        stage().startNode(node);
        stage().await(node, () -> stage().answers(stage().store(node)));
    }

    /** As if PostgreSQL crashed: it ends every connection, recovers from its write-ahead log and serves again. Waits for connections that are new since the last time. */
    private static void killDatabaseConnections(Set<ProcessHandle> killed) throws IOException {
        Path data = stage().home().resolve("control-plane/state/database/data/postmaster.pid");
        ProcessHandle postmaster = ProcessHandle.of(Long.parseLong(Files.readAllLines(data).getFirst().strip())).orElseThrow();
        Instant end = Instant.now().plusSeconds(30);
        List<ProcessHandle> connections = List.of();
        while (connections.isEmpty()) {
            assertThat(Instant.now()).as("time for the control plane to have connections").isBefore(end);
            Thread.onSpinWait();
            try (Stream<ProcessHandle> children = postmaster.children()) {
                connections = children.filter(FaultsIT::isConnection).filter(child -> !killed.contains(child)).toList();
            }
        }
        connections.forEach(ProcessHandle::destroyForcibly);
        killed.addAll(connections);
    }

    private static boolean isConnection(ProcessHandle child) {
        try {
            return Files.readString(Path.of("/proc", Long.toString(child.pid()), "cmdline"), StandardCharsets.ISO_8859_1).startsWith("postgres: zos zos");
        } catch (IOException gone) {
            return false;
        }
    }
}
