package org.zosgrid.contract.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.zosgrid.contract.ContractException;

class MerkleTreeTest {
    private static final LedgerKey KEY = LedgerKey.generate("ledger.example");

    /** The test vectors that Certificate Transparency implementations share. */
    @Test
    void rootsAreThoseOfRfc6962() {
        MerkleTree tree = new MerkleTree();
        assertThat(HexFormat.of().formatHex(tree.root())).isEqualTo("e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
        tree.append(new byte[0]);
        assertThat(HexFormat.of().formatHex(tree.root())).isEqualTo("6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d");
        tree.append(new byte[] {0});
        assertThat(HexFormat.of().formatHex(tree.root())).isEqualTo("fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125");
    }

    @Property(tries = 300)
    void everyEntryHasAProofAndNoOtherFits(@ForAll @IntRange(min = 1, max = 70) int size, @ForAll @IntRange(min = 0, max = 69) int place, @ForAll @IntRange(min = 0, max = 255) int bit) {
        MerkleTree tree = tree(size);
        int index = place % size;
        List<byte[]> path = tree.inclusionProof(index);
        byte[] leaf = MerkleTree.leafHash(entry(index));
        assertThat(MerkleTree.verifyInclusion(leaf, index, size, path, tree.root())).isTrue();
        assertThat(MerkleTree.verifyInclusion(MerkleTree.leafHash(entry(index + 1)), index, size, path, tree.root())).isFalse();
        assertThat(MerkleTree.verifyInclusion(leaf, size, size, path, tree.root())).isFalse();
        if (!path.isEmpty()) {
            path.get(bit % path.size())[bit / 8] ^= (byte) (1 << bit % 8);
            assertThat(MerkleTree.verifyInclusion(leaf, index, size, path, tree.root())).isFalse();
        }
    }

    @Property(tries = 300)
    void aTreeIsConsistentWithItsOwnPastOnly(@ForAll @IntRange(min = 1, max = 70) int newSize, @ForAll @IntRange(min = 1, max = 70) int past) {
        int oldSize = 1 + (past - 1) % newSize;
        MerkleTree now = tree(newSize);
        List<byte[]> proof = now.consistencyProof(oldSize);
        assertThat(MerkleTree.verifyConsistency(oldSize, tree(oldSize).root(), newSize, now.root(), proof)).isTrue();
        MerkleTree forked = tree(oldSize - 1);
        forked.append("forged".getBytes(StandardCharsets.UTF_8));
        assertThat(MerkleTree.verifyConsistency(oldSize, forked.root(), newSize, now.root(), proof)).isFalse();
    }

    @Property(tries = 50)
    void aProofSurvivesItsTextAndVerifies(@ForAll @IntRange(min = 1, max = 40) int size, @ForAll @IntRange(min = 0, max = 39) int place) {
        MerkleTree tree = tree(size);
        int index = place % size;
        TlogProof proof = TlogProof.parse(TlogProof.of(tree, index, KEY, Instant.now()).toText());
        assertThat(proof.verify(entry(index), KEY.verifiers()).size()).isEqualTo(size);
        assertThatThrownBy(() -> proof.verify(entry(index + 1), KEY.verifiers())).isInstanceOf(ContractException.class);
    }

    @Property(tries = 200)
    void aCheckpointWithAChangedCharacterIsRefused(@ForAll int place, @ForAll @IntRange(min = 1, max = 127) int change) {
        String note = Notes.SIGNED;
        int at = Math.floorMod(place, note.length());
        char other = (char) (note.charAt(at) ^ change);
        String changed = note.substring(0, at) + other + note.substring(at + 1);
        try {
            // Base64 has bits without meaning; then it is still the same checkpoint.
            assertThat(Checkpoint.verify(changed, KEY.verifiers())).isEqualTo(Checkpoint.verify(note, KEY.verifiers()));
        } catch (ContractException refused) {
            assertThat(refused.faults()).isNotEmpty();
        }
    }

    @Property(tries = 300)
    void nonsenseIsRefusedWithAReason(@ForAll String nonsense) {
        assertThatThrownBy(() -> TlogProof.parse(nonsense)).isInstanceOf(ContractException.class);
        assertThatThrownBy(() -> Checkpoint.verify(nonsense, KEY.verifiers())).isInstanceOf(ContractException.class);
    }

    private static final class Notes {
        static final String SIGNED = new Checkpoint("ledger.example", 3, tree(3).root()).sign(KEY, Instant.now());
    }

    private static MerkleTree tree(int size) {
        MerkleTree tree = new MerkleTree();
        for (int i = 0; i < size; i++) {
            tree.append(entry(i));
        }
        return tree;
    }

    private static byte[] entry(int number) {
        return ("entry " + number).getBytes(StandardCharsets.UTF_8);
    }
}
