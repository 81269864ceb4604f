package org.zosgrid.contract.admission;

import static org.assertj.core.api.Assertions.assertThat;
import static org.zosgrid.contract.People.LEDGER;
import static org.zosgrid.contract.People.NOW;
import static org.zosgrid.contract.People.document;
import static org.zosgrid.contract.People.key;
import static org.zosgrid.contract.People.keys;
import static org.zosgrid.contract.People.role;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.zosgrid.contract.People;
import org.zosgrid.contract.admission.Decision.Reason;
import org.zosgrid.contract.envelope.Envelope;
import org.zosgrid.contract.envelope.PayloadType;
import org.zosgrid.contract.envelope.Signature;
import org.zosgrid.contract.key.KeyId;
import org.zosgrid.contract.ledger.Checkpoint;
import org.zosgrid.contract.ledger.Consistency;
import org.zosgrid.contract.ledger.LedgerEntry;
import org.zosgrid.contract.ledger.LedgerKey;
import org.zosgrid.contract.ledger.MerkleTree;
import org.zosgrid.contract.ledger.SealedContract;
import org.zosgrid.contract.ledger.TlogProof;
import org.zosgrid.contract.ledger.Witness;
import org.zosgrid.contract.ledger.Witnesses;
import org.zosgrid.contract.policy.Policy;
import org.zosgrid.contract.trust.Role;
import org.zosgrid.contract.trust.TrustRoot;

/** A ledger that was truncated, forked or rewritten is found out by the next node that looks; trust roots come through the ledger as well. */
class LedgerDecisionTest {
    private static final TrustRoot ROOT = People.root(Policy.quorum("approver", 2));
    private static final Envelope APPROVED = Envelope.sign(PayloadType.DEPLOYMENT, document(1).toJson(), keys("alice bob carol"));
    private static final byte[] ENTRY = entry("sealed", APPROVED, "shop", 1);

    @Test
    void aCheckpointThatContinuesTheLastOneIsAccepted() {
        MerkleTree tree = tree(5);
        Checkpoint seen = at(tree, 5);
        long index = tree.append(ENTRY);
        assertThat(decide(SealedContract.of(APPROVED, ENTRY, index, tree, LEDGER, NOW, List.of(2L, 5L)), seen)).isInstanceOf(Decision.Accept.class);
    }

    @Test
    void theVeryCheckpointThatWasSeenNeedsNoProof() {
        MerkleTree tree = tree(5);
        long index = tree.append(ENTRY);
        assertThat(decide(SealedContract.of(APPROVED, ENTRY, index, tree, LEDGER, NOW, List.of()), at(tree, 6))).isInstanceOf(Decision.Accept.class);
    }

    @Test
    void withoutAProofFromWhereTheNodeStandsItAsksForOne() {
        MerkleTree tree = tree(5);
        Checkpoint seen = at(tree, 5);
        long index = tree.append(ENTRY);
        refused(SealedContract.of(APPROVED, ENTRY, index, tree, LEDGER, NOW, List.of(4L)), seen, Reason.CONSISTENCY_MISSING);
    }

    @Test
    void aForkThatIsShownToOneNodeOnlyIsRefusedByIt() {
        MerkleTree honest = tree(5);
        MerkleTree forked = tree(4);
        forked.append("another fifth entry".getBytes());
        long index = forked.append(ENTRY);
        // The best proof that the forger can make, and one with the right form from the honest tree.
        refused(SealedContract.of(APPROVED, ENTRY, index, forked, LEDGER, NOW, List.of(5L)), at(honest, 5), Reason.LEDGER_FORKED);
        honest.append(ENTRY);
        SealedContract whole = SealedContract.of(APPROVED, ENTRY, index, forked, LEDGER, NOW, List.of());
        refused(new SealedContract(whole.envelope(), whole.entry(), whole.proof(), List.of(Consistency.between(honest, 5, 6))), at(honest, 5), Reason.LEDGER_FORKED);
        refused(whole, at(honest, 6), Reason.LEDGER_FORKED);
    }

    @Test
    void aTruncatedLedgerIsRefused() {
        MerkleTree long_ = tree(9);
        MerkleTree truncated = tree(3);
        long index = truncated.append(ENTRY);
        refused(SealedContract.of(APPROVED, ENTRY, index, truncated, LEDGER, NOW, List.of()), at(long_, 9), Reason.LEDGER_TRUNCATED);
        SealedContract proved = SealedContract.of(APPROVED, ENTRY, index, truncated, LEDGER, NOW, List.of());
        refused(new SealedContract(proved.envelope(), proved.entry(), proved.proof(), List.of(Consistency.between(long_, 9, 4))), at(long_, 9), Reason.LEDGER_FORKED);
    }

