package org.zosgrid.cli.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.zosgrid.cli.CliException;
import org.zosgrid.cli.demo.Documents;
import org.zosgrid.contract.Fault;
import org.zosgrid.contract.document.Decommission;
import org.zosgrid.contract.document.Deployment;
import org.zosgrid.contract.envelope.Envelope;
import org.zosgrid.contract.envelope.PayloadType;
import org.zosgrid.contract.key.SigningKey;

/** The REST client against a real HTTP server that checks each request's signature. */
class ControlPlaneTest {
    private static final SigningKey ALICE = SigningKey.generate();
    private static final SigningKey BOB = SigningKey.generate();
    private static final String FINGERPRINT = "ab".repeat(32);
    private static final Deployment DOCUMENT = Documents.deployment("shop", 1, "demo/web:1.0@sha256:" + FINGERPRINT, "shop.example", "10.40.0.0/24");
    private static final Envelope SUBMITTED = Envelope.sign(PayloadType.DEPLOYMENT, DOCUMENT.toJson(), ALICE);

    private final RestServer server = new RestServer(ALICE.verificationKey(), BOB.verificationKey());
    private final ControlPlane asAlice = new ControlPlane(server.address(), ALICE);

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void aSubmissionIsSignedAndCountsOnceHoweverOftenTheConnectionBreaks() {
        server.breakOff(2).answer("POST /api/deployments", 202, "{\"name\":\"shop\",\"version\":1,\"digest\":\"d\",\"state\":\"approval\"}");
        assertThat(asAlice.submit(SUBMITTED).path("state").asText()).isEqualTo("approval");
        // The server also refuses a nonce that it has seen: three attempts, three signatures, one key.
        assertThat(server.received()).hasSize(3).allSatisfy(each -> {
            assertThat(each.caller()).isEqualTo(ALICE.id());
            assertThat(each.body()).isEqualTo(SUBMITTED.toJson());
        });
        assertThat(server.received().stream().map(RestServer.Received::idempotencyKey).distinct()).singleElement(InstanceOfAssertFactories.STRING).hasSize(64);
    }

    @Test
    void whatIsAskedOtherwiseCountsOnceTooAndASecondAskingIsAnother() {
        server.breakOff(1).answer("POST /api/deployments/shop/versions/1/rejections", 200, "{}");
        asAlice.reject("shop", 1, "no");
        asAlice.reject("shop", 1, "no");
        List<String> keys = server.received().stream().map(RestServer.Received::idempotencyKey).toList();
        assertThat(keys).hasSize(3);
        assertThat(keys.get(1)).isEqualTo(keys.get(0)).isNotEqualTo(keys.get(2));
    }

    @Test
    void aControlPlaneThatRecoversIsAskedAgain() {
        String line = "GET /api/deployments/shop";
        server.answer(line, 503, "{\"title\":\"The database does not answer\",\"status\":503}").answer(line, 200, "{\"name\":\"shop\",\"version\":7}");
        assertThat(asAlice.newestVersion("shop")).isEqualTo(7);
        server.answer("POST /api/deployments/shop/versions/1/rejections", 503, "{\"title\":\"The database does not answer\",\"status\":503}");
        assertThatThrownBy(() -> asAlice.reject("shop", 1, "no")).as("what is not safe to repeat is not repeated").hasMessageContaining("does not answer");
    }

    @Test
    void aConnectionThatBreaksAgainAndAgainIsTold() {
        server.breakOff(100);
        assertThatThrownBy(() -> asAlice.submit(SUBMITTED)).isInstanceOf(CliException.class).hasMessageContaining("broke off");
        assertThat(server.received()).hasSize(3);
    }

    @Test
    void aRemovalGoesWhereRemovalsGo() {
        server.answer("POST /api/decommissions", 202, "{\"name\":\"shop\",\"version\":2,\"digest\":\"d\",\"state\":\"approval\"}");
        Decommission removal = new Decommission("shop", 2, "alice", Instant.parse("2026-01-01T00:00:00Z"), Instant.parse("2030-01-01T00:00:00Z"), "over");
        assertThat(asAlice.submit(Envelope.sign(PayloadType.DECOMMISSION, removal.toJson(), ALICE)).path("version").asLong()).isEqualTo(2);
    }

