package org.zosgrid.contract.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.zosgrid.contract.ContractException;

class WitnessTest {
    private static final Instant NOW = Instant.parse("2026-11-23T12:00:00Z");
    private static final LedgerKey LEDGER = LedgerKey.generate("ledger.example");
    private static final LedgerKey WITNESS = LedgerKey.generate("witness.example");
    private static final Witnesses KNOWN = new Witnesses(1, new TreeMap<>(Map.of("witness.example", WITNESS.witnessVerifiers())));

    @Test
    void itSignsWhatContinuesWhatItSignedLast() {
        MerkleTree tree = tree(3);
        Witness.Cosigned first = fresh().cosign(note(tree, 3), List.of(), NOW);
        tree.append(new byte[] {9});
        tree.append(new byte[] {10});
        Witness.Cosigned second = first.next().cosign(note(tree, 5), tree.consistencyProof(3), NOW);
        assertThat(second.next().last().orElseThrow().size()).isEqualTo(5);
        assertThat(KNOWN.cosigners(note(tree, 5) + second.lines(), Checkpoint.verify(note(tree, 5), LEDGER.verifiers()))).isEqualTo(Set.of("witness.example"));
        // The same once more is harmless: it may have been lost on the way.
        assertThat(second.next().cosign(note(tree, 5), List.of(), NOW).next()).isEqualTo(second.next());
    }

    @Test
    void itNeverGoesBackAndNeverSignsAFork() {
        MerkleTree tree = tree(5);
        Witness after = fresh().cosign(note(tree, 5), List.of(), NOW).next();
        refused(() -> after.cosign(note(tree, 4), List.of(), NOW), "must not be below 5");
        MerkleTree fork = tree(4);
        fork.append(new byte[] {77});
        refused(() -> after.cosign(note(fork, 5), List.of(), NOW), "does not continue the one of size 5");
        fork.append(new byte[] {78});
        refused(() -> after.cosign(note(fork, 6), fork.consistencyProof(5), NOW), "does not continue");
        tree.append(new byte[] {6});
        refused(() -> after.cosign(note(tree, 6), List.of(), NOW), "does not continue");
        assertThat(after.cosign(note(tree, 6), tree.consistencyProof(5), NOW).next().last().orElseThrow().size()).isEqualTo(6);
    }

    @Test
    void itSignsOnlyWhatItsLedgerSigned() {
        MerkleTree tree = tree(2);
        String other = new Checkpoint("ledger.example", 2, tree.root()).sign(LedgerKey.generate("ledger.example"), NOW);
        refused(() -> fresh().cosign(other, List.of(), NOW), "Ed25519 and ML-DSA-44 signatures, both");
        assertThat(KNOWN.cosigners(note(tree, 2), Checkpoint.verify(note(tree, 2), LEDGER.verifiers()))).isEmpty();
    }

    @Test
    void itsLinesAreThoseOfTlogCosignature() {
        String note = note(tree(2), 2);
        String[] lines = fresh().cosign(note, List.of(), NOW).lines().split("\n");
        byte[] curve = Base64.getDecoder().decode(lines[0].split(" ")[2]);
        assertThat(lines[0]).startsWith("— witness.example ");
        assertThat(curve).hasSize(4 + 8 + 64);
        assertThat(ByteBuffer.wrap(curve, 4, 8).getLong()).isEqualTo(NOW.getEpochSecond());
        String text = note.substring(0, note.indexOf("\n\n") + 1);
        byte[] message = ("cosignature/v1\ntime " + NOW.getEpochSecond() + "\n" + text).getBytes(StandardCharsets.UTF_8);
        assertThat(NoteKeys.verifyEd25519(WITNESS.witnessVerifiers().ed25519Key(), message, java.util.Arrays.copyOfRange(curve, 12, 76))).isTrue();
        assertThat(Base64.getDecoder().decode(lines[1].split(" ")[2])).hasSize(4 + 8 + 2420);
    }

    @Test
    void aLedgersOwnKeysAreNotAWitnesssKeys() {
        String note = note(tree(2), 2);
        Witnesses asWitness = new Witnesses(1, new TreeMap<>(Map.of("ledger.example", LEDGER.witnessVerifiers())));
        assertThat(asWitness.cosigners(note, Checkpoint.verify(note, LEDGER.verifiers()))).isEmpty();
        refused(() -> new WitnessKeys(LEDGER.verifiers().ed25519(), LEDGER.verifiers().mldsa44()), "type, length or id is wrong");
        refused(() -> new Witnesses(1, new TreeMap<>(Map.of("other.example", WITNESS.witnessVerifiers()))), "must carry the witness's name");
        refused(() -> new Witnesses(2, new TreeMap<>(Map.of("witness.example", WITNESS.witnessVerifiers()))), "must lie between 0 and the number of witnesses, 1");
    }

    /** The tree that keeps subtrees against RFC 6962's definition, and every pair of its sizes. */
    @Property(tries = 200)
    void everySizeOfATreeHasTheRootAndProofsOfItsDefinition(@ForAll @IntRange(min = 1, max = 140) int size, @ForAll @IntRange(min = 1, max = 140) int a, @ForAll @IntRange(min = 1, max = 140) int b) {
        MerkleTree tree = tree(size);
        int older = 1 + Math.min(a, b) % size;
        int newer = older + Math.max(a, b) % (size - older + 1);
        assertThat(tree.root(older)).isEqualTo(definition(0, older));
        assertThat(tree.root(newer)).isEqualTo(definition(0, newer));
        Checkpoint small = new Checkpoint("ledger.example", older, tree.root(older));
        Checkpoint large = new Checkpoint("ledger.example", newer, tree.root(newer));
        Consistency proof = Consistency.between(tree, older, newer);
        assertThat(small.isConsistentWith(large, proof.hashes())).isTrue();
        assertThat(large.isConsistentWith(small, proof.hashes())).isTrue();
        assertThat(large.isConsistentWith(new Checkpoint("ledger.example", older, new byte[32]), proof.hashes())).isFalse();
        assertThat(MerkleTree.verifyInclusion(MerkleTree.leafHash(leaf(older - 1)), older - 1, newer, tree.inclusionProof(older - 1, newer), tree.root(newer))).isTrue();
    }

    private static byte[] definition(int from, int to) {
        if (to - from == 1) {
            return MerkleTree.leafHash(leaf(from));
        }
        int split = 1;
        while (split * 2 < to - from) {
            split *= 2;
        }
        return MerkleTree.nodeHash(definition(from, from + split), definition(from + split, to));
    }

    private static Witness fresh() {
        return new Witness(WITNESS, LEDGER.verifiers(), Optional.empty());
    }

    private static String note(MerkleTree tree, long size) {
        return new Checkpoint("ledger.example", size, tree.root(size)).sign(LEDGER, NOW);
    }

    private static MerkleTree tree(int size) {
        MerkleTree tree = new MerkleTree();
        for (int i = 0; i < size; i++) {
            tree.append(leaf(i));
        }
        return tree;
    }

    private static byte[] leaf(int number) {
        return ByteBuffer.allocate(4).putInt(number).array();
    }

    private static void refused(org.assertj.core.api.ThrowableAssert.ThrowingCallable call, String message) {
        assertThatThrownBy(call).isInstanceOf(ContractException.class).hasMessageContaining(message);
    }
}