    @Test
    void aSmallerCheckpointIsAcceptedWhereItIsProvedToBePartOfTheLargerOne() {
        MerkleTree tree = tree(3);
        long index = tree.append(ENTRY);
        SealedContract early = SealedContract.of(APPROVED, ENTRY, index, tree, LEDGER, NOW, List.of());
        tree.append("later".getBytes());
        tree.append("later still".getBytes());
        SealedContract proved = new SealedContract(early.envelope(), early.entry(), early.proof(), List.of(Consistency.between(tree, 6, 4)));
        assertThat(decide(SealedContract.parse(proved.toJson()), at(tree, 6))).isInstanceOf(Decision.Accept.class);
        refused(early, at(tree, 6), Reason.LEDGER_TRUNCATED);
    }

    @Test
    void aProofFromAnotherLedgerIsNone() {
        MerkleTree tree = tree(2);
        long index = tree.append(ENTRY);
        LedgerKey other = LedgerKey.generate("other.example");
        refused(new SealedContract(APPROVED.toJson(), ENTRY, TlogProof.of(tree, index, other, NOW).toText()), at(tree, 3), Reason.NOT_SEALED);
        refused(new SealedContract(APPROVED.toJson(), ENTRY, TlogProof.of(tree, index - 1, LEDGER, NOW).toText()), at(tree, 3), Reason.NOT_SEALED);
    }

    @Test
    void enoughWitnessesMustHaveCosignedWithBothKeys() {
        LedgerKey one = LedgerKey.generate("compute-1");
        LedgerKey two = LedgerKey.generate("gateway-1");
        TrustRoot root = People.root(1, NOW.plusSeconds(60), People.roles(), Policy.quorum("approver", 2),
                new Witnesses(2, new TreeMap<>(Map.of("compute-1", one.witnessVerifiers(), "gateway-1", two.witnessVerifiers()))));
        assertThat(TrustRoot.parse(root.toJson())).isEqualTo(root);
        MerkleTree tree = tree(2);
        TlogProof proof = TlogProof.of(tree, tree.append(ENTRY), LEDGER, NOW);
        String first = new Witness(one, LEDGER.verifiers(), Optional.empty()).cosign(proof.checkpoint(), List.of(), NOW).lines();
        String second = new Witness(two, LEDGER.verifiers(), Optional.empty()).cosign(proof.checkpoint(), List.of(), NOW).lines();
        assertThat(decide(root, witnessed(proof, first + second))).isInstanceOf(Decision.Accept.class);
        assertThat(decide(root, SealedContract.of(APPROVED, ENTRY, proof.index(), tree, proof.checkpoint() + first + second, List.of(1L)))).isInstanceOf(Decision.Accept.class);
        String[] lines = second.split("(?<=\n)");
        for (String missing : List.of("", first, first + first, first + lines[0], first + lines[1])) {
            assertThat(reason(decide(root, witnessed(proof, missing)))).isEqualTo(Reason.NOT_WITNESSED);
        }
        String stranger = new Witness(LedgerKey.generate("gateway-1"), LEDGER.verifiers(), Optional.empty()).cosign(proof.checkpoint(), List.of(), NOW).lines();
        assertThat(reason(decide(root, witnessed(proof, first + stranger)))).isEqualTo(Reason.NOT_WITNESSED);
    }

    @Test
    void aNewTrustRootComesThroughTheLedgerAndNeedsBothThresholds() {
        Map<String, Role> roles = People.roles();
        roles.put("root", role("2 carol erin frank"));
        TrustRoot next = People.root(2, NOW.plusSeconds(7200), roles, Policy.quorum("approver", 3), Witnesses.NONE);
        Envelope signed = Envelope.sign(PayloadType.TRUST_ROOT, next.toJson(), keys("bob carol erin"));
        Decision decision = decide(ROOT, rotation(signed, 2));
        assertThat(decision).isInstanceOf(Decision.AcceptTrustRoot.class);
        assertThat(((Decision.AcceptTrustRoot) decision).root()).isEqualTo(next);
        // It is also the way out of a root that has expired.
        assertThat(Admission.decide(rotation(signed, 2).toJson(), ROOT, view(ROOT.expires().plusSeconds(1), Optional.empty()))).isInstanceOf(Decision.AcceptTrustRoot.class);
        assertThat(reason(decide(ROOT, rotation(Envelope.sign(PayloadType.TRUST_ROOT, next.toJson(), keys("bob dave")), 2)))).isEqualTo(Reason.TRUST_ROOT_REFUSED);
        assertThat(reason(decide(ROOT, rotation(Envelope.sign(PayloadType.TRUST_ROOT, next.toJson(), keys("erin frank")), 2)))).isEqualTo(Reason.TRUST_ROOT_REFUSED);
        assertThat(reason(decide(next, rotation(signed, 2)))).isEqualTo(Reason.TRUST_ROOT_REFUSED);
        assertThat(reason(decide(ROOT, rotation(signed, 3)))).isEqualTo(Reason.NOT_SEALED);
    }

