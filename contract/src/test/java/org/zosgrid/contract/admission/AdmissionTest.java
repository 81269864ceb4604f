package org.zosgrid.contract.admission;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.zosgrid.contract.ContractException;
import org.zosgrid.contract.admission.Decision.Reason;
import org.zosgrid.contract.document.ChangeDocument;
import org.zosgrid.contract.document.Decommission;
import org.zosgrid.contract.document.Pause;
import org.zosgrid.contract.document.Resume;
import org.zosgrid.contract.document.Deployment;
import org.zosgrid.contract.document.Withdrawal;
import org.zosgrid.contract.envelope.Envelope;
import org.zosgrid.contract.envelope.PayloadType;
import org.zosgrid.contract.envelope.Signature;
import org.zosgrid.contract.key.KeyId;
import org.zosgrid.contract.key.Signer;
import org.zosgrid.contract.key.SigningKey;
import org.zosgrid.contract.key.VerificationKey;
import org.zosgrid.contract.ledger.LedgerEntry;
import org.zosgrid.contract.ledger.LedgerKey;
import org.zosgrid.contract.ledger.MerkleTree;
import org.zosgrid.contract.ledger.SealedContract;
import org.zosgrid.contract.ledger.TlogProof;
import org.zosgrid.contract.policy.Policy;
import org.zosgrid.contract.trust.Role;
import org.zosgrid.contract.trust.TrustRoot;
import org.zosgrid.contract.trust.TrustedKey;
import org.zosgrid.contract.trust.TrustedNode;

/** What an attacker could try: each ends in the refusal that says why. */
class AdmissionTest {
    private static final Instant NOW = Instant.parse("2026-11-23T12:00:00Z");
    private static final String IMAGE = "demo/web:1.0@sha256:" + "a".repeat(64);
    private static final SigningKey ALICE = SigningKey.generate();
    private static final SigningKey BOB = SigningKey.generate();
    private static final SigningKey BOB_TOO = SigningKey.generate();
    private static final SigningKey CAROL = SigningKey.generate();
    private static final SigningKey NODE = SigningKey.generate();
    private static final LedgerKey LEDGER = LedgerKey.generate("ledger.example");
    private static final TrustRoot ROOT = root(2, NOW.plusSeconds(3600));

    private final Map<String, Accepted> accepted = new HashMap<>();

    @Test
    void twoApproversAreEnough() {
        Decision decision = decide(seal(signed(document(1), ALICE, BOB, CAROL)));
        assertThat(decision).isInstanceOf(Decision.Accept.class);
        assertThat(((Decision.Accept) decision).approvers()).containsExactly("bob", "carol");
    }

    @Test
    void oneApprovalIsNotEnough() {
        refused(seal(signed(document(1), ALICE, BOB)), Reason.QUORUM_NOT_REACHED);
    }

    @Test
    void twoKeysOfOnePersonAreOnePerson() {
        refused(seal(signed(document(1), ALICE, BOB, BOB_TOO)), Reason.QUORUM_NOT_REACHED);
    }

    @Test
    void aDuplicateSignatureCountsOnce() {
        Envelope once = signed(document(1), ALICE, BOB);
        List<Signature> twice = new ArrayList<>(once.signatures());
        twice.add(once.signatures().getLast());
        refused(seal(new Envelope(once.payloadType(), once.payload(), twice)), Reason.QUORUM_NOT_REACHED);
    }

    @Test
    void theRequesterNeverCountsEvenWithTheApproverRole() {
        refused(seal(signed(document(1), ALICE, CAROL)), Reason.QUORUM_NOT_REACHED);
    }

    @Test
    void aFloorAboveTheRolesThresholdCounts() {
        refused(seal(signed(document(1), ALICE, BOB, CAROL)), root(3, NOW.plusSeconds(3600)), Reason.QUORUM_NOT_REACHED);
    }

    @Test
    void withoutTheRequestersSignatureNothingCounts() {
        refused(seal(signed(document(1), BOB, CAROL)), Reason.REQUESTER_NOT_VERIFIED);
        refused(seal(signed(document(1), SigningKey.generate(), BOB, CAROL)), Reason.REQUESTER_NOT_VERIFIED);
    }

    @Test
    void oneByteChangedAfterTheApprovalBreaksEverySignature() {
        Envelope approved = signed(document(1), ALICE, BOB, CAROL);
        byte[] changed = approved.payload();
        changed[new String(changed, StandardCharsets.UTF_8).indexOf("64MiB")] = '9';
        refused(seal(new Envelope(approved.payloadType(), changed, approved.signatures())), Reason.REQUESTER_NOT_VERIFIED);
    }

