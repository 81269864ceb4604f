package org.zosgrid.workloads.step;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import jakarta.resource.ResourceException;
import jakarta.resource.spi.CommException;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.zosgrid.bpmn.UnavailableException;
import org.zosgrid.connector.network.Cosignature;
import org.zosgrid.connector.network.NetworkConnection;
import org.zosgrid.connector.network.NodeRefusedException;
import org.zosgrid.connector.network.NodeReport;
import org.zosgrid.connector.network.Route;
import org.zosgrid.connector.network.Shown;
import org.zosgrid.connector.network.Usage;
import org.zosgrid.contract.ContractException;
import org.zosgrid.contract.ledger.Checkpoint;
import org.zosgrid.contract.ledger.LedgerKey;
import org.zosgrid.contract.ledger.MerkleTree;
import org.zosgrid.contract.ledger.Witness;
import org.zosgrid.contract.ledger.Witnesses;

/** True witnesses behind a network that is made up. */
class CosignersTest {
    private static final LedgerKey LEDGER = LedgerKey.generate("ledger.example");
    private static final Map<String, LedgerKey> KEYS = new TreeMap<>();

    static {
        for (String name : List.of("compute-1", "compute-2", "gateway-1")) {
            KEYS.put(name, LedgerKey.generate(name));
        }
    }

    private final MerkleTree tree = new MerkleTree();
    private final Network network = new Network();
    private final Cosigners cosigners = new Cosigners();

    @Test
    void enoughSignAndNoMoreAreAsked() {
        grow(5);
        assertThat(cosigned(2)).containsExactly("compute-1", "compute-2");
        assertThat(network.asked).containsExactly("compute-1 from 0", "compute-2 from 0");
    }

    @Test
    void whereAWitnessStandsIsRemembered() {
        grow(3);
        cosigned(1);
        grow(4);
        assertThat(cosigned(1)).containsExactly("compute-1");
        assertThat(cosigned(1)).containsExactly("compute-1");
        assertThat(network.asked).containsExactly("compute-1 from 0", "compute-1 from 3", "compute-1 from 7");
    }

    @Test
    void aWitnessThatStandsElsewhereIsAskedAgainFromThere() {
        grow(3);
        cosigned(1);
        grow(4);
        Cosigners afterARestart = new Cosigners();
        assertThat(cosigned(afterARestart, 1)).containsExactly("compute-1");
        assertThat(network.asked).containsExactly("compute-1 from 0", "compute-1 from 0", "compute-1 from 3");
    }

    @Test
    void anotherSignsForOneThatIsAwayWhichIsThenAskedLast() {
        grow(3);
        network.away.add("compute-1");
        assertThat(cosigned(1)).containsExactly("compute-2");
        assertThat(cosigned(1)).containsExactly("compute-2");
        assertThat(network.asked).containsExactly("compute-1 from 0", "compute-2 from 0", "compute-2 from 3");
        network.away.clear();
        assertThat(cosigned(3)).hasSize(3);
    }

    @Test
    void tooFewAreNamedWithTheirReasons() {
        grow(3);
        network.away.add("compute-1");
        MerkleTree fork = new MerkleTree();
        fork.append(new byte[] {9});
        network.witness("compute-2", fork);
        assertThatThrownBy(() -> cosigned(2))
                .isInstanceOf(UnavailableException.class)
                .hasMessageContainingAll("size 3 needs the signatures of 2 witnesses and has 1", "compute-1 did not sign: compute-1 cannot be asked",
                        "compute-2 did not sign: ", "does not continue the one of size 1");
    }

    @Test
    void aWitnessThatHasSignedALargerCheckpointSignsOnlyOneAsLarge() {
        grow(3);
        MerkleTree before = MerkleTree.ofLeafHashes(leaves(3));
        grow(2);
        cosigned(1);
        assertThatThrownBy(() -> cosigners.cosigned(note(before), before, LEDGER.verifiers(), witnesses(3), network))
                .isInstanceOf(UnavailableException.class).hasMessageContaining("compute-1 did not sign: it has signed a checkpoint of size 5, and signs only larger ones");
        assertThat(cosigned(3)).hasSize(3);
    }