    @Test
    void whatWasApprovedUnderAnOldRootIsNotUnderTheNewOne() {
        Map<String, Role> roles = People.roles();
        roles.put("approver", role("1 alice bob dave"));
        TrustRoot next = People.root(2, NOW.plusSeconds(7200), roles, Policy.quorum("approver", 2), Witnesses.NONE);
        MerkleTree tree = tree(1);
        SealedContract contract = SealedContract.of(APPROVED, ENTRY, tree.append(ENTRY), tree, LEDGER, NOW, List.of());
        assertThat(decide(ROOT, contract)).isInstanceOf(Decision.Accept.class);
        assertThat(reason(decide(next, contract))).isEqualTo(Reason.QUORUM_NOT_REACHED);
    }

    @Test
    void halfASignatureUnknownKeysAndManyOfThemChangeNothing() {
        List<Signature> signatures = new ArrayList<>(APPROVED.signatures().subList(0, 2));
        byte[] carols = APPROVED.signatures().get(2).bytes();
        // Ed25519's half alone, and ML-DSA's alone: 64 bytes at the end, 3309 before them.
        signatures.add(new Signature(key("carol").id(), Arrays.copyOfRange(carols, carols.length - 64, carols.length)));
        refusedEnvelope(signatures, Reason.QUORUM_NOT_REACHED);
        signatures.set(2, new Signature(key("carol").id(), Arrays.copyOf(carols, carols.length - 64)));
        refusedEnvelope(signatures, Reason.QUORUM_NOT_REACHED);
        for (int i = 3; i < Envelope.MAX_SIGNATURES; i++) {
            signatures.add(new Signature(new KeyId(String.format("%064x", i)), carols));
        }
        refusedEnvelope(signatures, Reason.QUORUM_NOT_REACHED);
        signatures.add(new Signature(new KeyId("0".repeat(64)), carols));
        refusedEnvelope(signatures, Reason.UNREADABLE);
    }

    private void refusedEnvelope(List<Signature> signatures, Reason reason) {
        Envelope envelope = new Envelope(APPROVED.payloadType(), APPROVED.payload(), signatures);
        MerkleTree tree = tree(1);
        assertThat(reason(decide(ROOT, SealedContract.of(envelope, ENTRY, tree.append(ENTRY), tree, LEDGER, NOW, List.of())))).isEqualTo(reason);
    }

    private static SealedContract witnessed(TlogProof proof, String lines) {
        return new SealedContract(APPROVED.toJson(), ENTRY, proof.toText() + lines);
    }

    private static SealedContract rotation(Envelope root, long version) {
        byte[] entry = entry(LedgerEntry.ROOT_ROTATED, root, LedgerEntry.TRUST_ROOT, version);
        MerkleTree tree = tree(3);
        return SealedContract.of(root, entry, tree.append(entry), tree, LEDGER, NOW, List.of());
    }

    private static void refused(SealedContract contract, Checkpoint seen, Reason reason) {
        assertThat(reason(decide(contract, seen))).isEqualTo(reason);
    }

    private static Decision decide(SealedContract contract, Checkpoint seen) {
        return Admission.decide(contract.toJson(), ROOT, view(NOW, Optional.of(seen)));
    }

    private static Decision decide(TrustRoot root, SealedContract contract) {
        return Admission.decide(contract.toJson(), root, view(NOW, Optional.empty()));
    }

    private static NodeView view(Instant now, Optional<Checkpoint> seen) {
        return new NodeView("compute-1", now, name -> Optional.empty(), seen);
    }

    private static Reason reason(Decision decision) {
        assertThat(decision).isInstanceOf(Decision.Refuse.class);
        return ((Decision.Refuse) decision).reason();
    }

    private static byte[] entry(String kind, Envelope envelope, String name, long version) {
        return new LedgerEntry(kind, name, version, envelope.digest(), NOW, "").toJson();
    }

    private static Checkpoint at(MerkleTree tree, long size) {
        return new Checkpoint(LEDGER.origin(), size, tree.root(size));
    }

    private static MerkleTree tree(int size) {
        MerkleTree tree = new MerkleTree();
        for (int i = 0; i < size; i++) {
            tree.append(("entry " + i).getBytes());
        }
        return tree;
    }
}
