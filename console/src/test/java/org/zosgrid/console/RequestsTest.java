package org.zosgrid.console;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import jakarta.ejb.EJBException;
import java.io.ByteArrayInputStream;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.zosgrid.contract.ContractException;
import org.zosgrid.contract.StrictJson;
import org.zosgrid.contract.http.HttpSignature;
import org.zosgrid.contract.key.SigningKey;
import org.zosgrid.workloads.RefusedException;
import org.zosgrid.workloads.RefusedException.Kind;
import org.zosgrid.workloads.view.Health;

/** Requests as strangers and broken clients send them, over real HTTP. */
class RequestsTest {
    private static final SigningKey ALICE = SigningKey.generate();
    private static final byte[] NOTHING = {};
    private static final Map<String, String> JSON = Map.of("Content-Type", "application/json");

    private final UseCases useCases = new UseCases().person("alice", ALICE.verificationKey());
    private final ConsoleServer server = new ConsoleServer(useCases);
    private final List<LogRecord> logged = new ArrayList<>();
    private final Logger log = Logger.getLogger(Problem.class.getName());
    private final Handler listening = new Handler() {
        @Override
        public void publish(LogRecord record) {
            logged.add(record);
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}
    };

    RequestsTest() {
        log.setUseParentHandlers(false);
        log.addHandler(listening);
    }

    @AfterEach
    void stop() {
        log.removeHandler(listening);
        server.close();
    }

    // who asks

    @ParameterizedTest
    @ValueSource(strings = {"/api/deployments", "/api/", "/api", "/api/nothing", "/api/health/", "/api//health", "/api/%68ealth", "/api/health;x=y", "/api/x/../health",
        "/api/openapi.json/x", "/api/application.wadl"})
    void nothingIsAnsweredUnsignedHoweverItIsWritten(String path) throws Exception {
        HttpResponse<String> answer = server.send(server.request(path));
        assertThat(answer.statusCode()).isEqualTo(401);
        assertThat(answer.headers().firstValue("WWW-Authenticate")).hasValue("Signature realm=\"zos\", Bearer realm=\"zos\"");
        assertThat(problem(answer).path("faults").path(0).path("field").asText()).isEqualTo("Signature-Input");
        assertThat(useCases.calls).isEmpty();
    }

