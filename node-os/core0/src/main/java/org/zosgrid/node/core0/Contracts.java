package org.zosgrid.node.core0;

import java.time.Instant;
import java.util.List;
import org.zosgrid.contract.Digests;
import org.zosgrid.contract.admission.Admission;
import org.zosgrid.contract.admission.Decision;
import org.zosgrid.contract.admission.NodeView;
import org.zosgrid.contract.document.Receipt;
import org.zosgrid.contract.trust.TrustRoot;
import org.zosgrid.node.zdb.Namespace;

/**
 * Decides about each record of the {@code contracts} log, in order, once: the decision is a receipt, and the number of decisions so far is the place in
 * the log. A record of nonsense gets its refusal like any other and stops nobody.
 */
final class Contracts {
    private static final System.Logger LOG = System.getLogger(Contracts.class.getName());

    private final Namespace log;
    private final Receipts receipts;
    private final TrustRoot root;
    private final String node;
    private final DesiredState desired;
    private long next;

    Contracts(Namespace log, Receipts receipts, TrustRoot root, String node, DesiredState desired) {
        this.log = log;
        this.receipts = receipts;
        this.root = root;
        this.node = node;
        this.desired = desired;
    }

    /** Reads earlier decisions again after a start. The clock of that time decides, not today's: an accepted document may have expired since. */
    void recover() {
        for (Receipt receipt : receipts.all()) {
            boolean decided = receipt.outcome() == Receipt.Outcome.ACCEPTED || receipt.outcome() == Receipt.Outcome.REFUSED;
            if (!decided) {
                continue;
            }
            byte[] record = log.read(next, 1).stream().findFirst().orElseThrow(() -> new NodeException("the contract that receipt " + next + " decides is missing"));
            if (!Digests.sha256Hex(record).equals(receipt.contractDigest())) {
                throw new NodeException("contract " + next + " in this node's log is not the one that was decided: somebody changed its disk");
            }
            next++;
            if (receipt.outcome() == Receipt.Outcome.ACCEPTED) {
                Decision again = Admission.decide(record, root, new NodeView(node, receipt.at(), desired::accepted));
                if (again instanceof Decision.Refuse refused) {
                    throw new NodeException("contract " + (next - 1) + " was accepted before and is refused now: " + refused.message());
                }
                desired.apply(again, receipt.contractDigest());
            }
        }
        LOG.log(System.Logger.Level.INFO, "{0} contracts decided before, {1} names known", next, desired.all().size());
    }

    /** Decides everything that is new; returns whether anything was accepted. */
    boolean decideNew() {
        boolean accepted = false;
        for (List<byte[]> page = log.read(next, 16); !page.isEmpty(); page = log.read(next, 16)) {
            for (byte[] record : page) {
                accepted |= decide(record);
            }
        }
        return accepted;
    }

    private boolean decide(byte[] record) {
        String digest = Digests.sha256Hex(record);
        Decision decision = Admission.decide(record, root, new NodeView(node, Instant.now(), desired::accepted));
        switch (decision) {
            case Decision.Accept accept -> receipts.write(accept.document().name(), accept.document().version(), digest, Receipt.Outcome.ACCEPTED, "",
                    "approved by " + String.join(", ", accept.approvers()), List.of());
            case Decision.AcceptWithdrawal accept -> receipts.write(accept.withdrawal().name(), accept.withdrawal().version(), digest, Receipt.Outcome.ACCEPTED, "",
                    "withdrawn: " + accept.withdrawal().reason(), List.of());
            case Decision.Refuse refuse -> {
                LOG.log(System.Logger.Level.WARNING, "contract {0} refused: {1}: {2}", next, refuse.reason(), refuse.message());
                receipts.write(refuse.name().orElse(""), refuse.version(), digest, Receipt.Outcome.REFUSED, refuse.reason().toString(), refuse.message(), List.of());
            }
        }
        next++;
        desired.apply(decision, digest);
        return !(decision instanceof Decision.Refuse);
    }
}
