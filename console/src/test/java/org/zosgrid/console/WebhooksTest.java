package org.zosgrid.console;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.zosgrid.contract.key.SigningKey;

/** Webhooks over real HTTP, up to the use cases. */
class WebhooksTest {
    private static final SigningKey ALICE = SigningKey.generate();

    private final UseCases useCases = new UseCases().person("alice", ALICE.verificationKey());
    private final ConsoleServer server = new ConsoleServer(useCases);

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void aSubscriptionIsMadeAndItsSecretShownThisOnce() throws Exception {
        HttpResponse<String> made = send("POST", "/api/webhooks", "{\"url\":\"https://hooks.example.org/zos\",\"types\":[\"org.zosgrid.change.sealed\"],\"secretFile\":\"erp\"}");
        assertThat(made.statusCode()).isEqualTo(201);
        assertThat(made.headers().firstValue("Location")).hasValue("/api/webhooks/3");
        assertThat(new ObjectMapper().readTree(made.body()).path("secret").asText()).isEqualTo("whsec_c2VjcmV0");
        assertThat(new ObjectMapper().readTree(send("GET", "/api/webhooks/3", "").body()).path("secret").isNull()).isTrue();
        assertThat(useCases.calls).containsExactly("add webhook alice https://hooks.example.org/zos [org.zosgrid.change.sealed] erp", "webhook alice 3");
    }

    @Test
    void whatIsDoneWithOneIsAnsweredWithoutContent() throws Exception {
        assertThat(send("DELETE", "/api/webhooks/3", "").statusCode()).isEqualTo(204);
        assertThat(send("POST", "/api/webhooks/3/dead-letters/7/retries", "").statusCode()).isEqualTo(204);
        assertThat(send("DELETE", "/api/webhooks/3/dead-letters/7", "").statusCode()).isEqualTo(204);
        assertThat(useCases.calls).containsExactly("remove webhook alice 3", "retry alice 3 7", "drop alice 3 7");
    }

    @Test
    void aTestTellsWhatWentWrong() throws Exception {
        assertThat(send("POST", "/api/webhooks/3/tests", "").body()).isEqualTo("{\"delivered\":false,\"failure\":\"answered 503\"}");
    }

    @Test
    void deadLettersComeInPages() throws Exception {
        assertThat(send("GET", "/api/webhooks/dead-letters?limit=1&cursor=1.2", "").body()).contains("\"next\":\"3.7\"");
        assertThat(useCases.calls).containsExactly("dead letters alice '1.2' 1");
    }

    @Test
    void whatIsNoSubscriptionIsRefusedHere() throws Exception {
        assertThat(send("POST", "/api/webhooks", "{\"uri\":\"x\"}").statusCode()).isEqualTo(422);
        assertThat(send("POST", "/api/webhooks", "[]").statusCode()).isEqualTo(400);
        assertThat(send("GET", "/api/webhooks/x", "").statusCode()).isEqualTo(404);
        assertThat(useCases.calls).isEmpty();
    }

    private HttpResponse<String> send(String method, String target, String body) throws Exception {
        Map<String, String> headers = body.isEmpty() ? Map.of() : Map.of("Content-Type", "application/json");
        return server.send(server.signed(ALICE, method, target, body.getBytes(StandardCharsets.UTF_8), headers));
    }
}
