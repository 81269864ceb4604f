package org.zosgrid.console;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.zosgrid.contract.key.SigningKey;
import org.zosgrid.workloads.TokenHolder;
import org.zosgrid.workloads.TokenHolder.Role;
import org.zosgrid.contract.Fault;
import org.zosgrid.workloads.scim.ScimException;

/** What a provisioning service sees of HTTP; what is said in it, other tests try. */
class ScimTest {
    private static final SigningKey KEY = SigningKey.generate();

    private final UseCases useCases = new UseCases().person("alice", KEY.verificationKey())
            .token("provisioner:s3rvice", new TokenHolder("scim", "service", Set.of(Role.PROVISIONER))).token("reader", new TokenHolder("f81d", "erin", Set.of(Role.READER)));
    private final ConsoleServer server = new ConsoleServer(useCases);

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void answersAreScimsOwn() throws Exception {
        HttpResponse<String> list = with("s3rvice", "GET", "/scim/v2/Users?filter=userName%20eq%20%22alice%22&startIndex=-3&count=5000&unknown=1", "");
        assertThat(list.statusCode()).isEqualTo(200);
        assertThat(list.headers().firstValue("Content-Type")).contains("application/scim+json");
        assertThat(useCases.calls).containsExactly("scim users token:scim 'userName eq \"alice\"' 1 200");
        assertThat(new ObjectMapper().readTree(list.body()).at("/Resources/0/userName").asText()).isEqualTo("alice");

        HttpResponse<String> made = with("s3rvice", "POST", "/scim/v2/Users", "{\"userName\":\"alice\"}");
        assertThat(made.statusCode()).isEqualTo(201);
        assertThat(made.headers().firstValue("Location")).contains("/scim/v2/Users/" + UseCases.ALICE.json().path("id").asText());
        assertThat(made.headers().firstValue("ETag")).contains(UseCases.ALICE.version());
        assertThat(with("s3rvice", "DELETE", "/scim/v2/Users/1", "").statusCode()).isEqualTo(204);
    }

    @Test
    void whoHasItAlreadyGetsItNotAgain() throws Exception {
        HttpResponse<String> same = server.send(server.request("/scim/v2/Users/1").header("Authorization", "Bearer s3rvice").header("If-None-Match", UseCases.ALICE.version()));
        assertThat(same.statusCode()).isEqualTo(304);
        assertThat(same.body()).isEmpty();
    }

    @Test
    void onlyWhatIsWantedIsShown() throws Exception {
        String some = with("s3rvice", "GET", "/scim/v2/Users/1?attributes=userName,name.givenName", "").body();
        assertThat(new ObjectMapper().readTree(some).fieldNames()).toIterable().containsExactlyInAnyOrder("schemas", "id", "userName", "name");
        assertThat(with("s3rvice", "GET", "/scim/v2/Users/1?excludedAttributes=emails,urn:ietf:params:scim:schemas:core:2.0:User:name", "").body()).contains("displayName").doesNotContain("emails", "givenName");
    }

    @Test
    void whatIsWrongIsSaidAsScimDoes() throws Exception {
        useCases.failure = new ScimException(ScimException.Kind.UNIQUENESS, new Fault("userName", "must be one that nobody has", "alice"));
        isError(with("s3rvice", "POST", "/scim/v2/Users", "{\"userName\":\"alice\"}"), 409, "uniqueness");
        useCases.failure = new IllegalStateException(new java.sql.SQLException("duplicate key", "23505"));
        isError(with("s3rvice", "POST", "/scim/v2/Users", "{\"userName\":\"alice\"}"), 409, "uniqueness");
        useCases.failure = null;
        isError(with("s3rvice", "POST", "/scim/v2/Users", "{\"userName\":"), 400, "invalidSyntax");
        isError(with("s3rvice", "GET", "/scim/v2/Users?count=many", ""), 400, "invalidValue");
        isError(with("s3rvice", "GET", "/scim/v2/Nothing", ""), 404, "");
        isError(with("unknown", "GET", "/scim/v2/Users", ""), 401, "");
        isError(server.send(server.request("/scim/v2/Users")), 401, "");
    }

    @Test
    void bothNamesOfJsonAreTakenAndWhoSendsAnotherIsToldOfBoth() throws Exception {
        for (String type : new String[] {"application/scim+json", "application/json"}) {
            assertThat(ofType(type).statusCode()).as(type).isEqualTo(201);
        }
        HttpResponse<String> refused = ofType("text/xml");
        isError(refused, 415, "");
        assertThat(refused.body()).contains("application/scim+json or application/json");
    }

    @Test
    void peoplesSignaturesAndTokensAreNotAServices() throws Exception {
        isError(server.send(server.signed(KEY, "GET", "/scim/v2/Users", new byte[0], Map.of())), 401, "");
        isError(with("reader", "GET", "/scim/v2/Users", ""), 401, "");
        assertThat(with("s3rvice", "GET", "/api/deployments", "").statusCode()).isEqualTo(401);
        for (String way : new String[] {"/scim/v2/../../api/deployments", "/scim/v2/%2e%2e/%2e%2e/api/deployments", "/scim/v2;x=/../../api/deployments", "//api/deployments"}) {
            assertThat(with("s3rvice", "GET", way, "").statusCode()).as(way).isGreaterThanOrEqualTo(400);
        }
        assertThat(useCases.calls).isEmpty();
    }

    private static void isError(HttpResponse<String> answer, int status, String scimType) throws Exception {
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
        assertThat(answer.headers().firstValue("Content-Type")).contains("application/scim+json");
        var json = new ObjectMapper().readTree(answer.body());
        assertThat(json.at("/schemas/0").asText()).isEqualTo("urn:ietf:params:scim:api:messages:2.0:Error");
        assertThat(json.path("status").asText()).isEqualTo(Integer.toString(status));
        assertThat(json.path("scimType").asText("")).isEqualTo(scimType);
        assertThat(json.path("detail").asText()).isNotEmpty();
    }

    private HttpResponse<String> ofType(String type) throws Exception {
        return server.send(server.request("/scim/v2/Users").header("Authorization", "Bearer s3rvice").header("Content-Type", type).method("POST", BodyPublishers.ofString("{\"userName\":\"alice\"}")));
    }

    private HttpResponse<String> with(String token, String method, String target, String body) throws Exception {
        return server.send(server.request(target).header("Authorization", "Bearer " + token).header("Content-Type", "application/scim+json")
                .method(method, body.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(body)));
    }
}
