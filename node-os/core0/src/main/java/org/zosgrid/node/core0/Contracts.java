package org.zosgrid.node.core0;

import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.zosgrid.contract.Digests;
import org.zosgrid.contract.admission.Admission;
import org.zosgrid.contract.admission.Decision;
import org.zosgrid.contract.admission.NodeView;
import org.zosgrid.contract.admission.Resources;
import org.zosgrid.contract.document.Receipt;
import org.zosgrid.contract.ledger.Checkpoint;
import org.zosgrid.contract.ledger.LedgerEntry;
import org.zosgrid.contract.trust.TrustRoot;
import org.zosgrid.contract.trust.TrustRootStore;
import org.zosgrid.node.zdb.Namespace;

/**
 * Decides about each record of the {@code contracts} log, in order, once: the decision is a receipt, and the number of decisions so far is the place in
 * the log. A record of nonsense gets its refusal like any other and stops nobody.
 */
final class Contracts {
    private static final System.Logger LOG = System.getLogger(Contracts.class.getName());

    private final Namespace log;
    private final Receipts receipts;
    private final TrustRootStore roots;
    private final String node;
    private final DesiredState desired;
    private final Capacity capacity;
    private volatile TrustRoot root;
    private volatile Optional<Checkpoint> seen = Optional.empty();
    private long next;
    /** Where the record stands by which each name is as it is. */
    private final Map<String, Place> places = new HashMap<>();

    private record Place(long sequence, String digest) {}

    Contracts(Namespace log, Receipts receipts, TrustRootStore roots, String node, DesiredState desired, Capacity capacity) {
        this.log = log;
        this.receipts = receipts;
        this.roots = roots;
        this.node = node;
        this.desired = desired;
        this.capacity = capacity;
        this.root = roots.newest();
        receipts.know(this::knowledge);
    }

    /** The trust root by which this node decides now. */
    TrustRoot root() {
        return root;
    }

    /** The largest checkpoint in what this node has accepted. */
    Optional<Checkpoint> seen() {
        return seen;
    }

    /**
     * Reads earlier decisions again after a start. The clock and the trust root of that time decide, not today's: an accepted document may have expired since,
     * whoever approved it may have lost their key, and the node may have become smaller.
     */
    void recover() {
        long known = 0;
        for (Receipt receipt : receipts.all()) {
            known = Math.max(known, receipt.rootVersion());
            desired.said(receipt.outcome(), receipt.contract());
            if (receipt.reason().equals(Receipt.EMERGENCY_OVER)) {
                desired.over(receipt.contractDigest());
            }
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
                Decision again = Admission.decide(record, roots.version(receipt.rootVersion()), new NodeView(node, receipt.at(), desired::accepted, name -> Resources.UNLIMITED, desired::drifted, seen));
                if (again instanceof Decision.Refuse refused) {
                    throw new NodeException("contract " + (next - 1) + " was accepted before and is refused now: " + refused.message());
                }
                take(again, receipt.contractDigest());
            }
        }
        root = roots.newest(known);
        if (root.expired(Instant.now())) {
            LOG.log(System.Logger.Level.WARNING, "trust root version {0} has expired: nothing is accepted but its successor", root.version());
        }
        LOG.log(System.Logger.Level.INFO, "{0} contracts decided before, {1} names known, trust root version {2}", next, desired.all().size(), root.version());
    }

    /** Whether the record by which a name is here can not be read any more, or is another: somebody changed this node's disk while it runs. */
    boolean lost(String name) {
        Place place = places.get(name);
        if (place == null) {
            return false;
        }
        try {
            return log.read(place.sequence(), 1).stream().noneMatch(record -> Digests.sha256Hex(record).equals(place.digest()));
        } catch (RuntimeException unreadable) {
            LOG.log(System.Logger.Level.WARNING, "contract {0} cannot be read any more: {1}", place.sequence(), unreadable.getMessage());
            return true;
        }
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
        Instant now = Instant.now();
        Decision decision = Admission.decide(record, root, view(now));
        switch (decision) {
            case Decision.Accept accept -> accepted(accept.document().name(), accept.document().version(), digest, "approved by " + String.join(", ", accept.approvers()), now, accept.checkpoint());
            case Decision.AcceptRepair accept -> accepted(accept.document().name(), accept.document().version(), digest, "the same contract again: what drifted is made anew", now, accept.checkpoint());
            case Decision.AcceptWithdrawal accept -> accepted(accept.withdrawal().name(), accept.withdrawal().version(), digest, "withdrawn: " + accept.withdrawal().reason(), now, accept.checkpoint());
            case Decision.AcceptTrustRoot accept -> accepted(LedgerEntry.TRUST_ROOT, accept.root().version(), digest, "trust root version " + accept.root().version(), now, accept.checkpoint());
            case Decision.Refuse refuse -> {
                LOG.log(System.Logger.Level.WARNING, "contract {0} refused: {1}: {2}", next, refuse.reason(), refuse.message());
                receipts.decided(refuse.name().orElse(""), refuse.version(), digest, Receipt.Outcome.REFUSED, refuse.reason().toString(), refuse.message(), now, knowledge());
            }
        }
        next++;
        take(decision, digest);
        return !(decision instanceof Decision.Refuse);
    }

    private void accepted(String name, long version, String digest, String message, Instant now, Checkpoint checkpoint) {
        receipts.decided(name, version, digest, Receipt.Outcome.ACCEPTED, "", message, now, new Receipts.Knowledge(root.version(), larger(checkpoint).size()));
    }

    /** Makes a decision the state from which the next one is made. The receipt comes before this, so that a crash between the two repeats it. */
    private void take(Decision decision, String digest) {
        switch (decision) {
            case Decision.Accept accept -> seen = Optional.of(larger(accept.checkpoint()));
            case Decision.AcceptRepair accept -> seen = Optional.of(larger(accept.checkpoint()));
            case Decision.AcceptWithdrawal accept -> seen = Optional.of(larger(accept.checkpoint()));
            case Decision.AcceptTrustRoot accept -> {
                seen = Optional.of(larger(accept.checkpoint()));
                if (roots.newest().version() < accept.root().version()) {
                    roots.advance(accept.envelope());
                }
                root = roots.newest();
            }
            case Decision.Refuse refused -> {}
        }
        desired.apply(decision, digest);
        desired.all().stream().filter(each -> each.contract().equals(digest)).forEach(each -> places.put(each.name(), new Place(next - 1, digest)));
    }

    /** Of a ledger of another name, the new one counts: the trust root was rotated to it. */
    private Checkpoint larger(Checkpoint checkpoint) {
        return seen.filter(before -> before.origin().equals(checkpoint.origin()) && before.size() >= checkpoint.size()).orElse(checkpoint);
    }

    private NodeView view(Instant now) {
        return new NodeView(node, now, desired::accepted, name -> capacity.free(desired, node, name), desired::drifted, seen);
    }

    private Receipts.Knowledge knowledge() {
        return new Receipts.Knowledge(root.version(), seen.map(Checkpoint::size).orElse(0L));
    }
}
