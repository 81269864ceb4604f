package org.zosgrid.bpmn;

/** Passes stuck steps over, as a quorum wants it. */
public interface Skips {
    /**
     * Does what an approved and sealed skip asks for, and writes it into the ledger of whom it is about.
     *
     * @throws InvalidChangeException if the step is not stuck any more, or never skipped
     */
    void skip(long change);
}
