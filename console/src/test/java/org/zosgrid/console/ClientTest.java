package org.zosgrid.console;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.zosgrid.cli.client.Approval;
import org.zosgrid.cli.client.ControlPlane;
import org.zosgrid.cli.client.DeploymentVersion;
import org.zosgrid.contract.Digests;
import org.zosgrid.contract.Fault;
import org.zosgrid.contract.audit.AuditBundle;
import org.zosgrid.contract.document.Decommission;
import org.zosgrid.contract.document.ImageReference;
import org.zosgrid.contract.envelope.Envelope;
import org.zosgrid.contract.envelope.PayloadType;
import org.zosgrid.contract.envelope.Signature;
import org.zosgrid.contract.key.SigningKey;
import org.zosgrid.workloads.RefusedException;
import org.zosgrid.workloads.RefusedException.Kind;

/** The command line's client and this interface, talking to each other. */
class ClientTest {
    private static final SigningKey ALICE = SigningKey.generate();
    private static final SigningKey BOB = SigningKey.generate();
    private static final Envelope REMOVAL = Envelope.sign(PayloadType.DECOMMISSION,
            new Decommission("shop", 2, "alice", Instant.parse("2026-01-01T00:00:00Z"), Instant.parse("2030-01-01T00:00:00Z"), "over").toJson(), ALICE);

    private final UseCases useCases = new UseCases().person("alice", ALICE.verificationKey()).person("bob", BOB.verificationKey());
    private final ConsoleServer server = new ConsoleServer(useCases);
    private final ControlPlane asAlice = new ControlPlane(server.address(), ALICE);
    private final ControlPlane asBob = new ControlPlane(server.address(), BOB);

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void aDocumentArrivesByteForByteWithItsCallerAndKey() {
        JsonNode made = asAlice.submit(REMOVAL);
        assertThat(made.path("name").asText()).isEqualTo("shop");
        assertThat(made.path("state").asText()).isEqualTo("approval");
        String json = new String(REMOVAL.toJson(), StandardCharsets.UTF_8);
        assertThat(useCases.calls).containsExactly("submit alice " + PayloadType.DECOMMISSION + " " + Digests.sha256Hex(REMOVAL.toJson()) + " " + json);
        useCases.calls.clear();
        Envelope deployment = Envelope.sign(PayloadType.DEPLOYMENT, new byte[] {'{', '}'}, ALICE);
        asAlice.submit(deployment);
        assertThat(useCases.calls).singleElement().asString().startsWith("submit alice " + PayloadType.DEPLOYMENT + " ");
    }

    @Test
    void anApproverGetsTheSignedBytesAndSignsThem() {
        useCases.view = UseCases.view("shop", 2, "approval", REMOVAL.toJson());
        DeploymentVersion after = Approval.of(asBob, "shop", 2).give(asBob, BOB);
        assertThat(after.version()).isEqualTo(2);
        int length = REMOVAL.signatureBy(BOB).bytes().length;
        assertThat(useCases.calls).containsExactly("show shop 2", "approve bob shop 2 " + BOB.id().hex() + " " + length);
    }

    @Test
    void everyFieldOfAVersionIsRead() {
        Signature approval = REMOVAL.signatureBy(BOB);
        useCases.view = UseCases.full(REMOVAL.toJson(), approval);
        DeploymentVersion shown = asAlice.show("shop", 1);
        assertThat(shown.state()).isEqualTo("running");
        assertThat(shown.position()).containsExactly("Wait for receipts");
        assertThat(shown.openSeats()).isEqualTo("carol, dave");
        assertThat(shown.json().path("missing").path(0).asText()).isEqualTo("1 more of operations");
        assertThat(shown.envelope()).isEqualTo(REMOVAL);
        assertThat(shown.approvedEnvelope()).isEqualTo(REMOVAL.with(approval));
        JsonNode json = shown.json();
        assertThat(json.path("approvals").path(0).path("person").asText()).isEqualTo("bob");
        assertThat(json.path("rejections").path(0).toString()).isEqualTo("{\"person\":\"dave\",\"reason\":\"not today\",\"at\":\"2026-11-25T12:00:00Z\"}");
        assertThat(json.path("workloads").path(0).toString())
                .isEqualTo("{\"name\":\"web\",\"node\":\"compute-1\",\"state\":\"running\",\"address\":\"fd00::1\",\"message\":\"up\"}");
        assertThat(json.path("routes").path(0).toString()).isEqualTo("{\"name\":\"front\",\"node\":\"gateway-1\",\"host\":\"shop.example\",\"open\":true}");
        assertThat(json.path("receipts").path(0).toString())
                .isEqualTo("{\"node\":\"compute-1\",\"sequence\":4,\"outcome\":\"accepted\",\"reason\":\"\",\"message\":\"version 1\",\"at\":\"2026-11-25T12:00:00Z\"}");
        assertThat(json.path("timeline").path(0).toString()).isEqualTo("{\"at\":\"2026-11-25T12:00:00Z\",\"kind\":\"submitted\",\"actor\":\"alice\",\"detail\":\"first\"}");
        assertThat(json.path("quorum").asInt()).isEqualTo(2);
        assertThat(json.path("approvalDueAt").asText()).isEqualTo("2026-11-25T12:10:00Z");
    }

