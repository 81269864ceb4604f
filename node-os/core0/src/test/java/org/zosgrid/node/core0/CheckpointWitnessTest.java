package org.zosgrid.node.core0;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.zosgrid.contract.key.SigningKey;
import org.zosgrid.contract.ledger.Checkpoint;
import org.zosgrid.contract.ledger.LedgerKey;
import org.zosgrid.contract.ledger.MerkleTree;
import org.zosgrid.contract.ledger.Witnesses;
import org.zosgrid.contract.policy.Policy;
import org.zosgrid.contract.trust.Role;
import org.zosgrid.contract.trust.TrustRoot;
import org.zosgrid.contract.trust.TrustedKey;
import org.zosgrid.contract.trust.TrustedNode;
import org.zosgrid.node.api.CheckpointRequest;
import org.zosgrid.node.api.Cosigning;
import org.zosgrid.node.api.NodeApiException;
import org.zosgrid.node.zdb.Mode;
import org.zosgrid.node.zdb.Namespace;
import org.zosgrid.node.zdb.ZdbConfig;
import org.zosgrid.node.zdb.ZdbServer;

/** A witness on a real store, across restarts: it goes back on nothing that it signed. */
class CheckpointWitnessTest {
    private static final LedgerKey LEDGER = LedgerKey.generate("ledger.example");
    private static final LedgerKey KEY = LedgerKey.generate("compute-1");
    private static final SigningKey NODE = SigningKey.generate();

    @TempDir
    Path directory;

    private final MerkleTree tree = new MerkleTree();
    private LedgerKey ledger = LEDGER;
    private Optional<Checkpoint> accepted = Optional.empty();
    private ZdbServer store;
    private CheckpointWitness witness;

    @BeforeEach
    void start() {
        store = ZdbServer.start(new ZdbConfig(directory.resolve("zdb"), List.of(), Optional.empty()));
        witness = new CheckpointWitness(KEY, log(), () -> root(ledger), () -> accepted);
    }

    @AfterEach
    void stop() {
        store.close();
    }

    @Test
    void itsLinesCountForANodeAndTheNextCheckpointContinuesTheLast() {
        grow(3);
        String note = note(tree);
        assertThat(cosigners(note, signed(note, 0, List.of()))).containsExactly("compute-1");
        grow(2);
        String next = note(tree);
        assertThat(cosigners(next, signed(next, 3, tree.consistencyProof(3)))).containsExactly("compute-1");
    }

    @Test
    void itSaysWhereItStandsAlsoAfterARestart() {
        grow(3);
        signed(note(tree), 0, List.of());
        grow(2);
        assertThat(witness.cosign(request(note(tree), 0, List.of()))).isEqualTo(new Cosigning.StandsAt(3));
        signed(note(tree), 3, tree.consistencyProof(3));
        restart();
        grow(1);
        assertThat(witness.cosign(request(note(tree), 3, tree.consistencyProof(3)))).isEqualTo(new Cosigning.StandsAt(5));
        signed(note(tree), 5, tree.consistencyProof(5));
    }

    @Test
    void aForkIsRefusedAlsoAfterARestart() {
        grow(3);
        signed(note(tree), 0, List.of());
        restart();
        MerkleTree fork = new MerkleTree();
        for (int i = 0; i < 3; i++) {
            fork.append(new byte[] {77, (byte) i});
        }
        refused(422, note(fork), 3, List.of(), "does not continue the one of size 3");
        fork.append(new byte[] {78});
        refused(422, note(fork), 3, fork.consistencyProof(3), "does not continue the one of size 3");
        grow(1);
        refused(422, note(tree), 3, List.of(), "does not continue the one of size 3");
        signed(note(tree), 3, tree.consistencyProof(3));
    }

    @Test
    void aSmallerSizeIsRefusedAlsoAfterARestart() {
        grow(3);
        String before = note(tree);
        grow(2);
        signed(note(tree), 0, List.of());
        assertThat(witness.cosign(request(before, 3, List.of()))).isEqualTo(new Cosigning.StandsAt(5));
        restart();
        refused(422, before, 5, tree.consistencyProof(3), "must not be below 5");
    }

    @Test
    void theSameOnceMoreIsSignedAgainAndKeptOnce() {
        grow(3);
        signed(note(tree), 0, List.of());
        signed(note(tree), 3, List.of());
        assertThat(log().size()).isEqualTo(1);
    }

    @Test
    void onlyTheLedgerOfTheTrustRootInForceIsWitnessed() {
        grow(3);
        LedgerKey stranger = LedgerKey.generate("ledger.example");
        refused(403, new Checkpoint("ledger.example", 3, tree.root()).sign(stranger, Instant.now()), 0, List.of(), "must be the ledger's Ed25519 and ML-DSA-44 signatures, both");
        refused(403, "nonsense", 0, List.of(), "must be a signed note");
        assertThat(log().size()).isZero();
        // Rotated keys under the same name: the history goes on.
        signed(note(tree), 0, List.of());
        ledger = stranger;
        refused(403, new Checkpoint("ledger.example", 3, tree.root()).sign(LEDGER, Instant.now()), 3, List.of(), "signatures");
        assertThat(witness.cosign(request(note(tree), 0, List.of()))).isEqualTo(new Cosigning.StandsAt(3));
        signed(note(tree), 3, List.of());
    }

