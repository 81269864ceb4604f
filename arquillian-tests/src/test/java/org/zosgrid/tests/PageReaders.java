package org.zosgrid.tests;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.StreamSupport;
import org.zosgrid.cli.agent.BrowserDoor;
import org.zosgrid.cli.agent.SigningAgent;
import org.zosgrid.cli.client.ControlPlane;
import org.zosgrid.cli.stage.Cast;
import org.zosgrid.cli.stage.Stage;
import org.zosgrid.contract.document.Deployment;
import org.zosgrid.contract.document.Model.Language;
import org.zosgrid.contract.http.HttpSignature;
import org.zosgrid.tests.container.ControlPlaneContainer;

/** Who reads what the console's pages show: nodes, decisions, images, processes, settings. */
final class PageReaders {
    private static final ObjectMapper MAPPER = new ObjectMapper();

    private PageReaders() {}

    static void seeWhatHappened() throws Exception {
        Story story = new Story(ControlPlaneContainer.stage(), "shown", 58);
        Instant before = Instant.now();
        story.open();
        story.approve(1);
        story.reach(1, "running");
        nodes();
        decisions(before);
        processes();
        image(story);
        settings();
        assertThat(story.answers()).as("so that there is a line in its log").isTrue();
        browser();
        story.remove(4); // it was paused and resumed there
    }

    private static void nodes() throws Exception {
        Map<String, JsonNode> nodes = new TreeMap<>();
        get("alice", "/api/nodes").path("items").forEach(each -> nodes.put(each.path("name").asText(), each));
        assertThat(nodes).containsKeys("compute-1", "gateway-1");
        JsonNode compute = nodes.get("compute-1");
        assertThat(compute.path("capabilities").toString()).contains("compute");
        assertThat(compute.path("problem").asText()).isEmpty();
        assertThat(compute.path("heardAt").isTextual()).isTrue();
        assertThat(compute.path("status").path("reserved").findValuesAsText("deployment")).contains("shown");
        assertThat(compute.path("status").path("links").findValuesAsText("peer")).contains("gateway-1");
        assertThat(compute.path("status").path("images")).isNotEmpty();
        List<String> kept = StreamSupport.stream(compute.path("status").path("images").spliterator(), false).map(each -> "demo/web:shown@sha256:" + each.asText()).toList();
        assertThat(compute.path("status").path("references")).as("as the approved document calls one of them").extracting(JsonNode::asText).containsAnyElementsOf(kept);
        JsonNode detail = get("alice", "/api/nodes/compute-1");
        assertThat(detail.path("receipts").findValuesAsText("outcome")).contains("running");
        assertThat(answer("alice", "/api/nodes/compute-9").statusCode()).isEqualTo(404);
    }

    private static void decisions(Instant before) throws Exception {
        JsonNode approvals = get("alice", "/api/ledger/decisions?kind=approved&name=shown&since=" + before).path("items");
        assertThat(approvals.size()).isGreaterThanOrEqualTo(2);
        assertThat(get("alice", "/api/ledger/decisions?name=shown&words=" + approvals.path(0).path("detail").asText()).path("items").findValuesAsText("kind")).contains("approved");
        assertThat(get("alice", "/api/ledger/decisions?name=shown&until=" + before).path("items")).isEmpty();
        assertThat(get("alice", "/api/ledger/witnesses").path("witnesses").findValuesAsText("name")).isNotEmpty();
    }

    private static void processes() throws Exception {
        JsonNode all = get("alice", "/api/processes").path("items");
        String[] deploy = {""};
        all.forEach(each -> deploy[0] = each.path("name").asText().isEmpty() || !each.path("kind").asText().equals("process") || !each.path("key").asText().contains("deploy") ? deploy[0]
                : "/api/processes/" + each.path("key").asText() + "/" + each.path("version").asInt());
        assertThat(deploy[0]).isNotEmpty();
        assertThat(answer("alice", deploy[0] + "/diagram").body()).contains("BPMNDiagram");
        JsonNode activities = get("alice", deploy[0] + "/statistics").path("activities");
        assertThat(activities).isNotEmpty().anySatisfy(each -> {
            assertThat(each.path("finished").asLong()).isPositive();
            assertThat(each.path("p95Millis").asLong()).isGreaterThanOrEqualTo(0);
        });
        assertThat(get("alice", deploy[0] + "/instances?limit=1").path("items")).hasSize(1);
        all.forEach(each -> assertThat(each.path("kind").asText()).isIn("process", "decision"));
        assertThat(answer("alice", "/api/processes/decisions/quorum/1/table").body()).contains("decisionTable");
    }

