package org.zosgrid.model;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import jakarta.persistence.FlushModeType;
import jakarta.persistence.PersistenceContext;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * Versions of the trust root after the first, and how far each node has followed. Every method works in the caller's transaction.
 *
 * <p>A node follows one version after the other, each as a record of its {@code contracts} log. Where it stands, its receipts say: each names the version by
 * which it was decided. So there is nothing here that could be lost between a node and us: what is due is found out from the receipts again and again.
 */
@ApplicationScoped
public class TrustRoots {
    private static final String ACCEPTED = "accepted";
    private static final String REFUSED = "refused";

    @PersistenceContext(unitName = "zos")
    private EntityManager entities;

    protected TrustRoots() {}

    TrustRoots(EntityManager entities) {
        this.entities = entities;
    }

    /** How far a version has come on one node. */
    public enum Progress {
        /** Not in its log yet: the node is away, or it is about to be sent. */
        WAITING,
        /** In its log; the node has not answered. */
        SENT,
        /** The node decides by it, or by a later one. */
        IN_FORCE,
        REFUSED
    }

    /** What became of a version on a node. */
    public record Standing(long version, String node, Progress progress, String message) {}

    /** Keeps a version and notes down for whom it is. */
    public void add(TrustRootVersion root, Collection<String> nodes) {
        entities.persist(root);
        entities.flush();
        nodes.forEach(node -> entities.persist(Dispatch.ofTrustRoot(root.version(), node)));
    }

    /** By version. */
    public List<TrustRootVersion> all() {
        return entities.createQuery("from TrustRootVersion order by version", TrustRootVersion.class).getResultList();
    }

    /** The digest of the newest version; empty while the first is in force. Asked for all the time: what the caller has changed meanwhile is not written first, since versions are written when they come. */
    public Optional<String> newestDigest() {
        return entities.createQuery("select digest from TrustRootVersion order by version desc", String.class).setFlushMode(FlushModeType.COMMIT).setMaxResults(1).getResultStream().findFirst();
    }

    public Optional<TrustRootVersion> find(long version) {
        return Optional.ofNullable(entities.find(TrustRootVersion.class, version));
    }

    /** Everybody to whom any version was to be sent. */
    public List<String> nodes() {
        return entities.createQuery("select distinct node from Dispatch where purpose = 'trust-root' order by node", String.class).getResultList();
    }

    /**
     * What is to be appended to a node's log now, in this order. A version that is on its way is not due again; one that the node refused is due again only
     * if that was for want of a proof, or because the node had not taken the version before it and does so now. The caller holds the node's lock.
     *
     * @param lackOfProof reasons of refusals that a new proof heals
     */
    public List<Dispatch> due(String node, Set<String> lackOfProof) {
        TreeMap<Long, Dispatch> sent = sent(node);
        if (sent.isEmpty()) {
            return List.of();
        }
        long known = known(node, sent);
        // A node that nobody has heard of yet may stand anywhere; what it answers to the first version tells.
        long stands = known == 0 ? sent.firstKey() - 1 : known;
        List<Dispatch> due = new ArrayList<>();
        for (long version = stands + 1; version <= sent.lastKey(); version++) {
            Dispatch each = sent.get(version);
            if (each == null) {
                if (find(version).isEmpty()) {
                    return due; // older than what is known here: 'zos trust follow' brings such a node forward
                }
                each = Dispatch.ofTrustRoot(version, node);
                entities.persist(each);
            }
            Optional<NodeReceipt> refusal = refusal(each);
            if (refusal.isPresent()) {
                boolean tooEarly = refusal.get().rootVersion() < version - 1;
                if (!tooEarly && !lackOfProof.contains(refusal.get().reason())) {
                    return due; // the node means it; what follows from this version cannot follow
                }
                each.sendAgain();
            }
            if (each.sequence().isEmpty()) {
                due.add(each);
            }
        }
        return due;
    }

    /** How far a version has come, by node. */
    public List<Standing> standing(long version) {
        return entities.createQuery("from Dispatch where rootVersion = :version order by node", Dispatch.class).setParameter("version", version).getResultList().stream()
                .map(each -> standing(version, each)).toList();
    }

    private Standing standing(long version, Dispatch dispatch) {
        String node = dispatch.node();
        if (known(node, sent(node)) >= version) {
            return new Standing(version, node, Progress.IN_FORCE, "");
        }
        Optional<NodeReceipt> refusal = refusal(dispatch);
        if (refusal.isPresent()) {
            return new Standing(version, node, Progress.REFUSED, refusal.get().reason() + ": " + refusal.get().message());
        }
        return new Standing(version, node, dispatch.sequence().isPresent() ? Progress.SENT : Progress.WAITING, "");
    }

    /** The version by which a node decides, as far as its receipts are here; 0 if there are none. */
    private long known(String node, TreeMap<Long, Dispatch> sent) {
        long known = receipts().rootVersion(node);
        for (Dispatch each : sent.tailMap(known, false).values()) {
            if (said(each).stream().anyMatch(receipt -> receipt.outcome().equals(ACCEPTED))) {
                known = Math.max(known, each.rootVersion().orElseThrow());
            }
        }
        return known;
    }

    private Optional<NodeReceipt> refusal(Dispatch dispatch) {
        return said(dispatch).stream().filter(receipt -> receipt.outcome().equals(REFUSED)).findFirst();
    }

    private List<NodeReceipt> said(Dispatch dispatch) {
        return dispatch.sequence().isEmpty() ? List.of() : receipts().of(dispatch.node(), dispatch.digest());
    }

    private TreeMap<Long, Dispatch> sent(String node) {
        TreeMap<Long, Dispatch> sent = new TreeMap<>();
        entities.createQuery("from Dispatch where node = :node and purpose = 'trust-root'", Dispatch.class).setParameter("node", node).getResultList()
                .forEach(each -> sent.put(each.rootVersion().orElseThrow(), each));
        return sent;
    }

    private NodeReceipts receipts() {
        return new NodeReceipts(entities);
    }
}
