package org.zosgrid.workloads;

import jakarta.ejb.Stateless;
import org.zosgrid.workloads.view.LedgerLine;
import org.zosgrid.workloads.view.Page;

/** Hands out the ledger: entries, checkpoints and proofs that anybody can verify offline. */
@Stateless
public class ReadLedger {
    /** Entries from an index on; at most {@code limit}, 1 to 500. The cursor of the next page is an index. */
    public Page<LedgerLine> entries(long from, int limit) {
        throw new UnsupportedOperationException();
    }

    /** A checkpoint of the whole ledger, signed now: a C2SP signed note. */
    public String checkpoint() {
        throw new UnsupportedOperationException();
    }

    /**
     * A C2SP tlog-proof of one entry in a checkpoint signed now.
     *
     * @throws RefusedException NOT_FOUND
     */
    public String proof(long index) {
        throw new UnsupportedOperationException();
    }
}