    @Test
    void everyFaultOfAProblemIsTold() {
        server.answer("POST /api/deployments", 422, """
                {"type":"about:blank","title":"The document is not valid","status":422,"detail":"2 faults",
                 "faults":[{"field":"network.subnet","problem":"overlaps the one of blog","value":"10.40.0.0/24"},{"field":"version","problem":"must be 3","value":"1"}]}""");
        assertThatThrownBy(() -> asAlice.submit(SUBMITTED))
                .isInstanceOfSatisfying(RefusedException.class, refused -> {
                    assertThat(refused.status()).isEqualTo(422);
                    assertThat(refused.faults()).containsExactly(new Fault("network.subnet", "overlaps the one of blog", "10.40.0.0/24"), new Fault("version", "must be 3", "1"));
                })
                .message().isEqualToNormalizingNewlines("""
                        The document is not valid: 2 faults
                          network.subnet: overlaps the one of blog (is: 10.40.0.0/24)
                          version: must be 3 (is: 1)""");
    }

    @Test
    void answersThatAreNoJsonAreTold() {
        server.answer("GET /api/deployments/shop", 500, "text/html", "<h1>Out of memory</h1>" + "x".repeat(10_000));
        server.answer("GET /api/deployments/blog", 200, "{\"name\":");
        assertThatThrownBy(() -> asAlice.newest("shop")).hasMessageStartingWith("the control plane answered 500: <h1>Out of memory").message().hasSizeLessThan(400);
        assertThatThrownBy(() -> asAlice.newest("blog")).isInstanceOf(CliException.class).hasMessageContaining("no JSON");
    }

    @Test
    void nobodyThere() {
        URI deserted = server.address();
        server.close();
        assertThatThrownBy(() -> new ControlPlane(deserted, ALICE).list()).hasMessageContaining("nobody answers at " + deserted);
    }

    @Test
    void strangersAndTheUnsignedAreRefused() {
        assertThatThrownBy(() -> ControlPlane.anonymous(server.address()).list())
                .isInstanceOfSatisfying(RefusedException.class, refused -> assertThat(refused.status()).isEqualTo(401)).hasMessageContaining("every request must be signed");
        assertThatThrownBy(() -> new ControlPlane(server.address(), SigningKey.generate()).list()).hasMessageContaining("does not know");
    }

    @Test
    void aListIsReadToItsLastPage() {
        server.answer("GET /api/deployments?limit=100", 200, "{\"items\":[{\"name\":\"a\"},{\"name\":\"b\"}],\"next\":\"b/1 +\"}");
        server.answer("GET /api/deployments?limit=100&cursor=b%2F1%20%2B", 200, "{\"items\":[{\"name\":\"c\"}],\"next\":null}");
        assertThat(asAlice.list()).extracting(each -> each.path("name").asText()).containsExactly("a", "b", "c");
    }

    @Test
    void imagesArePinnedUnlessTheAuthorDid() {
        server.answer("GET /api/images?reference=demo/web:1.0", 200, "{\"reference\":\"demo/web:1.0@sha256:" + FINGERPRINT + "\"}");
        Deployment unpinned = Documents.deployment("shop", 1, "demo/web:1.0", "shop.example", "10.40.0.0/24");
        assertThat(Pinning.pin(unpinned, asAlice).machines().getFirst().image().toString()).isEqualTo("demo/web:1.0@sha256:" + FINGERPRINT);
        assertThat(Pinning.pin(DOCUMENT, asAlice)).isEqualTo(DOCUMENT);
        assertThat(server.received()).hasSize(1);
    }

    @Test
    void anAnswerAboutAnotherImageIsNotSigned() {
        server.answer("GET /api/images?reference=demo/web:1.0", 200, "{\"reference\":\"evil/web:1.0@sha256:" + FINGERPRINT + "\"}");
        Deployment unpinned = Documents.deployment("shop", 1, "demo/web:1.0", "shop.example", "10.40.0.0/24");
        assertThatThrownBy(() -> Pinning.pin(unpinned, asAlice)).hasMessageContaining("evil/web").hasMessageContaining("nothing was signed");
    }

