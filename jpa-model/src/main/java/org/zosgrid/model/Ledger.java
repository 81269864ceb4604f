package org.zosgrid.model;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import jakarta.persistence.TypedQuery;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.zosgrid.contract.ledger.LedgerEntry;
import org.zosgrid.contract.ledger.MerkleTree;

/**
 * The append-only log of every decision; its Merkle tree lies in tiles ({@link LedgerTiles}). Who appends holds the ledger's lock until their transaction ends, so that indexes have no gaps and
 * an entry is visible only with all before it.
 */
@ApplicationScoped
public class Ledger {
    /** PostgreSQL's advisory lock of the ledger. */
    private static final long LOCK = 0x7a6f_736c_6564L;

    @PersistenceContext(unitName = "zos")
    private EntityManager entities;

    protected Ledger() {}

    Ledger(EntityManager entities) {
        this.entities = entities;
    }

    /** Until this transaction ends, nobody else appends: what is decided now is decided by what stands before it. {@link #append} does this too. */
    public void lock() {
        entities.createNativeQuery("select 1 from pg_advisory_xact_lock(:lock)", Integer.class).setParameter("lock", LOCK).getSingleResult();
    }

    /** Appends an entry; returns its index. */
    public long append(LedgerEntry entry) {
        lock();
        long index = size();
        byte[] bytes = entry.toJson();
        entities.persist(new LedgerRecord(index, entry, bytes, MerkleTree.leafHash(bytes)));
        entities.flush();
        return index;
    }

    public long size() {
        return entities.createQuery("select coalesce(max(index), -1) + 1 from LedgerRecord", Long.class).getSingleResult();
    }

    public LedgerRecord get(long index) {
        return entities.find(LedgerRecord.class, index);
    }

    public List<LedgerRecord> read(long from, int limit) {
        return entities.createQuery("from LedgerRecord where index >= :from order by index", LedgerRecord.class)
                .setParameter("from", from).setMaxResults(limit).getResultList();
    }

    /** What the ledger holds about some names, and every entry of one kind whatever it is about; at most {@code limit}, in order. */
    public List<LedgerRecord> aboutOr(List<String> names, String kind, int limit) {
        return entities.createQuery("from LedgerRecord where name in :names or kind = :kind order by index", LedgerRecord.class)
                .setParameter("names", names).setParameter("kind", kind).setMaxResults(limit).getResultList();
    }

    /** What the ledger holds about one version. */
    public List<LedgerRecord> about(String name, long version) {
        return entities.createQuery("from LedgerRecord where name = :name and version = :version order by index", LedgerRecord.class)
                .setParameter("name", name).setParameter("version", version).setMaxResults(1000).getResultList();
    }

    /** Decisions that fit, the newest first: those below an index, at most {@code limit}. */
    public List<LedgerRecord> search(LedgerSearch search, long below, int limit) {
        StringBuilder sql = new StringBuilder("select entry.* from ledger_search found join ledger_entry entry on entry.index = found.index where found.index < :below");
        Map<String, Object> given = new HashMap<>();
        given.put("below", below);
        narrow(sql, given, "found.kind = :kind", "kind", search.kind());
        narrow(sql, given, "found.name = :name", "name", search.name());
        narrow(sql, given, "found.words @@ plainto_tsquery('simple', :words)", "words", search.words());
        search.since().ifPresent(at -> {
            sql.append(" and found.at >= :since");
            given.put("since", at);
        });
        search.until().ifPresent(at -> {
            sql.append(" and found.at < :until");
            given.put("until", at);
        });
        @SuppressWarnings("unchecked")
        TypedQuery<LedgerRecord> query = (TypedQuery<LedgerRecord>) entities.createNativeQuery(sql + " order by found.index desc", LedgerRecord.class);
        given.forEach(query::setParameter);
        return query.setMaxResults(limit).getResultList();
    }

    private static void narrow(StringBuilder sql, Map<String, Object> given, String condition, String parameter, String value) {
        if (!value.isEmpty()) {
            sql.append(" and ").append(condition);
            given.put(parameter, value);
        }
    }
}
