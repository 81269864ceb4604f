package org.zosgrid.cli.demo;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import javax.net.ssl.SSLContext;
import org.zosgrid.cli.CliException;
import org.zosgrid.cli.stage.Stage;
import org.zosgrid.contract.document.Receipt;
import org.zosgrid.contract.envelope.Envelope;
import org.zosgrid.contract.ledger.SealedContract;
import org.zosgrid.contract.ledger.TlogProof;
import org.zosgrid.contract.trust.TrustRoot;
import org.zosgrid.contract.transport.ManagementIdentity;
import org.zosgrid.contract.transport.ManagementTls;
import org.zosgrid.zdb.client.ZdbClient;

/**
 * A node's two logs, reached as the control plane reaches them: over TLS with its certificate. Whoever holds the control plane can append to
 * {@code contracts}; {@code receipts} is the node's own word, and every receipt's signature is checked here.
 */
final class NodeLog implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final String node;
    private final TrustRoot root;
    private final ZdbClient client;

    NodeLog(Stage stage, String node) {
        this.node = node;
        this.root = stage.cast().trustRoot();
        SSLContext tls = ManagementTls.context(ManagementIdentity.read(stage.controlPlaneTls()));
        try {
            this.client = ZdbClient.over(ManagementTls.connect(tls, stage.store(node), node, PATIENCE));
        } catch (IOException refused) {
            throw new CliException("the log of " + node + " cannot be reached: " + refused.getMessage(), refused);
        }
    }

    /** How many receipts the node has written so far. */
    long receipts() {
        client.select("receipts");
        return client.size();
    }

    /** Appends a contract, as an attacker who holds the control plane would: past the workflow, straight into the log. */
    void append(byte[] contract) {
        client.select("contracts");
        client.append(contract);
    }

    /** The witnesses that cosigned the checkpoint of the newest contract; every signature is checked. */
    Set<String> cosigners() {
        client.select("contracts");
        SealedContract newest = SealedContract.parse(client.read(client.size() - 1, 1).getFirst());
        TlogProof proof = TlogProof.parse(newest.proof());
        return root.witnesses().cosigners(proof.checkpoint(), proof.verify(newest.entry(), root.ledger()));
    }

    /** Waits for a receipt at or after a position that fits; its signature must be the node's. */
    Receipt await(long from, Predicate<Receipt> wanted) {
        Instant until = Instant.now().plus(PATIENCE);
        client.select("receipts");
        while (Instant.now().isBefore(until)) {
            List<byte[]> news = client.read(from, 100);
            for (byte[] each : news) {
                Receipt receipt = verified(each);
                from++;
                if (wanted.test(receipt)) {
                    return receipt;
                }
            }
            pause();
        }
        throw new CliException(node + " wrote no such receipt within " + PATIENCE.toSeconds() + " s");
    }

    private Receipt verified(byte[] envelope) {
        Envelope signed = Envelope.parse(envelope);
        if (!signed.verifiedBy(root::key).contains(root.nodes().get(node).key())) {
            throw new CliException("a receipt in " + node + "'s log is not signed by " + node);
        }
        return Receipt.parse(signed.payload());
    }

    private static void pause() {
        try {
            Thread.sleep(100);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new CliException("interrupted");
        }
    }

    @Override
    public void close() {
        client.close();
    }
}
