package org.zosgrid.tests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.zosgrid.cli.client.ControlPlane;
import org.zosgrid.cli.client.RefusedException;
import org.zosgrid.tests.container.ControlPlaneContainer;
import org.zosgrid.tests.container.RivalOrganisation;

/** A service that keeps accounts at the stage's control plane, as Okta and Entra do. A class of its own, since the server that runs {@link IdentityIT} has no command line. */
final class Provisioning implements AutoCloseable {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String PASSWORD = "correct horse battery staple";
    private static final String USERS = "/scim/v2/Users";
    private static final String GROUPS = "/scim/v2/Groups";

    private final HttpClient http = HttpClient.newHttpClient();
    private final String token = ControlPlaneContainer.SCIM_TOKEN;

    void makesChangesAndEndsAccounts() throws Exception {
        assertThat(json(ask("GET", "/scim/v2/ServiceProviderConfig", "")).at("/patch/supported").asBoolean()).isTrue();
        assertThat(json(ask("GET", "/scim/v2/Schemas", "")).path("totalResults").asInt()).isEqualTo(2);
        assertThat(json(ask("GET", "/scim/v2/ResourceTypes/Group", "")).path("endpoint").asText()).isEqualTo("/Groups");

        HttpResponse<String> made = ask("POST", USERS, user("Dana@Example.org", "E-1"));
        assertThat(made.statusCode()).as(made.body()).isEqualTo(201);
        String dana = made.headers().firstValue("Location").orElseThrow();
        assertThat(json(ask("GET", dana, "")).toString()).isEqualTo(json(made).toString());
        assertThat(json(made).path("userName").asText()).isEqualTo("dana@example.org");
        assertThat(made.body()).doesNotContain(PASSWORD, "argon2");
        isError(ask("POST", USERS, user("dana@example.org", "E-2")), 409, "uniqueness");
        assertThat(found("userName eq \"DANA@example.org\"")).containsExactly("dana@example.org");
        assertThat(found("externalId eq \"E-1\" and active eq true")).containsExactly("dana@example.org");
        assertThat(found("emails[type eq \"work\" and value ew \"@example.org\"] and not (userName sw \"x\")")).containsExactly("dana@example.org");
        isError(ask("GET", USERS + "?filter=userName%20is%20dana", ""), 400, "invalidFilter");

        String group = ask("POST", GROUPS, "{\"displayName\":\"auditors\",\"members\":[{\"value\":\"" + json(made).path("id").asText() + "\"}]}").headers().firstValue("Location").orElseThrow();
        assertThat(json(ask("GET", dana, "")).at("/groups/0/display").asText()).isEqualTo("auditors");
        ControlPlane login = login("dana@example.org");
        assertThat(login.list()).isNotNull();
        assertThat(bearing(ControlPlaneContainer.tokens().token("dana@example.org", "auditors"), "GET", "/api/deployments", "").statusCode()).isEqualTo(200);

        HttpResponse<String> ended = ask("PATCH", dana, patch("{\"op\":\"Replace\",\"path\":\"active\",\"value\":\"False\"}"));
        assertThat(json(ended).path("active").asBoolean(true)).as(ended.body()).isFalse();
        refused(login::list, 401);
        refused(() -> login("dana@example.org"), 401);
        assertThat(bearing(ControlPlaneContainer.tokens().token("dana@example.org", "auditors"), "GET", "/api/deployments", "").statusCode()).as("the provider's token").isEqualTo(403);

        ask("PATCH", dana, patch("{\"op\":\"replace\",\"value\":{\"active\":true}}"));
        ControlPlane again = login("dana@example.org");
        assertThat(again.list()).isNotNull();
        refused(login::list, 401); // what ended stays ended
        assertThat(ask("DELETE", dana, "").statusCode()).isEqualTo(204);
        refused(again::list, 401);
        isError(ask("GET", dana, ""), 404, "");
        assertThat(json(ask("GET", group, "")).path("members")).isEmpty();
    }

