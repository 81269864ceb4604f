package org.zosgrid.tests;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.zosgrid.cli.stage.Stage;
import org.zosgrid.contract.document.Receipt;
import org.zosgrid.contract.envelope.Envelope;
import org.zosgrid.contract.ledger.LedgerEntry;
import org.zosgrid.contract.ledger.MerkleTree;
import org.zosgrid.contract.ledger.SealedContract;
import org.zosgrid.contract.transport.ManagementIdentity;
import org.zosgrid.contract.transport.ManagementTls;
import org.zosgrid.zdb.client.ZdbClient;

/** Somebody who has taken the control plane, with its certificate and the ledger's keys: seals what was never to be sealed, and puts it into a node's log past every process. */
final class HackedControlPlane {
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private HackedControlPlane() {}

    /** What the node signs about it. */
    static Receipt seals(Stage stage, String node, Envelope envelope, String name, long version) throws IOException, InterruptedException {
        MerkleTree tree = new MerkleTree();
        byte[] entry = new LedgerEntry(LedgerEntry.SEALED, name, version, envelope.digest(), Instant.now(), "").toJson();
        return hands(stage, node, SealedContract.of(envelope, entry, tree.append(entry), tree, stage.cast().ledger(), Instant.now(), List.of()).toJson(), name, version);
    }

    /** What a node has been sent last, as it was sealed. */
    static byte[] lastSentTo(Stage stage, String node) throws IOException {
        try (ZdbClient store = store(stage, node)) {
            store.select("contracts");
            return store.read(store.size() - 1, 1).getFirst();
        }
    }

    /** Puts a sealed contract into a node's log; returns by what the node refuses it. */
    static Receipt hands(Stage stage, String node, byte[] sealed, String name, long version) throws IOException, InterruptedException {
        try (ZdbClient store = store(stage, node)) {
            store.select("receipts");
            long from = store.size();
            store.select("contracts");
            store.append(sealed);
            store.select("receipts");
            Instant end = Instant.now().plus(PATIENCE);
            while (Instant.now().isBefore(end)) {
                for (byte[] each : store.read(from, 100)) {
                    Receipt receipt = Receipt.parse(Envelope.parse(each).payload());
                    if (receipt.contract().equals(name) && receipt.version() == version && receipt.outcome() == Receipt.Outcome.REFUSED) {
                        return receipt;
                    }
                }
                Thread.sleep(Duration.ofMillis(100));
            }
        }
        throw new AssertionError(node + " said nothing of " + name + " version " + version);
    }

    private static ZdbClient store(Stage stage, String node) throws IOException {
        return ZdbClient.over(ManagementTls.connect(ManagementTls.context(ManagementIdentity.read(stage.controlPlaneTls())), stage.store(node), node, PATIENCE));
    }
}
