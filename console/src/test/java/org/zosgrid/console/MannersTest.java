package org.zosgrid.console;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.zosgrid.contract.key.SigningKey;
import org.zosgrid.workloads.RefusedException;

/** Requests that come twice, and reads of what the reader has. */
class MannersTest {
    private static final SigningKey ALICE = SigningKey.generate();
    private static final SigningKey BOB = SigningKey.generate();

    private final UseCases useCases = new UseCases().person("alice", ALICE.verificationKey()).person("bob", BOB.verificationKey());
    private final ConsoleServer server = new ConsoleServer(useCases);

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void theSameRequestIsCarriedOutOnceAndAnsweredTheSameAgain() throws Exception {
        HttpResponse<String> first = post(ALICE, "/api/webhooks", "{\"url\":\"https://a.example\"}", "k1");
        HttpResponse<String> again = post(ALICE, "/api/webhooks", "{\"url\":\"https://a.example\"}", "k1");
        assertThat(first.statusCode()).isEqualTo(201);
        assertThat(again.statusCode()).isEqualTo(201);
        assertThat(again.body()).isEqualTo(first.body()).contains("whsec_");
        for (String header : List.of("Location", "Content-Type", "Cache-Control")) {
            assertThat(again.headers().allValues(header)).as(header).isEqualTo(first.headers().allValues(header)).hasSize(1);
        }
        assertThat(useCases.calls).hasSize(1);
    }

    @Test
    void withoutContentTooAndForEveryCallerByItself() throws Exception {
        assertThat(post(ALICE, "/api/webhooks/3/dead-letters/7/retries", "", "k1").statusCode()).isEqualTo(204);
        assertThat(post(ALICE, "/api/webhooks/3/dead-letters/7/retries", "", "k1").statusCode()).isEqualTo(204);
        assertThat(post(BOB, "/api/webhooks/3/dead-letters/7/retries", "", "k1").statusCode()).isEqualTo(204);
        assertThat(useCases.calls).containsExactly("retry alice 3 7", "retry bob 3 7");
    }

    @Test
    void anotherRequestUnderTheKeyIsAConflict() throws Exception {
        post(ALICE, "/api/webhooks", "{\"url\":\"https://a.example\"}", "k1");
        for (HttpResponse<String> other : List.of(post(ALICE, "/api/webhooks", "{\"url\":\"https://b.example\"}", "k1"), post(ALICE, "/api/webhooks/3/tests", "", "k1"))) {
            assertThat(other.statusCode()).isEqualTo(409);
            assertThat(other.headers().firstValue("Content-Type")).hasValue("application/problem+json");
            assertThat(other.headers().allValues("Cache-Control")).containsExactly("no-store");
            assertThat(other.body()).contains("Idempotency-Key");
        }
        assertThat(useCases.calls).hasSize(1);
    }

    @Test
    void aRefusalIsToldAndNotKept() throws Exception {
        useCases.failure = new RefusedException(RefusedException.Kind.FORBIDDEN, "no");
        HttpResponse<String> refused = post(ALICE, "/api/webhooks/3/tests", "", "k1");
        assertThat(refused.statusCode()).isEqualTo(403);
        assertThat(refused.headers().firstValue("Content-Type")).hasValue("application/problem+json");
        assertThat(post(ALICE, "/api/webhooks", "[", "k1").statusCode()).isEqualTo(400);
        useCases.failure = null;
        assertThat(post(ALICE, "/api/webhooks/3/tests", "", "k1").statusCode()).isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/api/deployments", "/api/deployments/shop", "/api/deployments/shop/versions/1", "/api/trust-roots", "/api/trust-roots/current", "/api/ledger/entries", "/api/webhooks",
        "/api/webhooks/3", "/api/webhooks/dead-letters"})
    void whoHasItIsNotSentItAgain(String target) throws Exception {
        HttpResponse<String> read = send(ALICE, "GET", target, "", Map.of());
        String tag = read.headers().firstValue("ETag").orElseThrow();
        HttpResponse<String> unchanged = send(ALICE, "GET", target, "", Map.of("If-None-Match", tag));
        assertThat(unchanged.statusCode()).isEqualTo(304);
        assertThat(unchanged.body()).isEmpty();
        assertThat(unchanged.headers().firstValue("ETag")).hasValue(tag);
        assertThat(send(ALICE, "GET", target, "", Map.of("If-None-Match", "\"other\"")).statusCode()).isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(strings = {"garbage", "\"open", "W/", ","})
    void whatIsNoEntityTagNamesNothingThatTheReaderHas(String header) throws Exception {
        HttpResponse<String> read = send(ALICE, "GET", "/api/deployments", "", Map.of("If-None-Match", header));
        assertThat(read.statusCode()).isEqualTo(200);
        assertThat(read.body()).contains("items");
    }

    private HttpResponse<String> post(SigningKey caller, String target, String body, String key) throws Exception {
        return send(caller, "POST", target, body, Map.of("Idempotency-Key", key));
    }

    private HttpResponse<String> send(SigningKey caller, String method, String target, String body, Map<String, String> more) throws Exception {
        Map<String, String> headers = new HashMap<>(more);
        if (!body.isEmpty()) {
            headers.put("Content-Type", "application/json");
        }
        return server.send(server.signed(caller, method, target, body.getBytes(StandardCharsets.UTF_8), headers));
    }
}