    private static void image(Story story) throws Exception {
        Deployment document = story.document(2, Duration.ofHours(1));
        String reference = document.machines().getFirst().image().toString();
        String fingerprint = reference.substring(reference.indexOf("@sha256:") + "@sha256:".length());
        assertThat(get("alice", "/api/images/signers?reference=" + reference).path("signers")).isNotEmpty();
        assertThat(get("alice", "/api/images/" + fingerprint + "/tree").path("items").findValuesAsText("kind")).contains("directory");
        assertThat(get("alice", "/api/images/comparison?before=" + fingerprint + "&after=" + fingerprint).path("differences")).isEmpty();
    }

    private static void settings() throws Exception {
        assertThat(answer("alice", "/api/settings").statusCode()).isEqualTo(403);
        assertThat(get("bob", "/api/settings").path("items").findValuesAsText("key")).contains("zos.hub", "zos.http.port");
    }

    /**
     * Every page in a real browser: what is there to be seen is there now. One deployment is approved there, and the node verifies those signatures before it starts
     * it; another is rejected.
     */
    private static void browser() throws Exception {
        Story pending = new Story(ControlPlaneContainer.stage(), "signed-there", 59);
        pending.open();
        Story refused = new Story(ControlPlaneContainer.stage(), "refused-there", 60);
        refused.open();
        ControlPlane alice = pending.as(Cast.REQUESTER);
        String starter = Files.readString(ConsoleTests.directory().resolve("src/modeler/starter.bpmn")).replaceAll("(id|name|bpmnElement)=\"starter\"", "$1=\"drawn-deployment\"");
        ModelsIT.putInForce(alice, "drawn-deployment", 1, Language.BPMN, starter, "");
        Story moved = new Story(ControlPlaneContainer.stage(), "drawn-there", 64);
        moved.submit(moved.by("drawn-deployment", moved.document(1, Duration.ofHours(1))));
        moved.reach(1, "approval");
        List<String> shown = new CopyOnWriteArrayList<>();
        Path socket = Files.createTempDirectory("zos-agent").resolve("carol");
        try (SigningAgent agent = SigningAgent.open(ControlPlaneContainer.stage().cast().key("carol"), socket, shown::add, false);
                BrowserDoor door = BrowserDoor.open(agent, 0, ControlPlaneContainer.stage().controlPlaneAddress())) {
            ConsoleTests.run("e2e", Map.of("RUNNING", "shown", "PENDING", "signed-there", "REFUSED", "refused-there", "AGENT", door.code(), "MODEL", "drawn-deployment", "MOVED", "drawn-there"));
        }
        Files.delete(socket.getParent());
        assertThat(shown).as("what carol was asked").singleElement().asString().contains("deployment").contains("signed-there");
        pending.reach(1, "running");
        assertThat(pending.machinesOn("compute-1")).containsExactly("running");
        assertThat(pending.answers()).isTrue();
        assertThat(refused.shown(1).state()).isEqualTo("rejected");
        assertThat(alice.show("drawn-deployment", 2).state()).isEqualTo("in_force");
        moved.approve(1);
        moved.reach(1, "running"); // by the version that was drawn in the browser
        moved.remove();
        ModelsIT.takeOut(alice, "drawn-deployment", 3, Language.BPMN, 2);
        pending.remove();
    }

    private static JsonNode get(String person, String target) throws Exception {
        HttpResponse<String> answer = answer(person, target);
        assertThat(answer.statusCode()).as(target + ": " + answer.body()).isEqualTo(200);
        return MAPPER.readTree(answer.body());
    }

    private static HttpResponse<String> answer(String person, String target) throws Exception {
        Stage stage = ControlPlaneContainer.stage();
        HttpRequest.Builder request = HttpRequest.newBuilder(stage.controlPlaneAddress().resolve(target)).GET();
        HttpSignature.sign(stage.cast().key(person), "GET", target, new byte[0], Instant.now()).forEach(request::header);
        try (HttpClient http = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build()) {
            return http.send(request.build(), HttpResponse.BodyHandlers.ofString());
        }
    }
}
