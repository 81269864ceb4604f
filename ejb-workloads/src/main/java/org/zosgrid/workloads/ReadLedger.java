package org.zosgrid.workloads;

import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.zosgrid.contract.Fault;
import org.zosgrid.contract.ledger.Checkpoint;
import org.zosgrid.contract.ledger.LedgerEntry;
import org.zosgrid.contract.ledger.MerkleTree;
import org.zosgrid.model.Ledger;
import org.zosgrid.model.LedgerRecord;
import org.zosgrid.workloads.RefusedException.Kind;
import org.zosgrid.workloads.trust.Trust;
import org.zosgrid.workloads.view.LedgerLine;
import org.zosgrid.workloads.view.Page;

/** Hands out the ledger: entries, checkpoints and proofs that anybody can verify offline. */
@Stateless
public class ReadLedger {
    @Inject private Ledger ledger;
    @Inject private DecisionLog decisions;
    @Inject private Trust trust;

    /** Entries from an index on; at most {@code limit}, 1 to 500. The cursor of the next page is an index. */
    public Page<LedgerLine> entries(long from, int limit) {
        List<LedgerRecord> found = ledger.read(from, limit + 1);
        boolean more = found.size() > limit;
        List<LedgerLine> lines = (more ? found.subList(0, limit) : found).stream().map(ReadLedger::line).toList();
        return new Page<>(lines, more ? Optional.of(Long.toString(from + limit)) : Optional.empty());
    }

    private static LedgerLine line(LedgerRecord record) {
        LedgerEntry entry = record.entry();
        return new LedgerLine(record.index(), entry.kind(), entry.name(), entry.version(), entry.digest(), entry.at(), entry.detail(), record.bytes());
    }

    /** A checkpoint of the whole ledger, signed now: a C2SP signed note. */
    public String checkpoint() {
        MerkleTree tree = ledger.tree();
        return new Checkpoint(trust.ledger().origin(), tree.size(), tree.root()).sign(trust.ledger(), Instant.now());
    }

    /**
     * A C2SP tlog-proof of one entry in a checkpoint signed now.
     *
     * @throws RefusedException NOT_FOUND
     */
    public String proof(long index) {
        long size = ledger.size();
        if (index < 0 || index >= size) {
            throw new RefusedException(Kind.NOT_FOUND, "There is no such entry", new Fault("index", "must lie between 0 and " + (size - 1), Long.toString(index)));
        }
        return decisions.proof(index);
    }
}