    @Test
    void onlyReadingIsPublic() throws Exception {
        assertThat(server.send(server.request("/api/health").method("DELETE", BodyPublishers.noBody())).statusCode()).isEqualTo(401);
        assertThat(server.send(server.request("/api/health").method("HEAD", BodyPublishers.noBody())).statusCode()).isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(strings = {"Signature-Input", "Signature", "Content-Digest"})
    void aRepeatedSignatureHeaderIsRefused(String header) throws Exception {
        HttpRequest.Builder twice = server.signed(ALICE, "GET", "/api/deployments", NOTHING, Map.of());
        twice.header(header, "zos=:AAAA:");
        HttpResponse<String> answer = server.send(twice);
        assertThat(answer.statusCode()).isEqualTo(401);
        assertThat(problem(answer).path("detail").asText()).isEqualTo(header + ": must have exactly one value (is: 2 values)");
        assertThat(useCases.calls).isEmpty();
    }

    @Test
    void whatWasSignedIsWhatMustArrive() throws Exception {
        Map<String, String> signature = HttpSignature.sign(ALICE, "POST", "/api/deployments/shop/versions/1/rejections", reason("no"), Instant.now());
        assertRefused(signature, "POST", "/api/deployments/shop/versions/1/rejections", reason("yes"), "Content-Digest");
        assertRefused(signature, "POST", "/api/deployments/shop/versions/2/rejections", reason("no"), "Signature");
        assertRefused(signature, "POST", "/api/deployments/shop/versions/1/withdrawals", reason("no"), "Signature");
        assertRefused(signature, "POST", "/api/deployments/shop/versions/1/rejections?x=y", reason("no"), "Signature");
        assertRefused(signature, "PUT", "/api/deployments/shop/versions/1/rejections", reason("no"), "Signature");
        assertThat(useCases.calls).isEmpty();
        assertThat(sendWith(signature, "POST", "/api/deployments/shop/versions/1/rejections", reason("no")).statusCode()).isEqualTo(200);
        assertRefused(signature, "POST", "/api/deployments/shop/versions/1/rejections", reason("no"), "Signature-Input");
        assertThat(useCases.calls).hasSize(1);
    }

    @Test
    void anOldSignatureIsRefused() throws Exception {
        assertRefused(HttpSignature.sign(ALICE, "GET", "/api/deployments", NOTHING, Instant.now().minusSeconds(100)), "GET", "/api/deployments", NOTHING, "Signature-Input");
    }

    @Test
    void theTargetIsVerifiedAsItWasWrittenAndReadAsItIsMeant() throws Exception {
        assertThat(get("/api/deployments/sh%6fp").statusCode()).isEqualTo(200);
        assertThat(get("/api/deployments?cursor=b%2F1%20%2B&limit=7").statusCode()).isEqualTo(200);
        assertThat(get("/api/images?reference=demo/web:1.0").statusCode()).isEqualTo(200);
        assertThat(useCases.calls).containsExactly("newest shop", "list 'b/1 +' 7", "resolve demo/web:1.0");
    }

    // how much and what

    @Test
    void aBodyThatIsTooLargeIsNotTaken() throws Exception {
        byte[] large = new byte[StrictJson.MAX_BYTES + 1];
        HttpResponse<String> announced = server.send(server.signed(ALICE, "POST", "/api/deployments", large, JSON));
        assertThat(announced.statusCode()).isEqualTo(413);
        assertThat(problem(announced).path("detail").asText()).contains("must not be larger than 8388608 bytes").contains("8388609 bytes");
        HttpRequest.Builder chunked = server.request("/api/deployments").POST(BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(large)));
        HttpSignature.sign(ALICE, "POST", "/api/deployments", large, Instant.now()).forEach(chunked::header);
        assertThat(server.send(chunked).statusCode()).isEqualTo(413);
        assertThat(useCases.calls).isEmpty();
    }

