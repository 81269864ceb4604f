package org.zosgrid.console;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.zosgrid.contract.key.SigningKey;

/** What the console's pages about nodes, images, the ledger, processes and settings are given. */
class PagesTest {
    private static final SigningKey ALICE = SigningKey.generate();

    private final UseCases useCases = new UseCases().person("alice", ALICE.verificationKey());
    private final ConsoleServer server = new ConsoleServer(useCases);

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void aNodeIsTold() throws Exception {
        JsonNode nodes = json("/api/nodes").path("items");
        assertThat(nodes.path(0).path("status").path("links").toString())
                .isEqualTo("[{\"peer\":\"gateway-1\",\"up\":true,\"roundTripMicros\":1500,\"problem\":\"\"},{\"peer\":\"compute-2\",\"up\":false,\"roundTripMicros\":null,\"problem\":\"no answer\"}]");
        assertThat(nodes.path(0).path("status").path("references").toString()).isEqualTo("[\"demo/web:1.0@sha256:ab\",\"demo/web:stable@sha256:ab\"]");
        assertThat(nodes.path(1).path("status").isNull()).isTrue();
        assertThat(nodes.path(1).path("problem").asText()).isEqualTo("it has not answered within 3 s");
        assertThat(json("/api/nodes/compute-1").path("receipts").path(0).path("outcome").asText()).isEqualTo("accepted");
        assertThat(get("/api/nodes/No!").statusCode()).isEqualTo(404);
        assertThat(useCases.calls).containsExactly("nodes", "node compute-1");
    }

    @Test
    void changesAreListedWithWhomTheyWaitFor() throws Exception {
        assertThat(json("/api/deployments?name=sh&state=approval&waitsFor=bob&cursor=a").path("items").toString()).contains("\"openSeats\":[\"bob\"],\"approvedBy\":[\"carol\"]")
                .contains("\"deputies\":[{\"person\":\"bob\",\"from\":\"" + UseCases.NOON + "\",\"approver\":false,\"groups\":[\"security\"]}]");
        JsonNode tasks = json("/api/tasks?person=bob&cursor=3&limit=5");
        assertThat(tasks.path("next").asText()).isEqualTo("17");
        assertThat(tasks.path("items").path(0).path("quorum").asInt()).isEqualTo(2);
        json("/api/tasks");
        assertThat(useCases.calls).containsExactly("list ChangeQuery[part=sh, state=approval, waitsFor=bob] 'a' 100", "waiting 'bob' 3 5", "waiting '' 0 100");
    }

    @Test
    void decisionsAreLookedForAsAsked() throws Exception {
        assertThat(json("/api/ledger/decisions?kind=sealed&name=shop&words=bob&since=2026-11-25T12:00:00Z&cursor=9&limit=5").path("next").asText()).isEqualTo("4");
        assertThat(useCases.calls).containsExactly("search sealed shop bob Optional[2026-11-25T12:00:00Z] Optional.empty 9 5");
        HttpResponse<String> wrong = get("/api/ledger/decisions?since=yesterday&until=tomorrow");
        assertThat(wrong.statusCode()).isEqualTo(422);
        assertThat(wrong.body()).contains("since", "until", "must be a time such as");
    }

    @Test
    void imagesAndModelsAreAskedForByPath() throws Exception {
        String fingerprint = "ab".repeat(32);
        assertThat(json("/api/images/" + fingerprint + "/tree?path=/etc&cursor=a&limit=3").path("items").path(0).path("name").asText()).isEqualTo("motd");
        assertThat(json("/api/promotions?reference=demo/web:1.0&cursor=a&limit=3").path("items").path(0).path("untold").path(0).asText()).isEqualTo("gateway-1");
        assertThat(json("/api/images/comparison?before=" + fingerprint + "&after=" + fingerprint).path("differences").path(0).path("before").isNull()).isTrue();
        assertThat(get("/api/processes/deploy/1/diagram").headers().firstValue("Content-Type")).contains("application/xml");
        assertThat(get("/api/processes/decisions/quorum/1/table").body()).isEqualTo("<definitions/>");
        json("/api/processes/deploy/1/instances?cursor=100");
        json("/api/settings");
        assertThat(useCases.calls).containsExactly("directory " + fingerprint + " '/etc' 'a' 3", "promotions 'demo/web:1.0' 'a' 3", "compare " + fingerprint + " " + fingerprint + " 2000", "model process deploy 1",
                "model decision quorum 1", "instances deploy 1 100 100", "settings alice");
    }

    @Test
    void aTableIsTriedOnOneChange() throws Exception {
        String body = "{\"file\":\"<a/>\",\"kind\":\"pause\",\"environment\":\"staging\",\"exposed\":true,\"machines\":17,\"memoryMiB\":512}";
        JsonNode answer = new ObjectMapper().readTree(post("/api/models/trials", body).body());
        assertThat(answer.toString()).isEqualTo("{\"findings\":[],\"rows\":[\"large\"],\"people\":3,\"groups\":[\"security\"],\"least\":2}");
        assertThat(json("/api/models/templates").path("templates").path(0).path("id").asText()).isEqualTo("org.zosgrid.verify");
        assertThat(useCases.calls).containsExactly("try <a/> Change[kind=pause, environment=staging, exposed=true, machines=17, memoryMiB=512, dataClass=restricted, cost=0, hour=0]", "templates");
        HttpResponse<String> wrong = post("/api/models/trials", body.replace("true", "1").replace("17", "-1"));
        assertThat(wrong.statusCode()).isEqualTo(422);
        assertThat(wrong.body()).contains("exposed", "machines");
    }

    private HttpResponse<String> post(String target, String body) throws Exception {
        return server.send(server.signed(ALICE, "POST", target, body.getBytes(StandardCharsets.UTF_8), Map.of("Content-Type", "application/json", "Idempotency-Key", target + body)));
    }

    @Test
    void onlyPagesMayLoadWhatLiesBesideThem() throws Exception {
        for (String page : List.of("/", "/index.html", "/assets/index-1.js")) {
            assertThat(policy(page)).as(page).contains("script-src 'self';", "connect-src 'self'", "frame-ancestors 'none'").doesNotContain("script-src 'self' ", "unsafe-eval");
        }
        for (String other : List.of("/api/nodes", "/api/assets/x", "/assetsx", "/metrics")) {
            assertThat(policy(other)).as(other).doesNotContain("'self'");
        }
    }

    private String policy(String path) throws Exception {
        return server.send(server.request(path)).headers().firstValue("Content-Security-Policy").orElseThrow();
    }

    private JsonNode json(String target) throws Exception {
        HttpResponse<String> answer = get(target);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return new ObjectMapper().readTree(answer.body());
    }

    private HttpResponse<String> get(String target) throws Exception {
        return server.send(server.signed(ALICE, "GET", target, new byte[0], Map.of()));
    }
}
