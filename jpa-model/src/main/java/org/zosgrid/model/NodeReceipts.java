package org.zosgrid.model;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import java.util.List;

/** The nodes' receipts. Every method works in the caller's transaction. */
@ApplicationScoped
public class NodeReceipts {
    @PersistenceContext(unitName = "zos")
    private EntityManager entities;

    protected NodeReceipts() {}

    NodeReceipts(EntityManager entities) {
        this.entities = entities;
    }

    public void add(NodeReceipt receipt) {
        entities.persist(receipt);
        entities.flush();
    }

    /** The first record of a node's log that is not here yet. */
    public long next(String node) {
        return entities.createQuery("select coalesce(max(sequence), -1) + 1 from NodeReceipt where node = :node", Long.class).setParameter("node", node).getSingleResult();
    }

    /** Size of the largest checkpoint of the ledger that a node has accepted, as far as its receipts are here; 0 before the first. */
    public long ledgerSize(String node) {
        return entities.createQuery("select coalesce(max(ledgerSize), 0) from NodeReceipt where node = :node", Long.class).setParameter("node", node).getSingleResult();
    }

    /** The newest trust root by which a node has decided anything, as far as its receipts are here; 0 before the first. */
    public long rootVersion(String node) {
        return entities.createQuery("select coalesce(max(rootVersion), 0) from NodeReceipt where node = :node", Long.class).setParameter("node", node).getSingleResult();
    }

    /** What a node said of one contract, in its order. */
    public List<NodeReceipt> of(String node, String digest) {
        return entities.createQuery("from NodeReceipt where node = :node and digest = :digest order by sequence", NodeReceipt.class)
                .setParameter("node", node).setParameter("digest", digest).getResultList();
    }

    /** What nodes said under a name and version, also of contracts that the control plane never sent. */
    public List<NodeReceipt> of(String name, long version) {
        return entities.createQuery("from NodeReceipt where name = :name and version = :version order by at, node, sequence", NodeReceipt.class)
                .setParameter("name", name).setParameter("version", version).setMaxResults(500).getResultList();
    }

    /** Whether a node said of a version, or of a pause or resumption behind it, that the emergency was over and nothing of it is left. */
    public boolean saidOver(String node, String name, long version) {
        return !entities.createQuery("select 1 from NodeReceipt where node = :node and name = :name and version >= :version and reason = 'emergency-over'", Integer.class)
                .setParameter("node", node).setParameter("name", name).setParameter("version", version).setMaxResults(1).getResultList().isEmpty();
    }

    /** The last that a node said, the newest first. */
    public List<NodeReceipt> newest(String node, int limit) {
        return entities.createQuery("from NodeReceipt where node = :node order by sequence desc", NodeReceipt.class).setParameter("node", node).setMaxResults(limit).getResultList();
    }
}
