package org.zosgrid.console;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import jakarta.ws.rs.HttpMethod;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import java.lang.annotation.Annotation;
import java.lang.reflect.Method;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.zosgrid.contract.envelope.Envelope;
import org.zosgrid.contract.envelope.PayloadType;
import org.zosgrid.contract.key.SigningKey;

/** openapi.yaml says what the resources do, no more and no less. */
class DescriptionTest {
    private static final SigningKey ALICE = SigningKey.generate();
    private static final String TRIAL = "{\"file\":\"<a/>\",\"kind\":\"deployment\",\"environment\":\"production\",\"exposed\":true,\"machines\":17,\"memoryMiB\":64}";
    private static final Envelope ENVELOPE = Envelope.sign(PayloadType.DEPLOYMENT, new byte[] {'{', '}'}, ALICE);

    private final UseCases useCases = new UseCases().person("alice", ALICE.verificationKey());
    private final ConsoleServer server = new ConsoleServer(useCases);
    private JsonNode description = new ObjectMapper().createObjectNode();

    @BeforeEach
    void read() throws Exception {
        HttpResponse<String> answer = server.send(server.request("/api/openapi.json"));
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.headers().firstValue("Content-Type").orElseThrow()).startsWith("application/json");
        description = new ObjectMapper().readTree(answer.body());
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void itIsServedAsYamlToo() throws Exception {
        assertThat(server.send(server.request("/api/openapi.yaml")).body()).startsWith("openapi: 3.1.0");
        assertThat(description.path("openapi").asText()).isEqualTo("3.1.0");
    }

    @Test
    void everyCallIsDescribedAndEveryDescribedCallExists() {
        Map<String, Set<String>> served = new TreeMap<>();
        for (Class<?> resource : new RestApplication().getClasses()) {
            if (resource.isAnnotationPresent(Path.class)) {
                for (Method call : resource.getDeclaredMethods()) {
                    for (Annotation annotation : call.getAnnotations()) {
                        HttpMethod method = annotation.annotationType().getAnnotation(HttpMethod.class);
                        if (method != null) {
                            served.put(method.value() + " " + path(resource, call), pathParameters(call));
                        }
                    }
                }
            }
        }
        Map<String, Set<String>> described = new TreeMap<>();
        description.path("paths").properties().forEach(path -> path.getValue().properties().forEach(call -> {
            Set<String> names = new TreeSet<>();
            call.getValue().path("parameters").forEach(each -> {
                JsonNode parameter = resolved(each);
                if (parameter.path("in").asText().equals("path")) {
                    names.add(parameter.path("name").asText());
                }
            });
            described.put(call.getKey().toUpperCase(Locale.ROOT) + " " + path.getKey(), names);
        }));
        assertThat(described).isEqualTo(served).hasSizeGreaterThan(20);
    }

    /** Readers find calls by it, and generated clients have a class for each. */
    @Test
    void everyCallBelongsToOneSubject() {
        Set<String> subjects = new HashSet<>();
        description.path("tags").forEach(each -> subjects.add(each.path("name").asText()));
        description.path("paths").properties().forEach(path -> path.getValue().properties().forEach(call -> {
            assertThat(call.getValue().path("tags")).as(call.getKey() + " " + path.getKey()).hasSize(1);
            assertThat(subjects).contains(call.getValue().path("tags").path(0).asText());
        }));
    }

    @Test
    void everyReferenceLeadsSomewhereAndNothingIsDescribedInVain() {
        Set<String> used = new HashSet<>();
        references(description, used);
        assertThat(used).allSatisfy(each -> assertThat(description.at(each.substring(1)).isMissingNode()).as(each).isFalse());
        List<String> unused = new ArrayList<>();
        description.path("components").properties().forEach(kind -> kind.getValue().fieldNames().forEachRemaining(name -> {
            String reference = "#/components/" + kind.getKey() + "/" + name;
            // any call may be answered so; the problem's type points there
            if (!used.contains(reference) && !Set.of("MethodNotAllowed", "signature", "token").contains(name)) {
                unused.add(reference);
            }
        }));
        assertThat(unused).isEmpty();
    }

    @Test
    void onlyHealthTheDescriptionAndLoginsAreOpenToEverybody() {
        List<String> open = new ArrayList<>();
        description.path("paths").properties().forEach(path -> path.getValue().forEach(call -> {
            if (call.path("security").isArray() && call.path("security").isEmpty()) {
                open.add(path.getKey());
            }
        }));
        assertThat(open).containsExactlyInAnyOrder("/api/health", "/api/openapi.json", "/api/openapi.yaml", "/api/logins");
        assertThat(description.path("security").toString()).isEqualTo("[{\"signature\":[]},{\"token\":[]}]");
    }

