package org.zosgrid.contract.trust;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.zosgrid.contract.ContractException;
import org.zosgrid.contract.envelope.Envelope;
import org.zosgrid.contract.envelope.PayloadType;
import org.zosgrid.contract.key.SigningKey;
import org.zosgrid.contract.ledger.LedgerKey;
import org.zosgrid.contract.policy.Policy;

class TrustRootTest {
    private static final Instant NOW = Instant.parse("2026-11-23T12:00:00Z");
    private static final SigningKey BOB = SigningKey.generate();
    private static final SigningKey BOB_TOO = SigningKey.generate();
    private static final SigningKey CAROL = SigningKey.generate();
    private static final SigningKey NODE = SigningKey.generate();
    private static final TrustRoot ROOT = root();

    @Test
    void aRootSurvivesItsJson() {
        assertThat(TrustRoot.parse(ROOT.toJson())).isEqualTo(ROOT);
    }

    @Test
    void aThresholdCountsPeopleAndNotKeys() {
        assertThat(ROOT.reached(TrustRoot.ROOT, Set.of(BOB.id(), CAROL.id()))).isTrue();
        assertThat(ROOT.reached(TrustRoot.ROOT, Set.of(BOB.id(), BOB_TOO.id()))).isFalse();
        assertThat(ROOT.reached("nobody-defined-it", Set.of(BOB.id()))).isFalse();
    }

    @Test
    void itIsSignedByItsOwnRootRoleAndMustNotHaveExpired() {
        assertThat(TrustRoot.verify(signed(BOB, CAROL), NOW)).isEqualTo(ROOT);
        refused(() -> TrustRoot.verify(signed(BOB, BOB_TOO), NOW), "by 2 of the people who hold the role root");
        refused(() -> TrustRoot.verify(signed(BOB, SigningKey.generate()), NOW), "by 2 of the people");
        refused(() -> TrustRoot.verify(signed(BOB, CAROL), ROOT.expires()), "expires: lies in the past");
        refused(() -> TrustRoot.verify(Envelope.sign(PayloadType.RELEASE, ROOT.toJson(), BOB, CAROL), NOW), "payloadType");
    }

    @Test
    void noThresholdOrFloorIsZeroOrOutOfReach() {
        refused(() -> parse("\"threshold\":2", "\"threshold\":0"), "threshold: must lie between 1");
        refused(() -> parse("{\"approver\":2}", "{\"approver\":0}"), "approver: must be a whole number between 1");
        refused(() -> parse("{\"approver\":2}", "{\"approver\":3}"), "policy.every-change: is out of reach even if everybody approves");
        refused(() -> parse("{\"approver\":2}", "{\"aprover\":2}"), "asks for a group that does not exist");
        refused(() -> parse("{\"groups\":{\"approver\":2}}", "{}"), "policy: must have a rule that demands approvals");
        refused(() -> parse("\"threshold\":2", "\"threshold\":3"), "must not be above the number of people who hold the role, 2 (is: 3)");
        refused(() -> new Role(Set.of(), 0), "threshold: must be at least 1");
    }

    @Test
    void everyIdMustBeThatOfItsKeyAndEveryReferenceMustLeadSomewhere() {
        refused(() -> parse(CAROL.id().hex(), "0".repeat(64)), "is not the id of its public key");
        refused(() -> parse("\"nodes\":{\"compute-1\":{\"key\":\"" + NODE.id(), "\"nodes\":{\"compute-1\":{\"key\":\"" + "0".repeat(64)), "must be one of the root's keys");
        refused(() -> parse("\"compute\"", "\"kitchen\""), "must be among compute and gateway");
        refused(() -> parse("\"requester\":", "\"requestor\":"), "roles.requestor: is not a known role");
        refused(() -> parse("{\"version\":1", "{\"version\":1,\"colour\":\"red\""), "colour: is not a known field");
        refused(() -> parse("{\"version\":1", "{\"version\":1,\"version\":2"), "");
    }

    @Property(tries = 300)
    void aTruncatedRootIsRefused(@ForAll int length) {
        byte[] json = ROOT.toJson();
        refused(() -> TrustRoot.parse(java.util.Arrays.copyOf(json, Math.floorMod(length, json.length))), "");
    }

    @Property(tries = 300)
    void nonsenseIsRefused(@ForAll byte[] nonsense) {
        refused(() -> TrustRoot.parse(nonsense), "");
    }

    @Property(tries = 200)
    void addressesBelongToTheNodeWhoseKeyTheyComeFrom(@ForAll String deployment, @ForAll String machine) {
        assertThat(OverlayAddress.belongsTo(OverlayAddress.ofMachine(NODE.id(), deployment, machine), NODE.id())).isTrue();
        assertThat(OverlayAddress.belongsTo(OverlayAddress.ofMachine(NODE.id(), deployment, machine), BOB.id())).isFalse();
        assertThat(OverlayAddress.ofMachine(NODE.id(), deployment, machine)).isNotEqualTo(OverlayAddress.ofNode(NODE.id()));
        assertThat(OverlayAddress.ofNode(NODE.id()).getAddress()).startsWith(0xfd).endsWith(1);
        assertThat(OverlayAddress.prefixOf(NODE.id())).startsWith("fd").endsWith("/64");
    }

    private static TrustRoot parse(String good, String bad) {
        String json = new String(ROOT.toJson(), StandardCharsets.UTF_8);
        assertThat(json).contains(good);
        return TrustRoot.parse(json.replace(good, bad).getBytes(StandardCharsets.UTF_8));
    }

    private static void refused(org.assertj.core.api.ThrowableAssert.ThrowingCallable call, String message) {
        assertThatThrownBy(call).isInstanceOf(ContractException.class).hasMessageContaining(message);
    }

    private static Envelope signed(SigningKey... signers) {
        return Envelope.sign(PayloadType.TRUST_ROOT, ROOT.toJson(), signers);
    }

    private static TrustRoot root() {
        Role two = new Role(Set.of(BOB.id(), BOB_TOO.id(), CAROL.id()), 2);
        return new TrustRoot(1, NOW.plusSeconds(3600),
                Map.of(BOB.id(), new TrustedKey("bob", BOB.verificationKey()), BOB_TOO.id(), new TrustedKey("bob", BOB_TOO.verificationKey()),
                        CAROL.id(), new TrustedKey("carol", CAROL.verificationKey()), NODE.id(), new TrustedKey("compute-1", NODE.verificationKey())),
                Map.of("root", two, "requester", new Role(Set.of(BOB.id()), 1), "approver", two),
                Policy.quorum("approver", 2), Map.of("compute-1", new TrustedNode(NODE.id(), Set.of("compute"))), LedgerKey.generate("ledger.example").verifiers());
    }
}
