package org.zosgrid.tests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.net.http.HttpClient;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.zosgrid.cli.CliException;
import org.zosgrid.cli.client.Approval;
import org.zosgrid.cli.client.DeploymentVersion;
import org.zosgrid.cli.stage.SecondServer;
import org.zosgrid.cli.stage.Stage;
import org.zosgrid.contract.envelope.Envelope;
import org.zosgrid.contract.key.SigningKey;
import org.zosgrid.contract.trust.TrustedNode;
import org.zosgrid.tests.container.ControlPlaneContainer;
import org.zosgrid.tests.container.RivalOrganisation;

/** What keeps organisations apart when somebody tries: keys, nodes and quotas. A class of its own, since the server that runs {@link TenancyIT} has no command line. */
final class Boundaries {
    private Boundaries() {}

    static void areHeldByARotation() throws Exception {
        Stage stage = ControlPlaneContainer.stage();
        RivalOrganisation rival = ControlPlaneContainer.rival();
        SigningKey machine = SigningKey.generate(); // a key of Mallory's own for a node of somebody else's name
        try (HttpClient http = HttpClient.newHttpClient()) {
            SignedCaller mallory = new SignedCaller(stage.controlPlaneAddress(), http, rival.key(RivalOrganisation.MALLORY));
            String before = mallory.ask("GET", "/api/trust-roots", "").body();
            isRefused(mallory, rival.rotation(Map.of("bob", stage.cast().key("bob")), Map.of()), "keys", stage.cast().key("bob").id().hex());
            isRefused(mallory, rival.rotation(Map.of(Stage.COMPUTE, machine), Map.of(Stage.COMPUTE, new TrustedNode(machine.id(), Set.of("compute")))), "nodes." + Stage.COMPUTE, "given to this organisation");
            assertThat(mallory.ask("GET", "/api/trust-roots", "").body()).isEqualTo(before);
            SignedCaller bob = new SignedCaller(stage.controlPlaneAddress(), http, stage.cast().key("bob"));
            assertThat(bob.ask("GET", "/api/quota", "").body()).as("whose bob's key is").contains("\"organisation\":\"default\"");
        }
    }

    private static void isRefused(SignedCaller caller, Envelope rotation, String field, String value) throws Exception {
        HttpResponse<String> answer = caller.ask("POST", "/api/trust-roots", new String(rotation.toJson(), StandardCharsets.UTF_8));
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(422);
        assertThat(answer.body()).contains("\"field\":\"" + field + "\"", value);
    }

    static void areHeldByAStart() throws Exception {
        Stage stage = ControlPlaneContainer.stage();
        RivalOrganisation rival = ControlPlaneContainer.rival();
        doesNotStart(rival.withNode(Stage.COMPUTE), "nodes." + Stage.COMPUTE + ": must be a node that the operator has given to this organisation");
        doesNotStart(rival.withoutAddresses(), "organisations.rival.mailAddresses: must be a file that can be read");
        doesNotStart(rival.withThirdOf("bob", stage.cast().key("bob")), "keys: must be keys that no other trust root at this server has, or had");
    }

    private static void doesNotStart(Path organisations, String why) {
        Stage stage = ControlPlaneContainer.stage();
        assertThatThrownBy(() -> SecondServer.join(stage, ControlPlaneContainer.installation(), Map.of("zos.organisations", organisations.toString())).close()).isInstanceOf(CliException.class).hasMessageContaining("before it was ready");
        assertThat(stage.process("control-plane-2").log()).content(StandardCharsets.UTF_8).contains(why);
    }

    /** Both are approved but for one signature, and get their last at the same time. */
    static void areHeldByTwoAtOnce() throws Exception {
        Stage stage = ControlPlaneContainer.stage();
        long used;
        try (HttpClient http = HttpClient.newHttpClient()) {
            used = new ObjectMapper().readTree(new SignedCaller(stage.controlPlaneAddress(), http, stage.cast().key("bob")).ask("GET", "/api/quota", "").body()).at("/deployments/used").asLong();
        }
        Path organisations = ControlPlaneContainer.rival().withQuotaOfTheFirst(used + 1);
        try (SecondServer limited = SecondServer.join(stage, ControlPlaneContainer.installation(), Map.of("zos.organisations", organisations.toString())); var together = Executors.newFixedThreadPool(2)) {
            List<Story> racers = new ArrayList<>();
            for (int number = 1; number <= 2; number++) {
                Story story = new Story(stage, "racer-" + number, 90 + number);
                story.open();
                Story there = story.through(limited.address());
                Approval.of(there.as("bob"), there.name(), 1).give(there.as("bob"), stage.cast().key("bob"));
                racers.add(there);
            }
            List<Callable<Boolean>> last = racers.stream().<Callable<Boolean>>map(story -> () -> {
                Approval.of(story.as("carol"), story.name(), 1).give(story.as("carol"), stage.cast().key("carol"));
                return true;
            }).toList();
            for (Future<Boolean> each : together.invokeAll(last)) {
                assertThat(each.get()).isTrue();
            }
            List<String> ends = new ArrayList<>();
            for (Story story : racers) {
                DeploymentVersion end = await(story);
                ends.add(end.state());
                if (end.state().equals("running")) {
                    story.remove();
                } else {
                    assertThat(end.json().path("message").asText()).contains("quota.deployments", "at most " + (used + 1));
                }
            }
            assertThat(ends).as("one runs, one does not").containsOnlyOnce("running");
        }
    }

    private static DeploymentVersion await(Story story) throws Exception {
        Instant end = Instant.now().plus(Story.PATIENCE);
        while (true) {
            DeploymentVersion shown = story.shown(1);
            if (shown.state().equals("running") || shown.ended()) {
                return shown;
            }
            assertThat(Instant.now()).as("waiting for " + story.name() + ", which is " + shown.state()).isBefore(end);
            Thread.sleep(200);
        }
    }
}
