package org.zosgrid.workloads.view;

import java.util.List;
import java.util.Optional;

/**
 * Who watches the ledger, and how far each is.
 *
 * @param size of the ledger now
 * @param published size of the largest checkpoint that enough witnesses signed; empty before the first
 * @param threshold how many must sign
 */
public record WitnessesView(long size, Optional<Long> published, int threshold, List<Witness> witnesses) {
    public WitnessesView {
        witnesses = List.copyOf(witnesses);
    }

    /**
     * A witness.
     *
     * @param signed whether its signatures are under the published checkpoint
     * @param accepted size of the largest checkpoint that it has accepted with a contract, as far as its receipts are here
     */
    public record Witness(String name, boolean signed, long accepted) {}
}
