package org.zosgrid.workloads;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Instant;
import org.zosgrid.contract.ledger.LedgerEntry;
import org.zosgrid.contract.ledger.TlogProof;
import org.zosgrid.model.Change;
import org.zosgrid.model.Ledger;
import org.zosgrid.model.LedgerRecord;
import org.zosgrid.model.TiledSize;
import org.zosgrid.workloads.ledger.TiledLedger;
import org.zosgrid.workloads.trace.DecisionTraces;
import org.zosgrid.workloads.trust.Trust;
import org.zosgrid.workloads.webhook.Outbox;

/** Writes decisions into the ledger and tells corporate systems of them, in the caller's transaction; and proves that they stand in it. */
@ApplicationScoped
public class DecisionLog {
    private static final int MAX_DETAIL = 1000;

    @Inject private Ledger ledger;
    @Inject private TiledLedger tiles;
    @Inject private Trust trust;
    @Inject private Outbox outbox;
    @Inject private DecisionTraces traces;

    /** Appends a decision about a change; returns its index. */
    public long append(String kind, Change change, String detail) {
        return append(kind, change.name(), change.version(), change.digest(), detail);
    }

    /** Appends a decision; {@code digest} names the bytes it is about. */
    public long append(String kind, String name, long version, String digest, String detail) {
        String shown = detail.length() > MAX_DETAIL ? detail.substring(0, MAX_DETAIL) + "…" : detail;
        LedgerEntry entry = new LedgerEntry(kind, name, version, digest, Instant.now(), shown);
        long index = ledger.append(entry);
        outbox.tell(index, entry);
        traces.decided(entry);
        return index;
    }

    /** The entry's bytes, as they were appended. */
    public byte[] entry(long index) {
        LedgerRecord record = ledger.get(index);
        return record.bytes();
    }

    /**
     * The proof that a committed entry stands in the ledger, in a checkpoint signed now.
     *
     * @throws org.zosgrid.bpmn.UnavailableException if the ledger's store is away
     */
    public String proof(long index) {
        TiledSize at = tiles.now();
        return tiles.read(at, tree -> TlogProof.of(tree, index, trust.ledger(), Instant.now())).toText();
    }
}