    void groupsGiveRoles() throws Exception {
        String erin = json(ask("POST", USERS, user("erin@example.org", "E-3"))).path("id").asText();
        HttpResponse<String> group = ask("POST", GROUPS, "{\"schemas\":[\"urn:ietf:params:scim:schemas:core:2.0:Group\"],\"displayName\":\"nothing yet\",\"externalId\":\"G-1\"}");
        String place = group.headers().firstValue("Location").orElseThrow();
        refused(() -> login("erin@example.org"), 403);
        ask("PATCH", place, patch("{\"op\":\"Add\",\"path\":\"members\",\"value\":[{\"$ref\":null,\"value\":\"" + erin + "\"}]}"));
        refused(() -> login("erin@example.org"), 403);
        ask("PATCH", place, patch("{\"op\":\"replace\",\"value\":{\"id\":\"x\",\"displayName\":\"platform\"}}"));
        ControlPlane administrator = login("erin@example.org");
        assertThat(administrator.users()).isNotEmpty();
        assertThat(json(ask("GET", GROUPS + "?filter=" + encoded("members[value eq \"" + erin + "\"]") + "&excludedAttributes=members", "")).at("/Resources/0/displayName").asText()).isEqualTo("platform");

        String before = ask("GET", place, "").headers().firstValue("ETag").orElseThrow();
        assertThat(send(token, "GET", place, "", "If-None-Match", before).statusCode()).isEqualTo(304);
        ask("PATCH", place, patch("{\"op\":\"remove\",\"path\":\"members[value eq \\\"" + erin + "\\\"]\"}"));
        refused(administrator::users, 403); // the role is gone in the middle of a login
        isError(send(token, "PATCH", place, patch("{\"op\":\"remove\",\"path\":\"members\"}"), "If-Match", before), 412, "");
        isError(ask("PATCH", place, patch("{\"op\":\"add\",\"path\":\"members\",\"value\":[{\"value\":\"" + new java.util.UUID(0, 7) + "\"}]}")), 400, "invalidValue");
        isError(ask("PATCH", place, patch("{\"op\":\"add\",\"path\":\"displayName\",\"value\":\"half\"},{\"op\":\"replace\",\"path\":\"shoes\",\"value\":\"1\"}")), 400, "invalidPath");
        assertThat(json(ask("GET", place, "")).path("displayName").asText()).as("all changes or none").isEqualTo("platform");
    }

    /** Two dozen members join at once, each by a change of its own, and all are there; of two who hold the same version one wins. */
    void noChangeIsLost() throws Exception {
        String place = ask("POST", GROUPS, "{\"displayName\":\"crowd\"}").headers().firstValue("Location").orElseThrow();
        List<String> ids = new ArrayList<>();
        for (int each = 0; each < 24; each++) {
            ids.add(json(ask("POST", USERS, "{\"userName\":\"crowd-" + each + "\"}")).path("id").asText());
        }
        try (var together = Executors.newFixedThreadPool(8)) {
            List<Callable<Integer>> joins = ids.stream().<Callable<Integer>>map(id -> () -> ask("PATCH", place, patch("{\"op\":\"add\",\"path\":\"members\",\"value\":[{\"value\":\"" + id + "\"}]}")).statusCode()).toList();
            for (Future<Integer> each : together.invokeAll(joins)) {
                assertThat(each.get()).isEqualTo(200);
            }
            assertThat(json(ask("GET", place, "")).path("members")).hasSize(ids.size());
            String version = ask("GET", place, "").headers().firstValue("ETag").orElseThrow();
            List<Callable<Integer>> leaves = ids.stream().limit(8).<Callable<Integer>>map(id -> () -> send(token, "PATCH", place, patch("{\"op\":\"remove\",\"path\":\"members[value eq \\\"" + id + "\\\"]\"}"), "If-Match", version).statusCode()).toList();
            List<Integer> answers = new ArrayList<>();
            for (Future<Integer> each : together.invokeAll(leaves)) {
                answers.add(each.get());
            }
            assertThat(answers).containsOnly(200, 412).containsOnlyOnce(200);
            List<Callable<Integer>> twins = java.util.Collections.nCopies(8, () -> ask("POST", USERS, "{\"userName\":\"twin\"}").statusCode());
            List<Integer> made = new ArrayList<>();
            for (Future<Integer> each : together.invokeAll(twins)) {
                made.add(each.get());
            }
            assertThat(made).containsOnly(201, 409).containsOnlyOnce(201);
        }
        JsonNode page = json(ask("GET", USERS + "?filter=" + encoded("userName sw \"crowd-\"") + "&sortBy=userName&sortOrder=descending&startIndex=3&count=5", ""));
        assertThat(page.path("totalResults").asInt()).isEqualTo(24);
        assertThat(page.path("Resources")).extracting(each -> each.path("userName").asText()).containsExactly("crowd-7", "crowd-6", "crowd-5", "crowd-4", "crowd-3");
    }

