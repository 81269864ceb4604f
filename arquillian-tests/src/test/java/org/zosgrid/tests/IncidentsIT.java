package org.zosgrid.tests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.container.test.api.RunAsClient;
import org.jboss.arquillian.junit5.container.annotation.ArquillianTest;
import org.jboss.shrinkwrap.api.spec.EnterpriseArchive;
import org.junit.jupiter.api.Test;
import org.zosgrid.cli.client.Approval;
import org.zosgrid.cli.client.RefusedException;
import org.zosgrid.cli.client.Watch;
import org.zosgrid.cli.stage.Cast;
import org.zosgrid.cli.stage.Shell;
import org.zosgrid.cli.stage.Stage;
import org.zosgrid.contract.document.Skip;
import org.zosgrid.contract.envelope.Envelope;
import org.zosgrid.node.api.NodeApiException;
import org.zosgrid.tests.container.ControlPlaneContainer;

/** A node dies in the middle of a deployment: an operator tries again, undoes it, and a quorum does without the node. */
@ArquillianTest
class IncidentsIT {
    private static final String NAME = "stuck";

    @Deployment
    static EnterpriseArchive application() {
        return ControlPlaneApplication.withTests();
    }

    @Test
    @RunAsClient
    void whatIsStuckIsTriedAgainUndoneAndAQuorumDoesWithoutTheNode() throws Exception {
        Story story = new Story(stage(), NAME, 61);
        story.open();
        assertThatThrownBy(() -> story.as("alice").undo(NAME, 1, "too early")).isInstanceOf(RefusedException.class).hasMessageContaining("must be provisioning");
        stage().process(Stage.COMPUTE).kill();
        try {
            story.approve(1);
            JsonNode sending = stuck(story, NAME + ":1:send:" + Stage.COMPUTE);
            assertThat(sending.path("kind").asText()).isEqualTo("away");
            assertThat(sending.path("error").asText()).isNotEmpty();

            assertThatThrownBy(() -> story.as(Cast.IMAGE_SIGNER).retryIncident(sending.path("id").asText())).isInstanceOf(RefusedException.class).hasMessageContaining("no operator");
            ConsoleTests.run("incidents", Map.of("STUCK", NAME));
            assertThat(story.told()).contains("retried");

            assertThatThrownBy(() -> skip(story, "verify", Optional.empty(), 1)).isInstanceOf(RefusedException.class).hasMessageContaining("must be stuck");

            story.as("alice").undo(NAME, 1, "we try again tomorrow");
            JsonNode withdrawing = stuck(story, NAME + ":1:withdraw:" + Stage.COMPUTE);
            assertThat(withdrawing.path("unskippable").isNull()).isTrue();
            assertThatThrownBy(() -> story.as("alice").undo(NAME, 1, "once more")).isInstanceOf(RefusedException.class);

            skip(story, "withdraw", Optional.of(Stage.COMPUTE), 1);
            for (String person : List.of("bob", "carol")) {
                Approval.of(story.as(person), "skip-" + NAME, 1).give(story.as(person), stage().cast().key(person));
            }
            new Watch(story.as("alice"), "skip-" + NAME, 1).reach("done", Story.PATIENCE, each -> {});
            assertThat(story.reach(1, "compensated").json().path("message").asText()).isEqualTo("alice: we try again tomorrow");
            assertThat(story.routes()).as("routes").isZero();
            assertThat(story.told()).contains("retried", "undone", "withdrawn", "skipped", "failed");
        } finally {
            stage().startNode(Stage.COMPUTE);
            stage().await(Stage.COMPUTE, () -> isBack(story));
        }
        assertThat(story.workloadsOn(Stage.COMPUTE)).as("workloads of the node that was never told").isZero();
    }

    @Test
    @RunAsClient
    void aNodeThatTookAContractAndFallsSilentIsSeenToldAgainAndUndone() throws Exception {
        Story story = new Story(stage(), "silent", 62);
        story.open();
        // The node decides, and then waits for the image: half a minute each time that it asks a hub which takes the question and does not answer.
        String hub = Long.toString(stage().process("hub").running().orElseThrow().pid());
        Shell.run("kill", "-STOP", hub);
        try {
            story.approve(1);
            JsonNode silent = stuck(story, "silent:1:send:" + Stage.COMPUTE);
            assertThat(silent.path("kind").asText()).isEqualTo("silent");
            assertThat(silent.path("error").asText()).contains(Stage.COMPUTE + " last said 'accepted'");
            assertThat(silent.path("unskippable").isNull()).isTrue();
            stage().await("control-plane", () -> Subscribers.mailedTo("alice", "About silent version 1").stream().anyMatch(mail -> mail.contains(Stage.COMPUTE + " was told at ")));
            story.as("alice").retryIncident(silent.path("id").asText());
            stage().await("control-plane", () -> story.as("alice").incidents().path("incidents").findValuesAsText("id").stream().noneMatch(silent.path("id").asText()::equals));
            assertThat(story.passes(1, "Wait for the node").position()).as("where it is, after it was sent again").contains("Wait for the node");
            story.as("alice").undo("silent", 1, "it does not answer");
        } finally {
            Shell.run("kill", "-CONT", hub);
        }
        assertThat(story.reach(1, "compensated").json().path("message").asText()).isEqualTo("alice: it does not answer");
        assertThat(story.workloadsOn(Stage.COMPUTE)).isZero();
    }

    private static boolean isBack(Story story) {
        try {
            story.workloadsOn(Stage.COMPUTE);
            return true;
        } catch (NodeApiException notYet) {
            return false;
        }
    }

    private static void skip(Story story, String step, Optional<String> node, long version) {
        Instant now = Instant.now().truncatedTo(ChronoUnit.SECONDS);
        Skip document = new Skip("skip-" + NAME, version, Cast.REQUESTER, now, now.plus(Duration.ofHours(1)), "the node is scrapped", NAME, 1, step, node);
        story.as(Cast.REQUESTER).submit(Envelope.sign(document.payloadType(), document.toJson(), stage().cast().key(Cast.REQUESTER)));
        new Watch(story.as(Cast.REQUESTER), "skip-" + NAME, version).reach("approval", Story.PATIENCE, each -> {});
    }

    private static JsonNode stuck(Story story, String id) {
        List<JsonNode> found = new ArrayList<>();
        stage().await("control-plane", () -> {
            story.as("alice").incidents().path("incidents").forEach(each -> {
                if (each.path("id").asText().equals(id)) {
                    found.add(each);
                }
            });
            return !found.isEmpty();
        });
        assertThat(story.as("alice").incident(id).path("id").asText()).isEqualTo(id);
        return found.getFirst();
    }

    private static Stage stage() {
        return ControlPlaneContainer.stage();
    }
}
