package org.zosgrid.console;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.zosgrid.contract.key.SigningKey;
import org.zosgrid.workloads.TokenHolder;
import org.zosgrid.workloads.TokenHolder.Role;

/** Requests with a token in place of a signature, over real HTTP. */
class TokensTest {
    private static final SigningKey ALICE = SigningKey.generate();
    /** What changes what runs, or who decides about it. All else may be done by who holds a token. */
    private static final Set<String> SIGNED_ONLY = Set.of("POST /api/deployments", "POST /api/decommissions", "POST /api/pauses", "POST /api/admissions", "POST /api/promotions", "POST /api/retirements", "POST /api/resumptions", "POST /api/skips", "POST /api/reviews", "POST /api/incidents/{incident}/retries", "POST /api/deployments/{name}/versions/{version}/undos", "POST /api/trust-roots", "POST /api/models", "POST /api/models/{name}/migrations/{from}",
            "POST /api/deployments/{name}/versions/{version}/approvals", "POST /api/deployments/{name}/versions/{version}/rejections", "POST /api/deployments/{name}/versions/{version}/withdrawals", "POST /api/deployments/{name}/versions/{version}/repairs",
            "POST /api/deployments/{name}/terminals/{machine}", "GET /api/deployments/{name}/terminals/{machine}/{session}/frames", "POST /api/deployments/{name}/terminals/{machine}/{session}/frames",
            "DELETE /api/deployments/{name}/terminals/{machine}/{session}");

    private final UseCases useCases = new UseCases().person("alice", ALICE.verificationKey()).token("t0k.e_n", new TokenHolder("f81d", "alice", Set.of(Role.READER, Role.ADMINISTRATOR)));
    private final ConsoleServer server = new ConsoleServer(useCases);

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void aTokenReads() throws Exception {
        assertThat(with("Bearer t0k.e_n", "GET", "/api/deployments", "").statusCode()).isEqualTo(200);
        assertThat(with("bearer t0k.e_n", "GET", "/api/trust-roots/current", "").statusCode()).isEqualTo(200);
    }

    @Test
    void aTokenAdministersWebhooksUnderANameThatNoPersonHas() throws Exception {
        HttpResponse<String> made = with("Bearer t0k.e_n", "POST", "/api/webhooks", "{\"url\":\"https://hooks.example.org/zos\"}");
        assertThat(made.statusCode()).isEqualTo(201);
        assertThat(useCases.calls).anySatisfy(call -> assertThat(call).contains("token:f81d"));
    }

    /** Every call of the description, so that a new one is decided about here. */
    @Test
    void aLoginIsNeverASignature() throws Exception {
        JsonNode paths = new ObjectMapper().readTree(server.send(server.request("/api/openapi.json")).body()).path("paths");
        List<String> refused = new ArrayList<>();
        for (Map.Entry<String, JsonNode> path : paths.properties()) {
            for (String method : List.of("get", "post", "put", "patch", "delete")) {
                if (!path.getValue().has(method)) {
                    continue;
                }
                String call = method.toUpperCase(Locale.ROOT) + " " + path.getKey();
                String target = path.getKey().replace("{name}", "shop").replaceAll("\\{[a-z]*}", "1");
                useCases.calls.clear();
                if (path.getKey().equals("/api/events/stream")) { // it goes on for ten minutes: that it begins is enough
                    var stream = server.follow(server.request(target).header("Authorization", "Bearer t0k.e_n"));
                    stream.body().close();
                    assertThat(stream.statusCode()).isEqualTo(200);
                    continue;
                }
                HttpResponse<String> answer = with("Bearer t0k.e_n", method.toUpperCase(Locale.ROOT), target, method.equals("post") ? body(call) : "");
                boolean signedOnly = path.getValue().path(method).path("security").toString().equals("[{\"signature\":[]}]");
                assertThat(answer.statusCode() == 403).as(call + " is described so").isEqualTo(signedOnly);
                if (answer.statusCode() == 403) {
                    assertThat(answer.body()).as(call).contains("a login is none");
                    assertThat(useCases.calls).as(call).isEmpty();
                    refused.add(call);
                }
                assertThat(answer.statusCode()).as(call).isNotEqualTo(401);
            }
        }
        assertThat(refused).containsExactlyInAnyOrderElementsOf(SIGNED_ONLY);
    }

    private static String body(String call) {
        return call.endsWith("/approvals") ? "{\"keyid\":\"" + ALICE.id().hex() + "\",\"sig\":\"AA==\"}" : call.matches(".*/(rejections|withdrawals|undos)") ? "{\"reason\":\"no\"}" : "{}";
    }

    @Test
    void aSignatureBesideATokenIsNotCountedAndNeitherIsTheToken() throws Exception {
        HttpResponse<String> answer = server.send(server.signed(ALICE, "GET", "/api/deployments", new byte[0], Map.of("Authorization", "Bearer t0k.e_n")));
        assertThat(answer.statusCode()).isEqualTo(401);
        assertThat(answer.body()).contains("Signature-Input");
        assertThat(useCases.calls).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"Bearer unknown", "Bearer", "Bearer ", "Bearer  t0k.e_n", "Bearer t0k.e_n x", "Basic YWxpY2U6c2VjcmV0", "t0k.e_n", "Bearer t0k.e_n,Bearer t0k.e_n"})
    void whatIsNoGoodTokenIsRefusedAndNotRepeated(String authorization) throws Exception {
        HttpResponse<String> answer = with(authorization, "GET", "/api/deployments", "");
        assertThat(answer.statusCode()).isEqualTo(401);
        assertThat(answer.headers().firstValue("WWW-Authenticate").orElseThrow()).contains("Bearer realm=\"zos\"");
        assertThat(answer.body()).doesNotContain("t0k.e_n", "YWxpY2U6c2VjcmV0");
        assertThat(useCases.calls).isEmpty();
    }

    @Test
    void twoTokensAreNone() throws Exception {
        HttpResponse<String> answer = server.send(server.request("/api/deployments").header("Authorization", "Bearer t0k.e_n").header("Authorization", "Bearer other"));
        assertThat(answer.statusCode()).isEqualTo(401);
    }

    @Test
    void whoHasNothingToShowLogsInAndOut() throws Exception {
        HttpResponse<String> begun = with("", "POST", "/api/logins", "{\"name\":\"carla\",\"password\":\"a long password\"}");
        assertThat(begun.statusCode()).isEqualTo(201);
        assertThat(begun.body()).contains("\"token\":\"zos.default.x\"", "\"roles\":[\"reader\"]");
        assertThat(with("Bearer t0k.e_n", "DELETE", "/api/logins/current", "").statusCode()).isEqualTo(204);
        assertThat(useCases.calls).containsExactly("log in default carla 15", "log out t0k.e_n");
        assertThat(with("", "DELETE", "/api/logins/current", "").statusCode()).isEqualTo(401);
    }

    @Test
    void aStrangersLoginIsSmall() throws Exception {
        assertThat(with("", "POST", "/api/logins", "{\"name\":\"" + "x".repeat(5000) + "\"}").statusCode()).isEqualTo(413);
        assertThat(useCases.calls).isEmpty();
    }

    private HttpResponse<String> with(String authorization, String method, String target, String body) throws Exception {
        var request = server.request(target);
        if (!authorization.isEmpty()) {
            request.header("Authorization", authorization);
        }
        return server.send(request.header("Content-Type", "application/json")
                .method(method, body.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(body)));
    }
}