    @Test
    void anApprovalSignsTheRequestersBytes() {
        server.answer("GET /api/deployments/shop/versions/1", 200, shown(SUBMITTED, "approval"));
        server.answer("POST /api/deployments/shop/versions/1/approvals", 202, shown(SUBMITTED, "approval"));
        ControlPlane asBob = new ControlPlane(server.address(), BOB);
        Approval.of(asBob, "shop", 1).give(asBob, BOB);
        RestServer.Received given = server.received().getLast();
        assertThat(given.caller()).isEqualTo(BOB.id());
        var body = org.zosgrid.cli.terminal.Json.parse(given.body(), "the test");
        assertThat(body.path("keyid").asText()).isEqualTo(BOB.id().hex());
        assertThat(BOB.verificationKey().verify(Envelope.preAuthenticationEncoding(PayloadType.DEPLOYMENT, DOCUMENT.toJson()),
                Base64.getDecoder().decode(body.path("sig").asText()))).isTrue();
    }

    @Test
    void aControlPlaneThatHandsOutAnotherDocumentIsFoundOut() {
        server.answer("GET /api/deployments/blog/versions/1", 200, shown(SUBMITTED, "approval"));
        assertThatThrownBy(() -> Approval.of(asAlice, "blog", 1)).hasMessageContaining("'shop' version 1 instead of 'blog' version 1").hasMessageContaining("nothing was signed");
    }

    @Test
    void approvalsArePutBackIntoTheEnvelope() {
        Envelope approved = SUBMITTED.with(SUBMITTED.signatureBy(BOB));
        var signature = approved.signatures().getLast();
        server.answer("GET /api/deployments/shop/versions/1", 200, shown(SUBMITTED, "running").replace("\"approvals\":[]", "\"approvals\":[{\"person\":\"bob\",\"keyid\":\""
                + signature.keyId().hex() + "\",\"sig\":\"" + Base64.getEncoder().encodeToString(signature.bytes()) + "\",\"at\":\"2026-11-23T12:00:00Z\"}]"));
        assertThat(asAlice.show("shop", 1).approvedEnvelope()).isEqualTo(approved);
    }

    @Test
    void aWatchTellsEveryChangeUntilTheEnd() {
        String line = "GET /api/deployments/shop/versions/1";
        server.answer(line, 200, shown(SUBMITTED, "approval")).answer(line, 200, shown(SUBMITTED, "approval"))
                .answer(line, 200, shown(SUBMITTED, "provisioning")).answer(line, 200, shown(SUBMITTED, "running"));
        List<String> seen = new ArrayList<>();
        Watch watch = new Watch(asAlice, "shop", 1);
        assertThat(watch.reach("running", Duration.ofSeconds(20), each -> seen.add(each.state())).ended()).isTrue();
        assertThat(seen).containsExactly("approval", "provisioning", "running");
        assertThatThrownBy(() -> watch.reach("removed", Duration.ofSeconds(20), each -> {})).hasMessageContaining("is 'running' instead of 'removed'");
        assertThatThrownBy(() -> watch.until(each -> false, Duration.ZERO, each -> {})).hasMessageContaining("is still 'running'");
    }

    @Test
    void logsAreTextAndNamesAreEscaped() {
        server.answer("GET /api/deployments/shop/logs/web", 200, "text/plain", "GET /index.html → 200\n");
        assertThat(asAlice.logs("shop", "web")).isEqualTo("GET /index.html → 200\n");
        assertThatThrownBy(() -> asAlice.newest("../ledger?x")).hasMessageContaining("/api/deployments/..%2Fledger%3Fx");
    }

    private static String shown(Envelope envelope, String state) {
        return "{\"name\":\"shop\",\"version\":1,\"kind\":\"deployment\",\"requester\":\"alice\",\"digest\":\"" + envelope.digest() + "\",\"state\":\"" + state
                + "\",\"position\":[\"" + state + " it\"],\"envelope\":\"" + Base64.getEncoder().encodeToString(envelope.toJson()) + "\",\"approvals\":[],\"openSeats\":2}";
    }
}