    void seesOneOrganisationAndNothingElse() throws Exception {
        String there = ask("POST", USERS, user("faye@example.org", "E-5")).headers().firstValue("Location").orElseThrow();
        String rivals = RivalOrganisation.SCIM_TOKEN;
        assertThat(json(bearing(rivals, "GET", USERS, "")).path("totalResults").asInt()).isZero();
        for (String method : List.of("GET", "DELETE")) {
            HttpResponse<String> real = bearing(rivals, method, there, "");
            HttpResponse<String> none = bearing(rivals, method, USERS + "/00000000-0000-0000-0000-000000000001", "");
            assertThat(real.statusCode()).isEqualTo(404).isEqualTo(none.statusCode());
            assertThat(real.body().replaceAll("[0-9a-f-]{36}", "")).isEqualTo(none.body().replaceAll("[0-9a-f-]{36}", ""));
        }
        HttpResponse<String> same = bearing(rivals, "POST", USERS, user("faye@example.org", "E-5"));
        assertThat(same.statusCode()).as("a name is taken in one organisation").isEqualTo(201);
        assertThat(bearing(rivals, "DELETE", same.headers().firstValue("Location").orElseThrow(), "").statusCode()).isEqualTo(204);
        assertThat(ask("GET", there, "").statusCode()).isEqualTo(200);

        for (String target : List.of("/api/deployments", "/api/users", "/api/trust-roots/current", "/scim/v2/../../api/deployments", "/scim/v2/..%2f..%2fapi/users")) {
            assertThat(ask("GET", target, "").statusCode()).as(target).isGreaterThanOrEqualTo(400);
        }
        isError(bearing(ControlPlaneContainer.tokens().token("frank", "platform"), "GET", USERS, ""), 403, "");
        isError(bearing("x".repeat(40), "GET", USERS, ""), 401, "");
        String issued = ControlPlaneContainer.tokens().token("robot", "provisioning");
        assertThat(bearing(issued, "GET", USERS, "").statusCode()).isEqualTo(200);
        assertThat(bearing(issued, "GET", "/api/deployments", "").statusCode()).isEqualTo(403);
    }

    private static String user(String name, String externalId) {
        return "{\"schemas\":[\"urn:ietf:params:scim:schemas:core:2.0:User\",\"urn:ietf:params:scim:schemas:extension:enterprise:2.0:User\"],\"userName\":\"" + name + "\",\"externalId\":\"" + externalId
                + "\",\"name\":{\"givenName\":\"Given\",\"familyName\":\"Family\",\"formatted\":\"Given Family\"},\"emails\":[{\"primary\":true,\"type\":\"work\",\"value\":\"" + name
                + "\"}],\"active\":true,\"password\":\"" + PASSWORD + "\",\"locale\":\"en-US\",\"groups\":[],\"urn:ietf:params:scim:schemas:extension:enterprise:2.0:User\":{\"department\":\"x\"}}";
    }

    private static String patch(String operations) {
        return "{\"schemas\":[\"urn:ietf:params:scim:api:messages:2.0:PatchOp\"],\"Operations\":[" + operations + "]}";
    }

    private List<String> found(String filter) throws Exception {
        List<String> names = new ArrayList<>();
        json(ask("GET", USERS + "?filter=" + encoded(filter), "")).path("Resources").forEach(each -> names.add(each.path("userName").asText()));
        return names;
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    private static ControlPlane login(String name) {
        var address = ControlPlaneContainer.stage().controlPlaneAddress();
        return ControlPlane.withToken(address, ControlPlane.anonymous(address).logIn(name, PASSWORD, Optional.empty()).path("token").asText());
    }

    private static void refused(Runnable call, int status) {
        assertThatThrownBy(call::run).isInstanceOfSatisfying(RefusedException.class, refused -> assertThat(refused.status()).isEqualTo(status));
    }

    private static void isError(HttpResponse<String> answer, int status, String scimType) throws Exception {
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
        assertThat(answer.headers().firstValue("Content-Type").orElseThrow()).startsWith("application/scim+json");
        assertThat(json(answer).path("scimType").asText("")).isEqualTo(scimType);
    }

    private static JsonNode json(HttpResponse<String> answer) throws Exception {
        return JSON.readTree(answer.body());
    }

    private HttpResponse<String> ask(String method, String target, String body) throws Exception {
        return bearing(token, method, target, body);
    }

    private HttpResponse<String> bearing(String shown, String method, String target, String body) throws Exception {
        return send(shown, method, target, body, "Accept", "*/*");
    }

    private HttpResponse<String> send(String shown, String method, String target, String body, String header, String value) throws Exception {
        return http.send(HttpRequest.newBuilder(java.net.URI.create(ControlPlaneContainer.stage().controlPlaneAddress() + target)).timeout(Duration.ofSeconds(30)).header("Authorization", "Bearer " + shown)
                .header("Content-Type", "application/scim+json").header(header, value).method(method, body.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(body)).build(), BodyHandlers.ofString());
    }

    /** Others look at all accounts. */
    @Override
    public void close() throws Exception {
        for (String kind : List.of(USERS, GROUPS)) {
            for (JsonNode each : json(ask("GET", kind + "?count=200", "")).path("Resources")) {
                ask("DELETE", kind + "/" + each.path("id").asText(), "");
            }
        }
        http.close();
    }
}
