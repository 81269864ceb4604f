package org.zosgrid.workloads.receipt;

import jakarta.ejb.ActivationConfigProperty;
import jakarta.ejb.EJB;
import jakarta.ejb.MessageDriven;
import jakarta.inject.Inject;
import java.time.Instant;
import java.util.Optional;
import java.util.logging.Logger;
import org.zosgrid.connector.zdb.RecordListener;
import org.zosgrid.contract.ContractException;
import org.zosgrid.contract.document.Receipt;
import org.zosgrid.contract.envelope.Envelope;
import org.zosgrid.contract.envelope.PayloadType;
import org.zosgrid.contract.trust.TrustRoot;
import org.zosgrid.contract.trust.TrustedNode;
import org.zosgrid.model.Change;
import org.zosgrid.model.Changes;
import org.zosgrid.model.CurrentOrganisation;
import org.zosgrid.model.Dispatch;
import org.zosgrid.model.NodeReceipt;
import org.zosgrid.model.NodeReceipts;
import org.zosgrid.workloads.DecisionLog;
import org.zosgrid.workloads.drift.OpenDrift;
import org.zosgrid.workloads.engine.DatabaseSchema;
import org.zosgrid.workloads.organisation.KnownOrganisations;
import org.zosgrid.workloads.step.NodeDelivery;
import org.zosgrid.workloads.trust.Trust;

/**
 * A node wrote a receipt: it is verified, kept, written into the ledger, and told to the process that waits for it, all in one transaction. The node is
 * locked first: whoever is appending to its log commits before the answer is looked at, and servers that read the same log take turns.
 */
@MessageDriven(activationConfig = {
    @ActivationConfigProperty(propertyName = "resourceAdapter", propertyValue = "zdb-connector"),
    @ActivationConfigProperty(propertyName = "namespace", propertyValue = "receipts")
})
public class NodeReceiptListener implements RecordListener {
    private static final Logger LOG = Logger.getLogger(NodeReceiptListener.class.getName());
    /** What the place of a record is kept as that no node can have meant. */
    private static final String UNREADABLE = "unreadable";

    @EJB private DatabaseSchema schema;
    @Inject private Trust trust;
    @Inject private Changes changes;
    @Inject private NodeReceipts receipts;
    @Inject private DecisionLog decisions;
    @Inject private NodeAnswers answers;
    @Inject private NodeDelivery delivery;
    @Inject private OpenDrift drifts;
    @Inject private KnownOrganisations organisations;

    @Override
    public long next(String node) {
        schema.await();
        return CurrentOrganisation.in(organisations.ownerOf(node), () -> receipts.next(node));
    }

    @Override
    public void appended(String node, long sequence, byte[] record) {
        CurrentOrganisation.run(organisations.ownerOf(node), () -> take(node, sequence, record));
    }

    private void take(String node, long sequence, byte[] record) {
        changes.lockNode(node);
        if (!isNext(node, sequence)) {
            return;
        }
        Receipt receipt;
        try {
            receipt = verified(node, record);
        } catch (ContractException nonsense) {
            LOG.warning("record " + sequence + " of the receipts of " + node + " is none: " + nonsense.getMessage());
            receipts.add(new NodeReceipt(node, sequence, "", 0, "", UNREADABLE, UNREADABLE, String.valueOf(nonsense.getMessage()), record, Instant.now(), 0, 0));
            return;
        }
        Optional<Dispatch> dispatch = changes.dispatch(node, receipt.contractDigest());
        Optional<Change> change = dispatch.flatMap(Dispatch::changeId).map(changes::lock);
        receipts.add(new NodeReceipt(node, sequence, receipt.contract(), receipt.version(), receipt.contractDigest(), receipt.outcome().toString(), receipt.reason(),
                receipt.message(), record, receipt.at(), receipt.ledgerSize(), receipt.rootVersion()));
        boolean tookEarlier = receipt.outcome() == Receipt.Outcome.REFUSED && change.isPresent() && delivery.tookEarlier(change.get(), dispatch.orElseThrow());
        decisions.append("receipt", receipt.contract(), receipt.version(), receipt.contractDigest(),
                node + ": " + receipt.outcome() + (receipt.reason().isEmpty() ? "" : ", " + receipt.reason()) + (dispatch.isPresent() ? "" : ", of a contract that this control plane never sent")
                        + (tookEarlier ? ", having accepted the same as an earlier attempt had appended it" : ""));
        change.ifPresent(about -> {
            answers.tell(about, node);
            drifts.heard(about, receipt, sequence);
        });
    }

    /**
     * Whether this is the record that is missing. Every server that shares the database reads the nodes' logs; the node's lock lets one record in at a time, and
     * one that another server has stored meanwhile is passed over.
     */
    private boolean isNext(String node, long sequence) {
        long next = receipts.next(node);
        if (sequence > next) {
            throw new IllegalStateException("receipts of " + node + ": must go on at " + next + ", is " + sequence); // the reader asks again
        }
        return sequence == next;
    }

    /** Only the node itself speaks for the node, with the key that it had under the trust root by which it decided. */
    private Receipt verified(String node, byte[] record) {
        Envelope envelope = Envelope.parse(record);
        if (!envelope.payloadType().equals(PayloadType.RECEIPT)) {
            throw new ContractException("payloadType", "must be " + PayloadType.RECEIPT, envelope.payloadType());
        }
        Receipt receipt = Receipt.parse(envelope.payload());
        if (!receipt.node().equals(node)) {
            throw new ContractException("node", "must be " + node, receipt.node());
        }
        if (receipt.rootVersion() < receipts.rootVersion(node)) {
            // Or a key that was revoked could go on signing as if that had not happened yet.
            throw new ContractException("rootVersion", "must not be below " + receipts.rootVersion(node) + ", by which the node has decided before", Long.toString(receipt.rootVersion()));
        }
        // A node that was brought forward by hand may know a version that nobody has handed in here yet.
        TrustRoot root = trust.version(receipt.rootVersion()).orElseGet(trust::root);
        TrustedNode known = root.nodes().get(node);
        if (known == null) {
            throw new ContractException("node", "must be one of the nodes of the trust root, version " + root.version(), node);
        }
        if (!envelope.verifiedBy(id -> id.equals(known.key()) ? root.key(id) : Optional.empty()).contains(known.key())) {
            throw new ContractException("signatures", "must hold a valid one by " + node);
        }
        return receipt;
    }
}