    @Test
    void aSignatureOverAnotherKindOfDocumentDoesNotCount() {
        Envelope approved = signed(document(1), ALICE, BOB, CAROL);
        refused(seal(new Envelope(PayloadType.RECEIPT, approved.payload(), approved.signatures())), Reason.UNKNOWN_KIND);
    }

    @Test
    void halfOfACompositeSignatureIsNone() {
        Envelope approved = signed(document(1), ALICE, BOB, CAROL);
        for (int broken : new int[] {10, 3372}) {
            List<Signature> signatures = new ArrayList<>();
            for (Signature each : approved.signatures()) {
                byte[] bytes = each.bytes();
                bytes[broken] ^= (byte) (each.keyId().equals(CAROL.id()) ? 1 : 0);
                signatures.add(new Signature(each.keyId(), bytes));
            }
            refused(seal(new Envelope(approved.payloadType(), approved.payload(), signatures)), Reason.QUORUM_NOT_REACHED);
        }
    }

    /** There is one algorithm and no field to choose another: what signs with half of it, or with something else, signs nothing. */
    @Test
    void aSignatureOfAnotherAlgorithmDoesNotCount() throws GeneralSecurityException {
        Envelope approved = signed(document(1), ALICE, BOB);
        byte[] bytes = Envelope.preAuthenticationEncoding(approved.payloadType(), approved.payload());
        for (String algorithm : List.of("Ed25519", "ML-DSA-65", "ML-DSA-87")) {
            KeyPair other = KeyPairGenerator.getInstance(algorithm).generateKeyPair();
            java.security.Signature signer = java.security.Signature.getInstance(algorithm);
            signer.initSign(other.getPrivate());
            signer.update(bytes);
            refused(seal(approved.with(new Signature(CAROL.id(), signer.sign()))), Reason.QUORUM_NOT_REACHED);
            assertThatThrownBy(() -> VerificationKey.fromSpki(other.getPublic().getEncoded())).isInstanceOf(ContractException.class).hasMessageContaining("MLDSA65-Ed25519");
        }
        String named = new String(signed(document(1), ALICE, BOB, CAROL).toJson(), StandardCharsets.UTF_8).replaceFirst("\"keyid\"", "\"alg\":\"none\",\"keyid\"");
        assertThatThrownBy(() -> Envelope.parse(named.getBytes(StandardCharsets.UTF_8))).isInstanceOf(ContractException.class).hasMessageContaining("alg");
    }

    @Test
    void anApprovalForAnotherDeploymentDoesNotCount() {
        Envelope other = signed(document(2), ALICE, BOB, CAROL);
        Envelope mine = signed(document(1), ALICE);
        refused(seal(new Envelope(mine.payloadType(), mine.payload(), List.of(mine.signatures().getFirst(), other.signatures().get(1), other.signatures().get(2)))),
                Reason.QUORUM_NOT_REACHED);
    }

    @Test
    void anOldVersionIsAReplayAlsoAfterARemoval() {
        byte[] contract = seal(signed(document(1), ALICE, BOB, CAROL));
        accepted.put("shop", Accepted.of(document(1), "x"));
        refused(contract, Reason.REPLAYED);
        accepted.put("shop", Accepted.decommissioned(2, "x"));
        refused(contract, Reason.REPLAYED);
    }

    @Test
    void theVersionInForceComesOnceMoreOnlyWhereItHasDrifted() {
        Envelope approved = signed(document(1), ALICE, BOB, CAROL);
        byte[] contract = seal(approved);
        accepted.put("shop", Accepted.of(document(1), approved.digest()));
        refused(contract, Reason.REPLAYED);
        // Long after it could have been accepted for the first time.
        Instant later = NOW.plusSeconds(3_000);
        Decision decision = Admission.decide(contract, ROOT, drifted(later));
        assertThat(decision).isInstanceOf(Decision.AcceptRepair.class);
        assertThat(((Decision.AcceptRepair) decision).document()).isEqualTo(document(1));
    }

    @Test
    void aRepairIsOfTheSameBytesSealedAndRunning() {
        Envelope approved = signed(document(1), ALICE, BOB, CAROL);
        byte[] contract = seal(approved);
        accepted.put("shop", Accepted.of(document(1), "of another document"));
        assertThat(reason(Admission.decide(contract, ROOT, drifted(NOW)))).isEqualTo(Reason.REPLAYED);
        accepted.put("shop", Accepted.of(document(1), approved.digest()).withdrawn());
        assertThat(reason(Admission.decide(contract, ROOT, drifted(NOW)))).isEqualTo(Reason.REPLAYED);
        accepted.put("shop", Accepted.of(document(1), approved.digest()));
        byte[] byAnother = seal(approved, LedgerKey.generate("ledger.example"), "sealed", approved.digest());
        assertThat(reason(Admission.decide(byAnother, ROOT, drifted(NOW)))).isEqualTo(Reason.NOT_SEALED);
    }

