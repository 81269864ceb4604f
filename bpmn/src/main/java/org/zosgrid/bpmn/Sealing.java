package org.zosgrid.bpmn;

import java.util.List;

/** Writes what was approved into the ledger. */
public interface Sealing {
    /**
     * Appends the approved envelope to the ledger and makes the sealed contract. Counts the signatures itself.
     *
     * @return the nodes that must hear of it, in the order in which they are to be provisioned
     * @throws InvalidChangeException if the signatures are not enough, or it has expired meanwhile
     */
    List<String> seal(long change);
}
