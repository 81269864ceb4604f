package org.zosgrid.node.core0;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.zosgrid.contract.document.Receipt;
import org.zosgrid.contract.document.WorkloadStatus;
import org.zosgrid.contract.envelope.Envelope;
import org.zosgrid.contract.envelope.PayloadType;
import org.zosgrid.contract.key.Signer;
import org.zosgrid.node.zdb.Namespace;

/** The node's own log: every entry is a receipt signed with its key, on the disk before anything is done about it. */
final class Receipts {
    private static final int MAX_MESSAGE = 2000;

    private final Namespace log;
    private final Signer identity;
    private final String node;
    private Supplier<Knowledge> knowledge = () -> new Knowledge(1, 0);

    /** By which trust root a node decides, and how much of the ledger it has accepted. */
    record Knowledge(long rootVersion, long ledgerSize) {}

    Receipts(Namespace log, Signer identity, String node) {
        this.log = log;
        this.identity = identity;
        this.node = node;
    }

    /** Who knows by what the node decides. */
    void know(Supplier<Knowledge> knowledge) {
        this.knowledge = knowledge;
    }

    /** Something that became of a contract, by what the node knows when it says so. */
    void write(String contract, long version, String contractDigest, Receipt.Outcome outcome, String reason, String message, List<WorkloadStatus> workloads) {
        write(contract, version, contractDigest, outcome, reason, message, workloads, Instant.now(), knowledge.get());
    }

    /** A decision; its moment is the one by which it was made, so that it can be made again. */
    void decided(String contract, long version, String contractDigest, Receipt.Outcome outcome, String reason, String message, Instant at, Knowledge by) {
        write(contract, version, contractDigest, outcome, reason, message, List.of(), at, by);
    }

    private void write(String contract, long version, String contractDigest, Receipt.Outcome outcome, String reason, String message, List<WorkloadStatus> workloads,
            Instant at, Knowledge by) {
        String shown = message.length() > MAX_MESSAGE ? message.substring(0, MAX_MESSAGE) + "…" : message;
        Receipt receipt = new Receipt(node, contract, version, contractDigest, outcome, reason, shown, workloads, at, by.rootVersion(), by.ledgerSize());
        log.append(Envelope.sign(PayloadType.RECEIPT, receipt.toJson(), identity).toJson());
    }

    /** Every receipt so far; one that this node did not sign means that somebody changed its disk, and stops it. */
    List<Receipt> all() {
        List<Receipt> all = new ArrayList<>();
        for (List<byte[]> page = log.read(0, 100); !page.isEmpty(); page = log.read(all.size(), 100)) {
            for (byte[] record : page) {
                Envelope envelope = Envelope.parse(record);
                if (envelope.verifiedBy(id -> id.equals(identity.id()) ? java.util.Optional.of(identity.verificationKey()) : java.util.Optional.empty()).isEmpty()) {
                    throw new NodeException("receipt " + all.size() + " in this node's log is not signed by this node: somebody changed its disk");
                }
                all.add(Receipt.parse(envelope.payload()));
            }
        }
        return all;
    }
}