    @Test
    void aVersionMustFollowDirectly() {
        accepted.put("shop", Accepted.of(document(1), "x"));
        refused(seal(signed(document(3), ALICE, BOB, CAROL)), Reason.VERSION_GAP);
        assertThat(decide(seal(signed(document(2), ALICE, BOB, CAROL)))).isInstanceOf(Decision.Accept.class);
    }

    @Test
    void anExpiredDocumentOrRootIsRefused() {
        byte[] contract = seal(signed(document(1), ALICE, BOB, CAROL));
        assertThat(reason(Admission.decide(contract, ROOT, view(NOW.plusSeconds(700))))).isEqualTo(Reason.EXPIRED);
        refused(contract, root(2, NOW.minusSeconds(1)), Reason.TRUST_ROOT_EXPIRED);
    }

    @Test
    void theProofMustBeOfThisLedgerAndThisContract() {
        Envelope approved = signed(document(1), ALICE, BOB, CAROL);
        refused(seal(approved, LedgerKey.generate("ledger.example"), "sealed", approved.digest()), Reason.NOT_SEALED);
        refused(seal(approved, LedgerKey.generate("other.example"), "sealed", approved.digest()), Reason.NOT_SEALED);
        refused(seal(approved, LEDGER, "approved", approved.digest()), Reason.NOT_SEALED);
        refused(seal(approved, LEDGER, "sealed", "0".repeat(64)), Reason.NOT_SEALED);
        refused(new SealedContract(approved.toJson(), new byte[0], "").toJson(), Reason.NOT_SEALED);
    }

    @Test
    void aCheckpointWithOneOfItsTwoSignaturesIsNone() {
        Envelope approved = signed(document(1), ALICE, BOB, CAROL);
        SealedContract whole = SealedContract.parse(seal(approved));
        List<String> lines = whole.proof().lines().toList();
        for (int missing = lines.size() - 2; missing < lines.size(); missing++) {
            List<String> fewer = new ArrayList<>(lines);
            fewer.remove(missing);
            refused(new SealedContract(whole.envelope(), whole.entry(), String.join("\n", fewer) + "\n").toJson(), Reason.NOT_SEALED);
        }
    }

    @Test
    void anImageMustBePinned() {
        Deployment loose = Deployment.fromYaml(yaml(1).replace("@sha256:" + "a".repeat(64), ""));
        refused(seal(Envelope.sign(PayloadType.DEPLOYMENT, loose.toJson(), ALICE, BOB, CAROL)), Reason.IMAGE_NOT_PINNED);
    }

    @Test
    void nodesMustBeKnownAndMeant() {
        Envelope approved = signed(document(1), ALICE, BOB, CAROL);
        assertThat(reason(Admission.decide(seal(approved), ROOT, new NodeView("other-1", NOW, name -> Optional.empty(), Optional.empty())))).isEqualTo(Reason.NOT_FOR_THIS_NODE);
        Deployment unknown = Deployment.fromYaml(yaml(1).replace("compute-1", "compute-9"));
        refused(seal(Envelope.sign(PayloadType.DEPLOYMENT, unknown.toJson(), ALICE, BOB, CAROL)), Reason.UNKNOWN_NODE);
    }

    @Test
    void aRemovalNeedsTheQuorumAndSomethingToRemove() {
        Decommission removal = new Decommission("shop", 2, "alice", NOW, NOW.plusSeconds(600), "over");
        byte[] approved = seal(Envelope.sign(PayloadType.DECOMMISSION, removal.toJson(), ALICE, BOB, CAROL), LEDGER, "shop", 2);
        refused(approved, Reason.NOTHING_TO_REMOVE);
        accepted.put("shop", Accepted.of(document(1), "x"));
        assertThat(decide(approved)).isInstanceOf(Decision.Accept.class);
        refused(seal(Envelope.sign(PayloadType.DECOMMISSION, removal.toJson(), ALICE), LEDGER, "shop", 2), Reason.QUORUM_NOT_REACHED);
    }