    @Test
    void linesByAnotherKeyDoNotCount() {
        grow(1);
        network.keys.put("compute-1", LedgerKey.generate("compute-1"));
        assertThat(cosigned(2)).containsExactly("compute-2", "gateway-1");
        assertThatThrownBy(() -> cosigned(3)).isInstanceOf(UnavailableException.class).hasMessageContaining("not by the keys that the trust root names");
    }

    private Set<String> cosigned(int threshold) {
        return cosigned(cosigners, threshold);
    }

    /** Whose lines count on the note that comes out. */
    private Set<String> cosigned(Cosigners by, int threshold) {
        String note = by.cosigned(note(tree), tree, LEDGER.verifiers(), witnesses(threshold), network);
        return witnesses(threshold).cosigners(note, Checkpoint.verify(note, LEDGER.verifiers()));
    }

    private static Witnesses witnesses(int threshold) {
        TreeMap<String, org.zosgrid.contract.ledger.WitnessKeys> keys = new TreeMap<>();
        KEYS.forEach((name, key) -> keys.put(name, key.witnessVerifiers()));
        return new Witnesses(threshold, keys);
    }

    private static String note(MerkleTree tree) {
        return Checkpoint.of(tree, LEDGER).sign(LEDGER, Instant.now());
    }

    private void grow(int entries) {
        for (int i = 0; i < entries; i++) {
            tree.append(leaf(tree.size()));
        }
    }

    private static List<byte[]> leaves(int size) {
        return java.util.stream.LongStream.range(0, size).mapToObj(index -> MerkleTree.leafHash(leaf(index))).toList();
    }

    private static byte[] leaf(long index) {
        return ByteBuffer.allocate(8).putLong(index).array();
    }

    /** Nodes that sign as nodes do, unless they are away. */
    private static final class Network implements NetworkConnection {
        private final Map<String, LedgerKey> keys = new HashMap<>(KEYS);
        private final Map<String, Checkpoint> last = new HashMap<>();
        private final Set<String> away = new HashSet<>();
        private final List<String> asked = new ArrayList<>();

        void witness(String node, MerkleTree tree) {
            last.put(node, Checkpoint.of(tree, LEDGER));
        }

        @Override
        public List<String> nodes() {
            return List.copyOf(last.keySet());
        }

        @Override
        public Cosignature cosign(String node, String checkpoint, long from, List<byte[]> consistency) throws ResourceException {
            asked.add(node + " from " + from);
            if (away.contains(node)) {
                throw new CommException(node + " cannot be asked");
            }
            Optional<Checkpoint> before = Optional.ofNullable(last.get(node));
            long stands = before.map(Checkpoint::size).orElse(0L);
            if (from != stands) {
                return new Cosignature.StandsAt(stands);
            }
            try {
                Witness.Cosigned cosigned = new Witness(keys.get(node), LEDGER.verifiers(), before).cosign(checkpoint, consistency, Instant.now());
                last.put(node, cosigned.next().last().orElseThrow());
                return new Cosignature.Given(cosigned.lines());
            } catch (ContractException contradicts) {
                throw new NodeRefusedException(node + " refused: " + contradicts.getMessage());
            }
        }

        @Override
        public byte[] openTerminal(String node, byte[] request) {
            throw new AssertionError("nobody is asked for it");
        }

        @Override
        public void typeInto(String node, String session, List<byte[]> frames) {
            throw new AssertionError("nobody is asked for it");
        }

        @Override
        public Shown readTerminal(String node, String session, long from) {
            throw new AssertionError("nobody is asked for it");
        }

        @Override
        public boolean closeTerminal(String node, String session) {
            throw new AssertionError("nobody is asked for it");
        }

        @Override
        public NodeReport status(String node) {
            throw new AssertionError("nobody asks that");
        }

        @Override
        public Usage usage(String node, String deployment, String machine) {
            throw new AssertionError("nobody asks that");
        }

        @Override
        public List<Route> routes(String node) {
            throw new AssertionError("nobody asks that");
        }

        @Override
        public Route expose(String node, String deployment, String route) {
            throw new AssertionError("nobody asks that");
        }

        @Override
        public void withdraw(String node, String deployment, String route) {
            throw new AssertionError("nobody asks that");
        }

        @Override
        public String logs(String node, String deployment, String machine) {
            throw new AssertionError("nobody asks that");
        }

        @Override
        public void close() {}
    }
}