    @Test
    void aBodyOfExactlyTheLimitIs() throws Exception {
        byte[] body = (" ".repeat(StrictJson.MAX_BYTES - 2) + "{}").getBytes(StandardCharsets.US_ASCII);
        assertThat(server.send(server.signed(ALICE, "POST", "/api/deployments", body, Map.of("Content-Type", "application/json", "Idempotency-Key", "k"))).statusCode()).isEqualTo(202);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "{", "[]", "{}{}", "null", "{\"reason\":1,\"reason\":2}", "\"\uFFFD\""})
    void whatIsNoJsonObjectIsMalformed(String body) throws Exception {
        for (String path : List.of("/api/deployments", "/api/deployments/shop/versions/1/rejections")) {
            HttpResponse<String> answer = post(path, body);
            assertThat(answer.statusCode()).as(path).isEqualTo(400);
            assertThat(problem(answer).path("faults").path(0).path("field").asText()).isEqualTo("body");
        }
        assertThat(useCases.calls).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "rejections|{}|reason: is missing",
        "rejections|{\"reason\":7}|reason: must be text (is: 7)",
        "rejections|{\"reason\":\"a\\u0000b\"}|reason: must have no control characters but line breaks",
        "withdrawals|{\"reason\":\"r\",\"force\":true}|force: is not a known field; known are reason",
        "approvals|{\"keyid\":\"xyz\",\"sig\":\"AA==\"}|keyid: ",
        "approvals|{\"keyid\":\"0000000000000000000000000000000000000000000000000000000000000000\",\"sig\":\"?\"}|sig: must be base64 (is: ?)"})
    void everyFieldIsChecked(String what, String body, String detail) throws Exception {
        HttpResponse<String> answer = post("/api/deployments/shop/versions/1/" + what, body);
        assertThat(answer.statusCode()).isEqualTo(422);
        assertThat(problem(answer).path("detail").asText()).startsWith(detail);
        assertThat(useCases.calls).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "/api/deployments?limit=0|limit: must be a whole number between 1 and 500 (is: 0)",
        "/api/deployments?limit=501|limit: must be a whole number between 1 and 500 (is: 501)",
        "/api/deployments?limit=ten|limit: must be a whole number between 1 and 500 (is: ten)",
        "/api/deployments?limit=1&limit=2|limit: must be given once (is: 2 times)",
        "/api/deployments?cursor=a%00|cursor: must be at most 200 characters, and no control characters",
        "/api/deployments?page=2|page: is not a known parameter; known are cursor, limit, name, state, waitsFor",
        "/api/images|reference: is missing",
        "/api/ledger/entries?from=-1|from: must be a whole number between 0 and 9007199254740992 (is: -1)",
        "/api/ledger/entries?from=99999999999999999999|from: must be a whole number"})
    void everyParameterIsChecked(String target, String detail) throws Exception {
        HttpResponse<String> answer = get(target);
        assertThat(answer.statusCode()).isEqualTo(422);
        assertThat(problem(answer).path("detail").asText()).startsWith(detail);
        assertThat(useCases.calls).isEmpty();
    }

    @Test
    void allFaultsOfAQueryAreToldTogether() throws Exception {
        assertThat(problem(get("/api/ledger/entries?from=x&limit=y&z=1")).path("faults").findValuesAsText("field")).containsExactly("from", "limit", "z");
    }

    @Test
    void aSubmissionNeedsItsKeyOnce() throws Exception {
        assertThat(problem(post("/api/deployments", "{}")).path("detail").asText()).startsWith("Idempotency-Key: must be given once");
        HttpRequest.Builder twice = server.signed(ALICE, "POST", "/api/decommissions", "{}".getBytes(StandardCharsets.UTF_8), JSON).header("Idempotency-Key", "a").header("Idempotency-Key", "b");
        assertThat(server.send(twice).statusCode()).isEqualTo(422);
        assertThat(useCases.calls).isEmpty();
    }

    @Test
    void aSubmissionSaysWhereItIsFound() throws Exception {
        HttpResponse<String> answer = server.send(server.signed(ALICE, "POST", "/api/deployments", "{}".getBytes(StandardCharsets.UTF_8),
                Map.of("Content-Type", "application/json; charset=utf-8", "Idempotency-Key", "k1")));
        assertThat(answer.statusCode()).isEqualTo(202);
        assertThat(answer.headers().firstValue("Location")).hasValue("/api/deployments/shop/versions/1");
    }

    // answers

    @Test
    void aVersionThatDidNotChangeIsNotSentAgain() throws Exception {
        String target = "/api/deployments/shop/versions/1";
        HttpResponse<String> first = get(target);
        String tag = first.headers().firstValue("ETag").orElseThrow();
        HttpResponse<String> again = server.send(server.signed(ALICE, "GET", target, NOTHING, Map.of("If-None-Match", tag)));
        assertThat(again.statusCode()).isEqualTo(304);
        assertThat(again.body()).isEmpty();
        assertThat(again.headers().firstValue("ETag")).hasValue(tag);
        useCases.view = UseCases.view("shop", 1, "running", new byte[] {1});
        HttpResponse<String> changed = server.send(server.signed(ALICE, "GET", target, NOTHING, Map.of("If-None-Match", tag)));
        assertThat(changed.statusCode()).isEqualTo(200);
        assertThat(changed.headers().firstValue("ETag").orElseThrow()).isNotEqualTo(tag);
    }

    @ParameterizedTest
    @CsvSource({"UNAUTHENTICATED,401,Unauthenticated", "FORBIDDEN,403,Forbidden", "NOT_FOUND,404,NotFound", "CONFLICT,409,Conflict", "INVALID,422,Invalid", "UNAVAILABLE,503,Unavailable"})
    void aRefusalHasItsStatusAlsoThroughTheContainersWrapping(Kind kind, int status, String type) throws Exception {
        RefusedException refused = new RefusedException(kind, "No");
        for (RuntimeException thrown : List.of(refused, new EJBException("wrapped", refused))) {
            useCases.failure = thrown;
            HttpResponse<String> answer = get("/api/deployments/shop");
            assertThat(answer.statusCode()).isEqualTo(status);
            assertThat(problem(answer).toString()).isEqualTo("{\"type\":\"/api/openapi.json#/components/responses/" + type + "\",\"title\":\"No\",\"status\":" + status + ",\"faults\":[]}");
            assertThat(answer.headers().firstValue("Retry-After").isPresent()).isEqualTo(status == 503);
        }
    }

    @Test
    void aContractsFaultsAreTheRequests() throws Exception {
        useCases.failure = new EJBException(new ContractException("image", "must be REPOSITORY:TAG", "x"));
        HttpResponse<String> answer = get("/api/images?reference=x");
        assertThat(answer.statusCode()).isEqualTo(422);
        assertThat(problem(answer).path("faults").path(0).path("field").asText()).isEqualTo("image");
    }

    @Test
    void whatNobodyExpectedIsInTheLogAndNotInTheAnswer() throws Exception {
        useCases.failure = new IllegalStateException("secret table change_open");
        HttpResponse<String> answer = get("/api/deployments/shop");
        assertThat(answer.statusCode()).isEqualTo(500);
        assertThat(answer.body()).doesNotContain("secret").doesNotContain("Exception").doesNotContain("org.zosgrid");
        String id = problem(answer).path("detail").asText().replace("the log has more under ", "");
        assertThat(logged).singleElement().satisfies(record -> {
            assertThat(record.getMessage()).contains(id);
            assertThat(record.getThrown()).isSameAs(useCases.failure);
        });
    }

    @Test
    void aDatabaseThatIsAwayIsAskedAgainLater() throws Exception {
        useCases.failure = new EJBException(new RuntimeException(new SQLException("broken pipe", "08006")));
        HttpResponse<String> answer = get("/api/deployments/shop");
        assertThat(answer.statusCode()).isEqualTo(503);
        assertThat(answer.headers().firstValue("Retry-After")).isPresent();
        assertThat(answer.body()).doesNotContain("broken pipe");
        useCases.failure = new EJBException(new RuntimeException(new SQLException("a bug of ours", "42601")));
        assertThat(get("/api/deployments/shop").statusCode()).isEqualTo(500);
    }

    @Test
    void healthSaysNoWithItsStatus() throws Exception {
        useCases.health = new Health(List.of(new Health.Part("database", false, "it does not answer"), new Health.Part("workflow engine", true, "")));
        HttpResponse<String> answer = server.send(server.request("/api/health"));
        assertThat(answer.statusCode()).isEqualTo(503);
        assertThat(answer.body()).isEqualTo("{\"ready\":false,\"parts\":[{\"name\":\"database\",\"good\":false,\"message\":\"it does not answer\"},"
                + "{\"name\":\"workflow engine\",\"good\":true,\"message\":\"\"}]}");
    }

    @Test
    void aDatabaseThatHangsIsSaidAndNotWaitedFor() throws Exception {
        useCases.databaseHangs = true;
        HttpResponse<String> signed = get("/api/deployments");
        assertProblem(signed, 503, "Unavailable");
        assertThat(signed.headers().firstValue("Retry-After")).contains("5");
        assertProblem(server.send(server.request("/api/deployments")), 503, "Unavailable");
        assertProblem(server.send(server.request("/metrics")), 503, "Unavailable");
        HttpResponse<String> provisioning = server.send(server.request("/scim/v2/Users"));
        assertThat(provisioning.statusCode()).isEqualTo(503);
        assertThat(provisioning.headers().firstValue("Content-Type")).contains("application/scim+json");
        assertThat(useCases.calls).isEmpty();
        assertThat(server.send(server.request("/api/health")).statusCode()).as("health knows by itself").isEqualTo(200);
        assertThat(server.send(server.request("/api/openapi.yaml")).statusCode()).isEqualTo(200);
        useCases.databaseHangs = false;
        assertThat(get("/api/deployments").statusCode()).isEqualTo(200);
    }

    @Test
    void whatDoesNotExistOrCannotBeDoneIsAProblemToo() throws Exception {
        assertProblem(get("/api/nothing"), 404, "NotFound");
        assertProblem(get("/api/deployments/shop/versions/one"), 404, "NotFound");
        assertProblem(get("/api/ledger/entries/x/proof"), 404, "NotFound");
        assertProblem(get("/api/application.wadl"), 404, "NotFound");
        HttpResponse<String> wrongMethod = server.send(server.signed(ALICE, "DELETE", "/api/deployments", NOTHING, Map.of()));
        assertProblem(wrongMethod, 405, "MethodNotAllowed");
        assertThat(wrongMethod.headers().firstValue("Allow").orElseThrow()).contains("GET").contains("POST");
        assertProblem(server.send(server.signed(ALICE, "POST", "/api/deployments", "{}".getBytes(StandardCharsets.UTF_8), Map.of("Content-Type", "text/xml"))), 415, "UnsupportedMediaType");
        assertProblem(server.send(server.signed(ALICE, "GET", "/api/deployments", NOTHING, Map.of("Accept", "text/html"))), 406, "NotAcceptable");
        assertProblem(server.send(server.request("/refused/404")), 404, "NotFound");
        assertProblem(server.send(server.request("/refused/400")), 400, "BadRequest");
        assertProblem(server.send(server.request("/problem")), 404, "NotFound");
        assertThat(useCases.calls).isEmpty();
    }

    @Test
    void everyAnswerHasTheSecurityHeadersAndNoneIsForOtherOrigins() throws Exception {
        for (HttpResponse<String> answer : List.of(get("/api/deployments"), get("/api/nothing"), server.send(server.request("/api/deployments")), server.send(server.request("/api/health")),
                server.send(server.signed(ALICE, "OPTIONS", "/api/deployments", NOTHING, Map.of("Origin", "https://evil.example", "Access-Control-Request-Method", "POST"))))) {
            assertThat(answer.headers().allValues("Cache-Control")).containsExactly("no-store");
            assertThat(answer.headers().allValues("X-Content-Type-Options")).containsExactly("nosniff");
            assertThat(answer.headers().firstValue("Content-Security-Policy").orElseThrow()).contains("default-src 'none'");
            assertThat(answer.headers().allValues("Referrer-Policy")).containsExactly("no-referrer");
            assertThat(answer.headers().map().keySet()).noneMatch(name -> name.toLowerCase(java.util.Locale.ROOT).startsWith("access-control"));
            assertThat(answer.headers().firstValue("Set-Cookie")).isEmpty();
        }
    }

    private void assertRefused(Map<String, String> signature, String method, String target, byte[] body, String field) throws Exception {
        HttpResponse<String> answer = sendWith(signature, method, target, body);
        assertThat(answer.statusCode()).isEqualTo(401);
        assertThat(problem(answer).path("faults").path(0).path("field").asText()).isEqualTo(field);
    }

    private HttpResponse<String> sendWith(Map<String, String> signature, String method, String target, byte[] body) throws Exception {
        HttpRequest.Builder request = server.request(target).method(method, body.length == 0 ? BodyPublishers.noBody() : BodyPublishers.ofByteArray(body)).header("Content-Type", "application/json");
        signature.forEach(request::header);
        return server.send(request);
    }

    private HttpResponse<String> get(String target) throws Exception {
        return server.send(server.signed(ALICE, "GET", target, NOTHING, Map.of()));
    }

    private HttpResponse<String> post(String target, String body) throws Exception {
        return server.send(server.signed(ALICE, "POST", target, body.getBytes(StandardCharsets.UTF_8), JSON));
    }

    private static byte[] reason(String text) {
        return ("{\"reason\":\"" + text + "\"}").getBytes(StandardCharsets.UTF_8);
    }

    private static void assertProblem(HttpResponse<String> answer, int status, String type) throws Exception {
        assertThat(answer.statusCode()).isEqualTo(status);
        JsonNode problem = problem(answer);
        assertThat(problem.path("status").asInt()).isEqualTo(status);
        assertThat(problem.path("type").asText()).endsWith("/" + type);
    }

    private static JsonNode problem(HttpResponse<String> answer) throws Exception {
        assertThat(answer.headers().firstValue("Content-Type").orElseThrow()).startsWith("application/problem+json");
        return new ObjectMapper().readTree(answer.body());
    }
}