    @Test
    void answersAreWhatTheirSchemasSay() throws Exception {
        useCases.view = UseCases.full(ENVELOPE.toJson(), ENVELOPE.signatureBy(ALICE));
        for (String target : List.of("/api/deployments", "/api/deployments?cursor=b", "/api/tasks?person=bob", "/api/deployments/{name}", "/api/deployments/{name}/versions/{version}", "/api/deployments/{name}/versions/{version}/process", "/api/images?reference=a:1", "/api/promotions", "/api/promotions?reference=a:1&limit=3&cursor=b",
                "/api/deployments/{name}/audit", "/api/trust-roots", "/api/trust-roots/current", "/api/ledger/entries", "/api/ledger/decisions?kind=sealed&since=2026-11-25T12:00:00Z", "/api/ledger/witnesses", "/api/nodes", "/api/nodes/{name}",
                "/api/images/signers?reference=a:1", "/api/images/comparison?before=ab&after=cd", "/api/images/{fingerprint}/tree?path=/etc", "/api/processes",
                "/api/processes/{key}/{version}/statistics", "/api/processes/{key}/{version}/instances", "/api/settings", "/api/quota", "/api/incidents", "/api/incidents/{incident}", "/api/health", "/api/openapi.json")) {
            answersAsDescribed("get", target, "");
        }
        useCases.view = UseCases.view("shop", 1, "verifying", ENVELOPE.toJson());
        answersAsDescribed("get", "/api/deployments/{name}/versions/{version}", "");
        answersAsDescribed("post", "/api/deployments", "{}");
        answersAsDescribed("post", "/api/decommissions", "{}");
        answersAsDescribed("post", "/api/admissions", "{}");
        answersAsDescribed("post", "/api/retirements", "{}");
        answersAsDescribed("post", "/api/pauses", "{}");
        answersAsDescribed("post", "/api/resumptions", "{}");
        answersAsDescribed("post", "/api/skips", "{}");
        answersAsDescribed("post", "/api/incidents/{incident}/retries", "");
        answersAsDescribed("post", "/api/deployments/{name}/versions/{version}/undos", "{\"reason\":\"no\"}");
        answersAsDescribed("post", "/api/plans", "{}");
        answersAsDescribed("post", "/api/demand", "{\"payloadType\":\"application/vnd.zosgrid.pause.v1+json\",\"payload\":\"e30=\"}");
        answersAsDescribed("post", "/api/demand", "{\"payloadType\":\"application/vnd.zosgrid.pause.v1+json\",\"payload\":\"!\"}");
        answersAsDescribed("get", "/api/models", "");
        answersAsDescribed("post", "/api/models", "{}");
        answersAsDescribed("post", "/api/models/checks", "{\"language\":\"bpmn\",\"file\":\"<a/>\"}");
        answersAsDescribed("get", "/api/models/templates", "");
        answersAsDescribed("post", "/api/models/trials", TRIAL);
        answersAsDescribed("get", "/api/models/{name}/migrations/{from}", "");
        answersAsDescribed("post", "/api/models/{name}/migrations/{from}", "{\"instances\":[\"i1\"]}");
        answersAsDescribed("post", "/api/deployments/{name}/versions/{version}/rejections", "{\"reason\":\"no\"}");
        answersAsDescribed("post", "/api/deployments/{name}/versions/{version}/withdrawals", "{\"reason\":\"no\"}");
        answersAsDescribed("post", "/api/deployments/{name}/versions/{version}/repairs", "{}");
        answersAsDescribed("post", "/api/deployments/{name}/versions/{version}/approvals", "{\"keyid\":\"" + ALICE.id().hex() + "\",\"sig\":\"AA==\"}");
        answersAsDescribed("post", "/api/trust-roots", "{}");
        for (String target : List.of("/api/webhooks", "/api/webhooks/{id}", "/api/webhooks/dead-letters")) {
            answersAsDescribed("get", target, "");
        }
        answersAsDescribed("post", "/api/logins", "{\"name\":\"carla\",\"password\":\"long enough it is\"}");
        answersAsDescribed("get", "/api/users", "");
        answersAsDescribed("post", "/api/users", "{\"name\":\"carla\",\"password\":\"long enough it is\",\"groups\":[\"auditors\"]}");
        answersAsDescribed("post", "/api/webhooks", "{\"url\":\"https://hooks.example.org/zos\"}");
        answersAsDescribed("post", "/api/webhooks/{id}/tests", "{}");
        answersAsDescribed("get", "/api/deployments/{name}/usage/{machine}", "");
        answersAsDescribed("post", "/api/deployments/{name}/terminals/{machine}", "{}");
        answersAsDescribed("get", "/api/deployments/{name}/terminals/{machine}/{session}/frames?from=3", "");
        // and problems
        answersAsDescribed("post", "/api/deployments/{name}/versions/{version}/approvals", "{\"keyid\":1,\"sig\":2}");
        answersAsDescribed("get", "/api/images", "");
    }