    /** A node takes the rotation by the new key, while witnesses still go by the old one: both must be served by one note. */
    @Test
    void aNoteWithTheLinesOfTheOldAndTheNewLedgerKeyIsCosignedForBoth() {
        grow(3);
        LedgerKey next = LedgerKey.generate("ledger.example");
        String byNext = Checkpoint.of(tree, next).sign(next, Instant.now());
        String byBoth = byNext + note(tree).substring(note(tree).indexOf("\n\n") + 2);
        refused(403, byNext, 0, List.of(), "signatures");
        String lines = signed(byBoth, 0, List.of());
        assertThat(cosigners(byBoth, lines)).containsExactly("compute-1");
        ledger = next;
        assertThat(cosigners(byBoth, lines)).containsExactly("compute-1");
    }

    @Test
    void aLedgerOfAnotherNameBeginsAnewAndTheOldOneIsNotForgotten() {
        grow(3);
        signed(note(tree), 0, List.of());
        ledger = LedgerKey.generate("other.example");
        signed(note(tree), 0, List.of());
        ledger = LEDGER;
        restart();
        assertThat(witness.cosign(request(note(tree), 0, List.of()))).isEqualTo(new Cosigning.StandsAt(3));
    }

    @Test
    void aWitnessThatHasSignedNothingBeginsWithWhatItsNodeHasAccepted() {
        grow(3);
        accepted = Optional.of(Checkpoint.of(tree, LEDGER));
        MerkleTree fork = new MerkleTree();
        for (int i = 0; i < 4; i++) {
            fork.append(new byte[] {77});
        }
        assertThat(witness.cosign(request(note(fork), 0, List.of()))).isEqualTo(new Cosigning.StandsAt(3));
        refused(422, note(fork), 3, fork.consistencyProof(3), "does not continue the one of size 3");
        signed(note(tree), 3, List.of());
        // From then on it counts what was signed, on the disk like any other.
        accepted = Optional.empty();
        restart();
        assertThat(witness.cosign(request(note(fork), 0, List.of()))).isEqualTo(new Cosigning.StandsAt(3));
    }

    @Test
    void aWriteWhoseAnswerWasLostCountsAndMayBeRepeated() {
        grow(3);
        AtomicBoolean fails = new AtomicBoolean(true);
        log().onChange(() -> {
            if (fails.getAndSet(false)) {
                throw new IllegalStateException("the answer is lost");
            }
        });
        assertThatThrownBy(() -> signed(note(tree), 0, List.of())).hasMessage("the answer is lost");
        MerkleTree fork = new MerkleTree();
        fork.append(new byte[] {77});
        assertThat(witness.cosign(request(note(fork), 0, List.of()))).isEqualTo(new Cosigning.StandsAt(3));
        signed(note(tree), 3, List.of());
        restart();
        assertThat(witness.cosign(request(note(fork), 0, List.of()))).isEqualTo(new Cosigning.StandsAt(3));
    }

    @Test
    void aStateThatCannotBeReadStopsTheNode() {
        log().append("ledger.example\nfour\n".getBytes(StandardCharsets.UTF_8));
        assertThatThrownBy(this::restart).isInstanceOf(NodeException.class).hasMessageContaining("checkpoint 0 that this witness has signed cannot be read");
    }

    @Test
    void aStateThatGoesBackStopsTheNode() {
        grow(3);
        signed(note(tree), 0, List.of());
        log().append(new Checkpoint("ledger.example", 2, tree.root(2)).text().getBytes(StandardCharsets.UTF_8));
        assertThatThrownBy(this::restart).isInstanceOf(NodeException.class).hasMessageContaining("checkpoint 1").hasMessageContaining("goes back behind size 3");
    }

    @Test
    void aStateWithAGapStopsTheNode() {
        grow(1);
        signed(note(tree), 0, List.of());
        grow(1);
        signed(note(tree), 1, tree.consistencyProof(1));
        log().delete(new byte[8]);
        assertThatThrownBy(this::restart).isInstanceOf(NodeException.class).hasMessageContaining("must have no gaps");
    }

    private void restart() {
        store.close();
        start();
    }

    private Namespace log() {
        return store.store().createIfAbsent("cosigned", Mode.SEQUENTIAL);
    }

    private void grow(int entries) {
        for (int i = 0; i < entries; i++) {
            tree.append(new byte[] {(byte) tree.size()});
        }
    }

    private String note(MerkleTree of) {
        return new Checkpoint(ledger.origin(), of.size(), of.root()).sign(ledger, Instant.now());
    }

    private static CheckpointRequest request(String note, long size, List<byte[]> proof) {
        return new CheckpointRequest(note, size, proof);
    }

    private String signed(String note, long size, List<byte[]> proof) {
        return ((Cosigning.Signed) witness.cosign(request(note, size, proof))).lines();
    }

    private void refused(int status, String note, long size, List<byte[]> proof, String message) {
        assertThatThrownBy(() -> witness.cosign(request(note, size, proof)))
                .isInstanceOf(NodeApiException.class)
                .hasMessageContaining(message)
                .extracting(refused -> ((NodeApiException) refused).status())
                .isEqualTo(status);
    }

    private Set<String> cosigners(String note, String lines) {
        return new Witnesses(1, new TreeMap<>(Map.of("compute-1", KEY.witnessVerifiers()))).cosigners(note + lines, Checkpoint.verify(note, ledger.verifiers()));
    }

    private static TrustRoot root(LedgerKey ledger) {
        Role everything = new Role(Set.of(NODE.id()), 1);
        return new TrustRoot(1, Instant.now().plusSeconds(3600).truncatedTo(ChronoUnit.SECONDS), Map.of(NODE.id(), new TrustedKey("compute-1", NODE.verificationKey())),
                Map.of(TrustRoot.ROOT, everything, TrustRoot.REQUESTER, everything, TrustRoot.APPROVER, everything),
                Policy.quorum(TrustRoot.APPROVER, 1), Map.of("compute-1", new TrustedNode(NODE.id(), Set.of("compute"))), ledger.verifiers());
    }
}