    @Test
    void whatANodeHasNoRoomForIsRefused() {
        byte[] approved = seal(signed(document(1), ALICE, BOB, CAROL));
        Decision decision = Admission.decide(approved, ROOT, new NodeView("compute-1", NOW, name -> Optional.empty(), name -> new Resources(400, 1), name -> false, Optional.empty()));
        assertThat(reason(decision)).isEqualTo(Reason.NO_CAPACITY);
        assertThat(((Decision.Refuse) decision).message()).contains("processors: 0.50 are asked for, 0.40 are free; memory: 64 MiB are asked for, 0 MiB are free");
        NodeView exactly = new NodeView("compute-1", NOW, name -> Optional.empty(), name -> new Resources(500, 64 << 20), name -> false, Optional.empty());
        assertThat(Admission.decide(approved, ROOT, exactly)).isInstanceOf(Decision.Accept.class);
    }

    @Test
    void aPauseNeedsTheQuorumAndSomethingThatRuns() {
        byte[] approved = seal(signed(new Pause("shop", 2, "alice", NOW, NOW.plusSeconds(600), "audit"), ALICE, BOB, CAROL));
        refused(approved, Reason.NOT_RUNNING);
        accepted.put("shop", Accepted.of(document(1), "x"));
        refused(seal(signed(new Pause("shop", 2, "alice", NOW, NOW.plusSeconds(600), "audit"), ALICE, BOB)), Reason.QUORUM_NOT_REACHED);
        assertThat(decide(approved)).isInstanceOf(Decision.Accept.class);
        accepted.put("shop", Accepted.of(document(1), "x").paused(2, "y"));
        refused(seal(signed(new Pause("shop", 3, "alice", NOW, NOW.plusSeconds(600), "again"), ALICE, BOB, CAROL)), Reason.NOT_RUNNING);
    }

    @Test
    void onlyWhatStandsStillIsResumedAndAWithdrawalOfThatMakesItStandStill() {
        byte[] approved = seal(signed(new Resume("shop", 3, "alice", NOW, NOW.plusSeconds(600), "audited"), ALICE, BOB, CAROL));
        accepted.put("shop", new Accepted(2, "x", Accepted.State.RUNNING, Optional.of(document(1))));
        refused(approved, Reason.NOT_PAUSED);
        Accepted paused = Accepted.of(document(1), "x").paused(2, "y");
        accepted.put("shop", paused);
        assertThat(decide(approved)).isInstanceOf(Decision.Accept.class);
        assertThat(paused.resumed(3, "z").withdrawn()).isEqualTo(new Accepted(3, "z", Accepted.State.PAUSED, Optional.of(document(1))));
    }

    @Test
    void aNodeOnWhichNothingIsLeftMayHaveMissedVersions() {
        accepted.put("shop", Accepted.of(document(1), "x"));
        refused(seal(signed(document(4), ALICE, BOB, CAROL)), Reason.VERSION_GAP);
        accepted.put("shop", Accepted.decommissioned(2, "x"));
        assertThat(decide(seal(signed(document(4), ALICE, BOB, CAROL)))).isInstanceOf(Decision.Accept.class);
        refused(seal(signed(document(2), ALICE, BOB, CAROL)), Reason.REPLAYED);
    }

    @Test
    void aWithdrawalStopsTheRunningVersionAndNothingElse() {
        Envelope envelope = Envelope.sign(PayloadType.WITHDRAWAL, new Withdrawal("shop", 1, "failed elsewhere", NOW).toJson());
        byte[] contract = seal(envelope, LEDGER, "withdrawn", envelope.digest());
        refused(contract, Reason.NOTHING_TO_REMOVE);
        accepted.put("shop", Accepted.of(document(1), "x"));
        assertThat(decide(contract)).isInstanceOf(Decision.AcceptWithdrawal.class);
        refused(seal(envelope, LedgerKey.generate("ledger.example"), "withdrawn", envelope.digest()), Reason.NOT_SEALED);
    }

    @Test
    void aThousandSignaturesAreRefusedBeforeAnyIsVerified() {
        Envelope one = signed(document(1), ALICE);
        List<Signature> many = new ArrayList<>();
        for (int i = 0; i < 1000; i++) {
            many.add(new Signature(new KeyId(String.format("%064x", i)), one.signatures().getFirst().bytes()));
        }
        refused(seal(new Envelope(one.payloadType(), one.payload(), many)), Reason.UNREADABLE);
    }

    @Property(tries = 300)
    void whateverComesIsAnswered(@ForAll byte[] nonsense) {
        assertThat(reason(Admission.decide(nonsense, ROOT, view(NOW)))).isEqualTo(Reason.UNREADABLE);
    }