    @Test
    void whatIsNotKnownYetIsNull() {
        JsonNode json = asAlice.show("shop", 1).json();
        assertThat(json.path("quorum").isNull()).isTrue();
        assertThat(json.path("approvalDueAt").isNull()).isTrue();
    }

    @Test
    void aListGoesOnWhereThePageBeforeEnded() {
        assertThat(asAlice.list()).extracting(each -> each.path("name").asText()).containsExactly("blog", "shop");
        assertThat(useCases.calls).containsExactly("list '' 100", "list 'b/1 +' 100");
        assertThat(asAlice.newest("shop").path("submittedAt").asText()).isEqualTo("2026-11-25T12:00:00Z");
    }

    @Test
    void reasonsAreHandedOn() {
        assertThat(asBob.reject("shop", 1, "not today — \"no\"").path("name").asText()).isEqualTo("shop");
        asAlice.withdraw("shop", 1, "my mistake");
        assertThat(useCases.calls).containsExactly("reject bob shop 1 not today — \"no\"", "withdraw alice shop 1 my mistake");
    }

    @Test
    void aRepairMayNameANode() {
        asAlice.repair("shop", 1, Optional.empty());
        asAlice.repair("shop", 1, Optional.of("compute-1"));
        assertThat(useCases.calls).containsExactly("repair alice shop 1", "repair alice shop 1 compute-1");
    }

    @Test
    void logsImagesAndTheLedger() {
        assertThat(asAlice.logs("shop", "web")).isEqualTo("GET /index.html → 200\n");
        assertThat(asAlice.resolve(ImageReference.parse("demo/web:1.0")).toString()).isEqualTo("demo/web:1.0@sha256:" + "ab".repeat(32));
        JsonNode page = asAlice.ledger(41, 1);
        assertThat(page.path("items").path(0).path("index").asLong()).isEqualTo(41);
        assertThat(page.path("items").path(0).path("detail").asText()).isEqualTo("by 2 people");
        assertThat(page.path("next").asLong(-1)).isEqualTo(42);
        assertThat(useCases.calls).containsExactly("logs shop web", "resolve demo/web:1.0", "entries 41 1");
    }

    @Test
    void anAuditBundleArrivesAsItWasMade() {
        AuditBundle bundle = AuditBundle.parse(asAlice.audit("shop"));
        assertThat(bundle.name()).isEqualTo("shop");
        assertThat(bundle.entries()).singleElement().satisfies(entry -> assertThat(entry.index()).isEqualTo(3));
        assertThat(useCases.calls).containsExactly("audit shop");
    }

    @Test
    void aTrustRootIsHandedInAndShown() {
        Envelope next = Envelope.sign(PayloadType.TRUST_ROOT, new byte[] {'{', '}'}, BOB);
        assertThat(asBob.rotate(next).path("version").asLong()).isEqualTo(2);
        assertThat(asAlice.trustRoots()).extracting(each -> each.path("version").asLong()).containsExactly(1L, 2L);
        JsonNode current = asAlice.trustRoot();
        assertThat(current.path("nodes")).extracting(each -> each.path("node").asText() + " " + each.path("state").asText()).containsExactly("compute-1 in-force", "gateway-1 waiting");
        assertThat(useCases.calls).containsExactly("rotate bob " + new String(next.toJson(), StandardCharsets.UTF_8), "trust roots", "trust root");
    }

    @Test
    void healthNeedsNoSignatureAndEverythingElseDoes() {
        ControlPlane nobody = ControlPlane.anonymous(server.address());
        assertThat(nobody.health().path("ready").asBoolean()).isTrue();
        assertThatThrownBy(nobody::list).hasMessageContaining("every request must be signed");
        assertThatThrownBy(() -> new ControlPlane(server.address(), SigningKey.generate()).list()).hasMessageContaining("does not know");
        assertThat(useCases.calls).containsExactly("health");
    }

    @Test
    void everyFaultReachesThePersonOnce() {
        useCases.failure = new RefusedException(Kind.INVALID, "The document is not valid",
                List.of(new Fault("network.subnet", "overlaps the one of blog", "10.40.0.0/24"), new Fault("version", "must be 3", "1")));
        assertThatThrownBy(() -> asAlice.submit(REMOVAL))
                .isInstanceOfSatisfying(org.zosgrid.cli.client.RefusedException.class, refused -> {
                    assertThat(refused.status()).isEqualTo(422);
                    assertThat(refused.faults()).hasSize(2);
                })
                .message().isEqualToNormalizingNewlines("""
                        The document is not valid: 2 faults
                          network.subnet: overlaps the one of blog (is: 10.40.0.0/24)
                          version: must be 3 (is: 1)""");
        useCases.failure = new RefusedException(Kind.CONFLICT, "A person counts once", new Fault("person", "has approved it already", "bob"));
        assertThatThrownBy(() -> asBob.reject("shop", 1, "no")).message().isEqualToNormalizingNewlines("A person counts once\n  person: has approved it already (is: bob)");
    }

    @Test
    void aNameThatCannotBeOneIsNotFoundWhateverStandsInIt() {
        for (String name : List.of("ledger?x", "Shop", "a b", "ä", "a;b=c", "a%2Fb", "x".repeat(37))) {
            assertThatThrownBy(() -> asAlice.newest(name)).isInstanceOfSatisfying(org.zosgrid.cli.client.RefusedException.class,
                    refused -> assertThat(refused.status()).as(name).isEqualTo(404));
        }
        assertThat(useCases.calls).isEmpty();
    }
}