    @Test
    void textIsText() throws Exception {
        for (String target : List.of("/api/deployments/shop/logs/web", "/api/ledger/checkpoint", "/api/ledger/entries/7/proof")) {
            HttpResponse<String> answer = server.send(server.signed(ALICE, "GET", target, new byte[0], Map.of()));
            assertThat(answer.statusCode()).isEqualTo(200);
            assertThat(answer.headers().firstValue("Content-Type").orElseThrow()).isEqualToIgnoringCase("text/plain;charset=utf-8");
        }
        assertThat(useCases.calls).containsExactly("logs shop web", "checkpoint", "proof 7");
    }

    @Test
    void aTileIsBytesAndItsPathHasSlashes() throws Exception {
        HttpResponse<String> answer = server.send(server.signed(ALICE, "GET", "/api/ledger/tile/0/x001/067.p/12", new byte[0], Map.of()));
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.headers().firstValue("Content-Type")).contains("application/octet-stream");
        assertThat(useCases.calls).containsExactly("tile tile/0/x001/067.p/12");
    }

    private void answersAsDescribed(String method, String described, String body) throws Exception {
        String target = described.replace("{name}", "shop").replace("{version}", "1").replace("{from}", "1").replace("{machine}", "web").replace("{session}", "ab".repeat(16)).replace("{id}", "3").replace("{key}", "deploy").replace("{incident}", "shop:3:send:compute-1").replace("{fingerprint}", "ab".repeat(32));
        Map<String, String> headers = body.isEmpty() ? Map.of() : Map.of("Content-Type", "application/json", "Idempotency-Key", target + body);
        HttpResponse<String> answer = server.send(server.signed(ALICE, method.toUpperCase(Locale.ROOT), target, body.getBytes(StandardCharsets.UTF_8), headers));
        JsonNode response = resolved(description.path("paths").path(described.replaceAll("\\?.*", "")).path(method).path("responses").path(Integer.toString(answer.statusCode())));
        assertThat(response.isMissingNode()).as(target + " " + answer.statusCode() + " is described").isFalse();
        JsonNode schema = response.path("content").path(answer.headers().firstValue("Content-Type").orElseThrow()).path("schema");
        assertThat(schema.isMissingNode()).as(target).isFalse();
        List<String> faults = new ArrayList<>();
        check(new ObjectMapper().readTree(answer.body()), schema, target, faults);
        assertThat(faults).isEmpty();
    }

    /** The part of JSON Schema that the description uses for answers. */
    private void check(JsonNode value, JsonNode maybeReference, String at, List<String> faults) {
        JsonNode schema = resolved(maybeReference);
        List<String> types = new ArrayList<>();
        if (schema.path("type").isArray()) {
            schema.path("type").forEach(each -> types.add(each.asText()));
        } else {
            types.add(schema.path("type").asText());
        }
        String type = value.isObject() ? "object" : value.isArray() ? "array" : value.isIntegralNumber() ? "integer" : value.isBoolean() ? "boolean" : value.isNull() ? "null" : "string";
        if (!types.contains(type)) {
            faults.add(at + " is " + type + ", not " + types);
        }
        if (value.isTextual() && schema.has("pattern") && !value.textValue().matches(schema.path("pattern").asText())) {
            faults.add(at + " does not match: " + value);
        }
        if (schema.has("enum") && !schema.path("enum").toString().contains(value.toString())) {
            faults.add(at + " is none of the " + schema.path("enum") + ": " + value);
        }
        schema.path("required").forEach(name -> {
            if (value.isObject() && !value.has(name.asText())) {
                faults.add(at + " lacks " + name.asText());
            }
        });
        if (value.isObject() && schema.has("properties")) {
            value.properties().forEach(field -> {
                if (schema.path("properties").has(field.getKey())) {
                    check(field.getValue(), schema.path("properties").path(field.getKey()), at + "." + field.getKey(), faults);
                } else {
                    faults.add(at + " has " + field.getKey() + ", which is not described");
                }
            });
        }
        if (value.isArray()) {
            value.forEach(item -> check(item, schema.path("items"), at + "[]", faults));
        }
    }

    private JsonNode resolved(JsonNode node) {
        return node.has("$ref") ? description.at(node.path("$ref").asText().substring(1)) : node;
    }

    private static void references(JsonNode node, Set<String> found) {
        if (node.path("$ref").isTextual()) {
            found.add(node.path("$ref").asText());
        }
        node.forEach(each -> references(each, found));
    }

    private static String path(Class<?> resource, Method call) {
        String base = resource.getAnnotation(Path.class).value();
        String own = call.isAnnotationPresent(Path.class) ? call.getAnnotation(Path.class).value().replaceAll("\\{(\\w+):[^}]*}", "{$1}") : "";
        return "/api" + base + own;
    }

    private static Set<String> pathParameters(Method call) {
        Set<String> names = new TreeSet<>();
        for (var parameter : call.getParameters()) {
            if (parameter.isAnnotationPresent(PathParam.class)) {
                names.add(parameter.getAnnotation(PathParam.class).value());
            }
        }
        return names;
    }
}