    @Property(tries = 100)
    void aChangedByteAnywhereIsNeverAccepted(@ForAll int place, @ForAll byte change) {
        byte[] contract = Sealed.CONTRACT.clone();
        int at = Math.floorMod(place, contract.length);
        contract[at] ^= change == 0 ? 1 : change;
        Decision decision = Admission.decide(contract, ROOT, view(NOW));
        // A bit that base64 does not use may change nothing; then it must be the very same document.
        if (decision instanceof Decision.Accept accept) {
            assertThat(accept.document()).isEqualTo(document(1));
        }
    }

    /** Made once: signing is slow in a property. */
    private static final class Sealed {
        static final byte[] CONTRACT = seal(signed(document(1), ALICE, BOB, CAROL));
    }

    private Decision decide(byte[] contract) {
        return Admission.decide(contract, ROOT, view(NOW));
    }

    private NodeView view(Instant now) {
        return new NodeView("compute-1", now, name -> Optional.ofNullable(accepted.get(name)), Optional.empty());
    }

    private NodeView drifted(Instant now) {
        return new NodeView("compute-1", now, name -> Optional.ofNullable(accepted.get(name)), name -> Resources.UNLIMITED, name -> true, Optional.empty());
    }

    private void refused(byte[] contract, Reason reason) {
        refused(contract, ROOT, reason);
    }

    private void refused(byte[] contract, TrustRoot root, Reason reason) {
        assertThat(reason(Admission.decide(contract, root, view(NOW)))).isEqualTo(reason);
    }

    private static Reason reason(Decision decision) {
        assertThat(decision).isInstanceOf(Decision.Refuse.class);
        return ((Decision.Refuse) decision).reason();
    }

    private static Envelope signed(ChangeDocument document, Signer... signers) {
        return Envelope.sign(document.payloadType(), document.toJson(), signers);
    }

    private static byte[] seal(Envelope envelope) {
        return seal(envelope, LEDGER, "sealed", envelope.digest());
    }

    private static byte[] seal(Envelope envelope, LedgerKey key, String name, long version) {
        return seal(envelope, key, new LedgerEntry("sealed", name, version, envelope.digest(), NOW, ""));
    }

    private static byte[] seal(Envelope envelope, LedgerKey key, String kind, String digest) {
        long version = new String(envelope.payload(), StandardCharsets.UTF_8).replaceAll("(?s).*\"version\":([0-9]+).*", "$1").length() == 1
                ? Long.parseLong(new String(envelope.payload(), StandardCharsets.UTF_8).replaceAll("(?s).*\"version\":([0-9]+).*", "$1"))
                : 1;
        return seal(envelope, key, new LedgerEntry(kind, "shop", version, digest, NOW, ""));
    }

    private static byte[] seal(Envelope envelope, LedgerKey key, LedgerEntry entry) {
        MerkleTree tree = new MerkleTree();
        tree.append(new byte[] {1});
        long index = tree.append(entry.toJson());
        tree.append(new byte[] {2});
        return new SealedContract(envelope.toJson(), entry.toJson(), TlogProof.of(tree, index, key, NOW).toText()).toJson();
    }

    private static Deployment document(long version) {
        return Deployment.fromYaml(yaml(version));
    }

    private static String yaml(long version) {
        return """
                name: shop
                version: %d
                requester: alice
                environment: production
                created: 2026-11-23T12:00:00Z
                expires: 2026-11-23T12:10:00Z
                network: {name: shop-net, subnet: 10.40.0.0/24}
                machines:
                  - {name: web, node: compute-1, image: "%s", cpuMillis: 500, memory: 64MiB, ports: [8080]}
                """.formatted(version, IMAGE);
    }

    private static TrustRoot root(int floor, Instant expires) {
        Map<KeyId, TrustedKey> keys = new HashMap<>();
        Map.of("alice", ALICE, "bob", BOB, "carol", CAROL, "compute-1", NODE).forEach((name, key) -> keys.put(key.id(), new TrustedKey(name, key.verificationKey())));
        keys.put(BOB_TOO.id(), new TrustedKey("bob", BOB_TOO.verificationKey()));
        Role approver = new Role(Set.of(ALICE.id(), BOB.id(), BOB_TOO.id(), CAROL.id()), 2);
        return new TrustRoot(1, expires, keys,
                Map.of("root", approver, "requester", new Role(Set.of(ALICE.id()), 1), "approver", approver, "node", new Role(Set.of(NODE.id()), 1)),
                Policy.quorum("approver", floor), Map.of("compute-1", new TrustedNode(NODE.id(), Set.of("compute"))), LEDGER.verifiers());
    }
}
