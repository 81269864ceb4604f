package org.zosgrid.tests;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import org.zosgrid.tests.container.ControlPlaneContainer;
import org.zosgrid.tests.container.TokenIssuer;

/** People and services with tokens of the stage's issuer. Apart from the test class, whose other half runs in the container. */
final class TokenBearers {
    private TokenBearers() {}

    static void doWhatTheirGroupsMay() throws Exception {
        TokenIssuer issuer = ControlPlaneContainer.tokens();
        try (HttpClient http = HttpClient.newHttpClient()) {
            String reader = issuer.token("erin", "auditors");
            assertThat(send(http, reader, "GET", "/api/deployments", "").statusCode()).isEqualTo(200);
            assertThat(send(http, reader, "GET", "/api/trust-roots/current", "").body()).contains("\"envelope\"");
            assertThat(send(http, reader, "GET", "/api/webhooks", "").statusCode()).as("a reader sets nothing up").isEqualTo(403);

            String administrator = issuer.token("frank", "platform");
            assertThat(send(http, administrator, "GET", "/api/webhooks", "").statusCode()).isEqualTo(200);
            HttpResponse<String> made = send(http, administrator, "POST", "/api/webhooks", "{\"url\":\"http://127.0.0.1:9/zos\",\"types\":[\"org.zosgrid.nothing\"]}");
            assertThat(made.statusCode()).as(made.body()).isIn(201, 422);
            if (made.statusCode() == 201) {
                assertThat(send(http, administrator, "DELETE", made.headers().firstValue("Location").orElseThrow(), "").statusCode()).isEqualTo(204);
            }

            assertThat(send(http, issuer.token("grace", "others"), "GET", "/api/deployments", "").statusCode()).as("no group with a role").isEqualTo(403);
            assertThat(send(http, issuer.elsewhere("erin", "platform"), "GET", "/api/deployments", "").statusCode()).as("for another server").isEqualTo(401);
        }
    }

    static void belongToTheOrganisationThatTheirTokenNames() throws Exception {
        TokenIssuer issuer = ControlPlaneContainer.tokens();
        try (HttpClient http = HttpClient.newHttpClient()) {
            assertThat(send(http, issuer.token("erin", "auditors"), "GET", "/api/quota", "").body()).contains("\"organisation\":\"default\"", "\"limit\":null");
            HttpResponse<String> rivals = send(http, issuer.tokenOf("rival", "erin", "auditors"), "GET", "/api/quota", "");
            assertThat(rivals.body()).contains("\"organisation\":\"rival\"", "\"deployments\":{\"used\":0,\"limit\":1}");
            assertThat(send(http, issuer.tokenOf("rival", "erin", "auditors"), "GET", "/api/nodes", "").body()).doesNotContain("compute-1");
            assertThat(send(http, issuer.tokenOf("nowhere", "erin", "auditors"), "GET", "/api/quota", "").statusCode()).isEqualTo(403);
            assertThat(send(http, issuer.tokenOf("", "erin", "auditors"), "GET", "/api/quota", "").statusCode()).isEqualTo(403);
        }
    }

    static void cannotApprove() throws Exception {
        var story = new Story(ControlPlaneContainer.stage(), "logins", 71);
        story.open();
        try (HttpClient http = HttpClient.newHttpClient()) {
            String bob = ControlPlaneContainer.tokens().token("bob", "platform", "auditors", "approver", "root");
            String keyid = ControlPlaneContainer.stage().cast().key("bob").id().hex();
            String version = "/api/deployments/logins/versions/1";
            HttpResponse<String> approved = send(http, bob, "POST", version + "/approvals", "{\"keyid\":\"" + keyid + "\",\"sig\":\"AA==\"}");
            assertThat(approved.statusCode()).isEqualTo(403);
            assertThat(approved.body()).contains("a login is none");
            assertThat(send(http, bob, "POST", version + "/rejections", "{\"reason\":\"no\"}").statusCode()).isEqualTo(403);
            assertThat(send(http, bob, "POST", version + "/withdrawals", "{\"reason\":\"no\"}").statusCode()).isEqualTo(403);
            assertThat(send(http, bob, "GET", version, "").statusCode()).isEqualTo(200);
        }
        assertThat(story.shown(1).state()).isEqualTo("approval");
        assertThat(story.shown(1).position()).contains("Approve");
        story.as("alice").withdraw("logins", 1, "the test is over");
    }

    private static HttpResponse<String> send(HttpClient http, String token, String method, String target, String body) throws Exception {
        URI address = ControlPlaneContainer.stage().controlPlaneAddress().resolve(target);
        return http.send(HttpRequest.newBuilder(address).timeout(Duration.ofSeconds(20)).header("Authorization", "Bearer " + token).header("Content-Type", "application/json")
                .method(method, body.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(body)).build(), BodyHandlers.ofString());
    }
}
