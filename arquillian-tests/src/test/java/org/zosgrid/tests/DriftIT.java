package org.zosgrid.tests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.container.test.api.RunAsClient;
import org.jboss.arquillian.junit5.container.annotation.ArquillianTest;
import org.jboss.shrinkwrap.api.spec.EnterpriseArchive;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.zosgrid.cli.client.Approval;
import org.zosgrid.cli.client.RefusedException;
import org.zosgrid.cli.client.Watch;
import org.zosgrid.cli.stage.Cast;
import org.zosgrid.cli.stage.Stage;
import org.zosgrid.contract.document.Skip;
import org.zosgrid.contract.envelope.Envelope;
import org.zosgrid.tests.container.ControlPlaneContainer;

/** Somebody does to a machine on its node what no contract says: the node mends what it may, and people decide about the rest. */
@ArquillianTest
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class DriftIT {
    @Deployment
    static EnterpriseArchive application() {
        return ControlPlaneApplication.withTests();
    }

    @Test
    @Order(1)
    @RunAsClient
    void aProcessThatEndsIsStartedAgainByItsNodeWhichTellsIt() throws Exception {
        Story story = running();
        long before = receipts(story, "repaired");
        sabotage().kill();
        await(() -> receipts(story, "repaired") > before && story.answers());
        assertThat(story.shown(1).state()).isEqualTo("running");
        assertThat(receipts(story, "drifted")).isZero();
        assertThatThrownBy(() -> story.as("alice").repair("drifting", 1, Optional.empty())).isInstanceOf(RefusedException.class).hasMessageContaining("Nothing drifts");
    }

    @Test
    @Order(2)
    @RunAsClient
    void whatCannotBeStartedIsForPeopleAndTheSameContractMendsIt() throws Exception {
        Story story = story();
        Path work = sabotage().bundle().resolve("work");
        Files.move(work, sabotage().bundle().resolve("work-elsewhere"));
        Files.writeString(work, "not a directory");
        sabotage().kill();
        await(() -> story.shown(1).state().equals("drifted"));
        assertThat(story.shown(1).json().path("message").asText()).startsWith("compute-1: cannot-start: ");
        Files.delete(work);
        repair(story);
        assertThat(kinds(story)).containsSubsequence("drifted", "repair-chosen", "repaired");
    }

    @Test
    @Order(3)
    @RunAsClient
    void whatIsTakenAwayBehindTheNodesBackIsNotMadeAnewBeforeSomebodySaysSo() throws Exception {
        Story story = story();
        sabotage().takeAway();
        await(() -> story.shown(1).state().equals("drifted"));
        assertThat(story.shown(1).json().path("message").asText()).startsWith("compute-1: gone: ");
        assertThat(story.as("alice").newest("drifting").path("state").asText()).isEqualTo("drifted");
        assertThat(story.answers()).isFalse();
        assertThatThrownBy(() -> story.as("erin").repair("drifting", 1, Optional.empty())).isInstanceOf(RefusedException.class).hasMessageContaining("requester");
        assertThatThrownBy(() -> story.as("alice").repair("drifting", 1, Optional.of("gateway-1"))).isInstanceOf(RefusedException.class).hasMessageContaining("Nothing drifts");
        repair(story);
        assertThat(story.answers()).isTrue();
    }

    @Test
    @Order(4)
    @RunAsClient
    void aRepairThatDoesNotReachItsNodeIsPassedOverByAQuorumAndChosenAnewLater() throws Exception {
        Story story = story();
        sabotage().takeAway();
        await(() -> story.shown(1).state().equals("drifted"));
        Stage stage = ControlPlaneContainer.stage();
        stage.process(Stage.COMPUTE).kill();
        try {
            story.as("alice").repair("drifting", 1, Optional.empty());
            String id = "drifting:1:send:" + Stage.COMPUTE;
            stage.await("control-plane", () -> story.as("alice").incidents().path("incidents").findValuesAsText("id").contains(id));
            assertThat(story.as("alice").incident(id).path("process").asText()).isEqualTo("drift");
            assertThat(story.as("alice").incident(id).path("unskippable").isNull()).isTrue();
            story.as("alice").retryIncident(id);
            Instant now = Instant.now().truncatedTo(ChronoUnit.SECONDS);
            Skip skip = new Skip("skip-drifting", 1, Cast.REQUESTER, now, now.plusSeconds(3600), "the node is being moved", "drifting", 1, "send", Optional.of(Stage.COMPUTE));
            story.as(Cast.REQUESTER).submit(Envelope.sign(skip.payloadType(), skip.toJson(), stage.cast().key(Cast.REQUESTER)));
            new Watch(story.as("alice"), "skip-drifting", 1).reach("approval", Story.PATIENCE, each -> {});
            for (String person : List.of("bob", "carol")) {
                Approval.of(story.as(person), "skip-drifting", 1).give(story.as(person), stage.cast().key(person));
            }
            new Watch(story.as("alice"), "skip-drifting", 1).reach("done", Story.PATIENCE, each -> {});
            stage.await("control-plane", () -> story.as("alice").incidents().path("incidents").findValuesAsText("id").stream().noneMatch(id::equals));
            assertThat(kinds(story)).contains("retried", "skipped");
            assertThat(story.shown(1).state()).isEqualTo("drifted");
        } finally {
            stage.startNode(Stage.COMPUTE);
            await(() -> stage.answers(stage.store(Stage.COMPUTE)));
        }
        assertThat(story.answers()).isFalse();
        repair(story);
    }

    @Test
    @Order(5)
    @RunAsClient
    void whatAMachineIsMadeOfIsAlteredAndItRunsOnAsItDidUntilSomebodySaysSo() throws Exception {
        Story story = story();
        Path configuration = sabotage().bundle().resolve("config.json");
        byte[] written = Files.readAllBytes(configuration);
        Files.writeString(configuration, new String(written, StandardCharsets.UTF_8).replace("\"noNewPrivileges\":true", "\"noNewPrivileges\":false") + " ");
        drifts(story, "altered");
        assertThat(story.answers()).as("what runs was started before").isTrue();
        repair(story);
        assertThat(sabotage().bundle().resolve("config.json")).hasBinaryContent(written);
    }

    @Test
    @Order(6)
    @RunAsClient
    void whatDoesNotAnswerIsToldOfAndIsWellAgainWhenItDoes() throws Exception {
        Story story = story();
        try (Sabotage.Undo back = sabotage().makeUnreachable()) {
            drifts(story, "not-healthy");
            assertThat(story.answers()).isFalse();
        }
        isWellAgain(story);
    }

    @Test
    @Order(7)
    @RunAsClient
    void aContractThatIsAnotherInTheNodesLogIsToldOfAndTheSealedOneMendsIt() throws Exception {
        Story story = story();
        try (Sabotage.Undo back = sabotage().alterContract(story.shown(1).envelope())) {
            drifts(story, "contract-gone");
            assertThat(story.answers()).as("it runs on by what the node knows").isTrue();
            repair(story);
        }
        assertThat(story.shown(1).state()).isEqualTo("running");
    }

    @Test
    @Order(8)
    @RunAsClient
    void aNodeThatBecameSmallerSaysSoAndKeepsWhatItRuns() throws Exception {
        Story story = story();
        try (Sabotage.Undo back = sabotage().shrink()) {
            drifts(story, "no-room");
            await(story::answers);
        }
        isWellAgain(story);
    }

    @Test
    @Order(9)
    @RunAsClient
    void aRemovalIsAnotherWayOut() throws Exception {
        Story story = story();
        sabotage().takeAway();
        await(() -> story.shown(1).state().equals("drifted"));
        story.remove(2);
        await(() -> kinds(story).contains("drift-replaced"));
        assertThat(story.shown(1).state()).isEqualTo("removed");
    }

    private static Story story() {
        return new Story(ControlPlaneContainer.stage(), "drifting", 41);
    }

    private static Story running() throws Exception {
        Story story = story();
        story.open();
        story.approve(1);
        story.reach(1, "running");
        return story;
    }

    /** Reported by the node, followed by a process, and told to whoever asks. */
    private static void drifts(Story story, String reason) {
        await(() -> story.shown(1).state().equals("drifted") && story.shown(1).json().path("message").asText().startsWith("compute-1: " + reason + ": "));
    }

    /** Without anybody's decision. */
    private static void isWellAgain(Story story) {
        long chosen = kinds(story).stream().filter("repair-chosen"::equals).count();
        await(() -> story.shown(1).state().equals("running") && story.answers());
        assertThat(kinds(story).stream().filter("repair-chosen"::equals).count()).isEqualTo(chosen);
        assertThat(kinds(story).getLast()).isEqualTo("repaired");
    }

    private static void repair(Story story) {
        story.as("alice").repair("drifting", 1, Optional.empty());
        await(() -> story.shown(1).state().equals("running") && story.answers());
    }

    /** Fails with the node's last words when the time is over. */
    private static void await(BooleanSupplier condition) {
        ControlPlaneContainer.stage().await(Stage.COMPUTE, condition);
    }

    private static long receipts(Story story, String outcome) {
        return story.shown(1).json().path("receipts").findValuesAsText("outcome").stream().filter(outcome::equals).count();
    }

    private static List<String> kinds(Story story) {
        return story.shown(1).json().path("timeline").findValuesAsText("kind");
    }

    private static Sabotage sabotage() {
        return new Sabotage(ControlPlaneContainer.stage(), "drifting");
    }
}
