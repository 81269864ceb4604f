package org.zosgrid.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.zosgrid.cli.client.RestServer;
import org.zosgrid.contract.document.Skip;
import org.zosgrid.contract.envelope.Envelope;
import org.zosgrid.contract.envelope.PayloadType;
import org.zosgrid.contract.key.SigningKey;

/** {@code zos incidents} as it is typed. */
class IncidentsCommandTest {
    private static final SigningKey DAVE = SigningKey.generate();
    private static final String INCIDENT = "{\"id\":\"shop:3:send:compute-1\",\"name\":\"shop\",\"version\":3,\"process\":\"deploy\",\"step\":\"send\",\"stepName\":\"Send contract\",\"node\":\"compute-1\","
            + "\"kind\":\"away\",\"since\":\"2026-11-26T02:00:00Z\",\"error\":\"compute-1: no route to host\",\"tries\":7,\"unskippable\":null}";

    private final RestServer server = new RestServer(DAVE.verificationKey());

    @TempDir
    Path directory = Path.of("");

    @BeforeEach
    void key() {
        DAVE.write(directory.resolve("dave.pem"), Optional.empty());
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void whatIsStuckIsListedAndShown() {
        server.answer("GET /api/incidents", 200, "{\"incidents\":[" + INCIDENT + "]}").answer("GET /api/incidents/shop:3:send:compute-1", 200, INCIDENT);
        assertThat(incidents("list").out()).contains("shop:3:send:compute-1").contains("Send contract").contains("no route to host");
        assertThat(incidents("show", "shop:3:send:compute-1").out()).contains("node      compute-1").contains("tried 7 times").contains("skip      by quorum");
    }

    @Test
    void nothingIsStuck() {
        server.answer("GET /api/incidents", 200, "{\"incidents\":[]}");
        assertThat(incidents("list").out()).isEqualTo("no step is stuck\n");
    }

    @Test
    void itIsTriedAgainAndUndone() {
        server.answer("POST /api/incidents/shop:3:send:compute-1/retries", 200, INCIDENT).answer("POST /api/deployments/shop/versions/3/undos", 200, "{\"state\":\"compensating\"}");
        assertThat(incidents("retry", "shop:3:send:compute-1").out()).startsWith("it is tried again");
        assertThat(incidents("undo", "shop:3:send:compute-1", "--reason", "tomorrow").out()).startsWith("it is compensating");
        assertThat(incidents("undo", "shop:3", "--reason", "tomorrow").exit()).isZero();
        assertThat(new String(server.received().getLast().body(), StandardCharsets.UTF_8).replaceAll("\\s", "")).isEqualTo("{\"reason\":\"tomorrow\"}");
    }

    @Test
    void aSkipIsADocumentOfItsOwn() throws Exception {
        server.answer("GET /api/deployments/skip-shop", 404, "{\"title\":\"none\",\"status\":404}").answer("POST /api/skips", 202, "{}");
        Ran ran = incidents("skip", "shop:3:send:compute-1", "--reason", "scrapped", "--requester", "dave");
        assertThat(ran).extracting(Ran::exit, Ran::err).containsExactly(0, "");
        assertThat(ran.out()).startsWith("submitted the skip of shop:3:send:compute-1 as skip-shop version 1");
        JsonNode sent = new ObjectMapper().readTree(server.received().getLast().body());
        Envelope envelope = Envelope.parse(server.received().getLast().body());
        assertThat(sent.path("payloadType").asText()).isEqualTo(PayloadType.SKIP);
        assertThat(Skip.parse(envelope.payload()).incident()).isEqualTo("shop:3:send:compute-1");
    }

    @Test
    void theNextSkipIsTheNextVersion() {
        server.answer("GET /api/deployments/skip-shop", 200, "{\"version\":1,\"state\":\"done\"}").answer("POST /api/skips", 202, "{}");
        assertThat(incidents("skip", "shop:3:close-routes", "--reason", "scrapped", "--requester", "dave").out()).contains("as skip-shop version 2");
    }

    @Test
    void whatIsNoIncidentIsSaidBeforeAnybodyIsAsked() {
        assertThat(incidents("retry", "shop")).satisfies(ran -> {
            assertThat(ran.exit()).isEqualTo(1);
            assertThat(ran.err()).contains("INCIDENT: must be NAME:VERSION:STEP or NAME:VERSION:STEP:NODE (is: shop)");
        });
        assertThat(server.received()).isEmpty();
    }

    private Ran incidents(String... arguments) {
        List<String> all = new ArrayList<>(List.of("incidents"));
        all.addAll(List.of(arguments));
        all.addAll(List.of("--server", server.address().toString(), "--key", directory.resolve("dave.pem").toString()));
        return Ran.zos(all.toArray(String[]::new));
    }
}
