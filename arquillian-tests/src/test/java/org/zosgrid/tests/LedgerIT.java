package org.zosgrid.tests;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.container.test.api.RunAsClient;
import org.jboss.arquillian.junit5.container.annotation.ArquillianTest;
import org.jboss.shrinkwrap.api.spec.EnterpriseArchive;
import org.junit.jupiter.api.Test;
import org.zosgrid.cli.client.ControlPlane;
import org.zosgrid.cli.stage.Stage;
import org.zosgrid.contract.envelope.Envelope;
import org.zosgrid.contract.ledger.Checkpoint;
import org.zosgrid.contract.ledger.MerkleTree;
import org.zosgrid.contract.ledger.Tile;
import org.zosgrid.contract.ledger.TiledTree;
import org.zosgrid.contract.trust.TrustRoot;
import org.zosgrid.tests.container.ControlPlaneContainer;
import org.zosgrid.zdb.client.ZdbClient;

/** The ledger as a monitor sees it, in the running system's own Zero-DB. */
@ArquillianTest
class LedgerIT {
    @Deployment
    static EnterpriseArchive application() {
        return ControlPlaneApplication.withTests();
    }

    @Test
    @RunAsClient
    void tilesLeadToTheCosignedCheckpointAndDamageIsNamedAndMended() throws Exception {
        Story story = new Story(stage(), "tiled", 31);
        story.open();
        story.approve(1);
        story.reach(1, "running");
        ControlPlane monitor = story.as("alice");
        Checkpoint checkpoint = cosigned(monitor.checkpoint());
        TiledTree tree = TiledTree.open(monitor::tile, checkpoint.size(), checkpoint.root());
        assertThat(tree.root(checkpoint.size())).as("the tree of the entries").isEqualTo(entries(monitor).root(checkpoint.size()));
        Tile bundle = Tile.of(Tile.ENTRIES, (checkpoint.size() - 1) / Tile.WIDTH, checkpoint.size());
        assertThat(tree.read(bundle)).as("the last entries, each of which hashes to its leaf").isNotEmpty();

        Tile damaged = Tile.of(0, 0, checkpoint.size());
        byte[] right = monitor.tile(damaged).orElseThrow();
        try (ZdbClient store = store()) {
            byte[] stored = store.get(key(damaged)).orElseThrow();
            assertThat(stored).startsWith(right);
            byte[] wrong = stored.clone();
            wrong[40] ^= 1;
            store.set(key(damaged), wrong);
            assertThat(monitor.tile(damaged)).as("what is served of a damaged store").contains(right);
            assertThat(store.get(key(damaged)).orElseThrow()).as("what the store has then").startsWith(right);
        }
        assertThat(controlPlanesLog()).contains("the ledger's store is damaged").contains("tiles of the ledger that were made again from the entries: 1 (" + damaged.place());

        killStore();
        story.remove();
        Checkpoint later = cosigned(monitor.checkpoint());
        assertThat(later.size()).isGreaterThan(checkpoint.size());
        TiledTree grown = TiledTree.open(monitor::tile, later.size(), later.root());
        assertThat(later.isConsistentWith(checkpoint, grown.consistencyProof(checkpoint.size()))).as("one history, across the death of the store").isTrue();
    }

    /** Both of the ledger's signatures, and as many witnesses' as the trust root demands. */
    private static Checkpoint cosigned(String note) throws Exception {
        TrustRoot root = TrustRoot.parse(Envelope.parse(Files.readAllBytes(stage().cast().trustRootFile())).payload());
        Checkpoint checkpoint = Checkpoint.verify(note, root.ledger());
        assertThat(root.witnesses().cosigners(note, checkpoint)).hasSizeGreaterThanOrEqualTo(Math.max(1, root.witnesses().threshold()));
        return checkpoint;
    }

    private static MerkleTree entries(ControlPlane monitor) {
        MerkleTree tree = new MerkleTree();
        Story.ledger(monitor).forEach(item -> tree.append(Base64.getDecoder().decode(item.path("entry").asText())));
        return tree;
    }

    private static ZdbClient store() throws Exception {
        String[] address = Files.readString(storeFolder().resolve("address")).strip().split(":");
        ZdbClient store = ZdbClient.connect(new InetSocketAddress(address[0], Integer.parseInt(address[1])));
        store.select("ledger", Files.readString(storeFolder().resolve("password")).strip());
        return store;
    }

    private static void killStore() {
        List<ProcessHandle> stores = stage().process("control-plane").running().orElseThrow().children()
                .filter(each -> each.info().commandLine().orElse("").contains("org.zosgrid.ledgerstore.LedgerStore")).toList();
        assertThat(stores).hasSize(1);
        stores.getFirst().destroyForcibly();
        stores.getFirst().onExit().join();
    }

    private static String controlPlanesLog() throws Exception {
        return Files.readString(stage().process("control-plane").log(), StandardCharsets.ISO_8859_1);
    }

    private static Path storeFolder() {
        return stage().home().resolve("control-plane/state/ledger-store");
    }

    private static byte[] key(Tile tile) {
        return tile.place().getBytes(StandardCharsets.UTF_8);
    }

    private static Stage stage() {
        return ControlPlaneContainer.stage();
    }
}
