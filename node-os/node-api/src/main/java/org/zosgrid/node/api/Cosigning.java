package org.zosgrid.node.api;

/** What a witness answers to a checkpoint that its ledger signed. */
public sealed interface Cosigning {
    /**
     * It has signed.
     *
     * @param lines its two signature lines, to be appended to the note
     */
    record Signed(String lines) implements Cosigning {}

    /**
     * It has signed nothing: the proof begins somewhere else than at what it signed last. Ask again with a proof from there; a witness that stands at a larger
     * size than the checkpoint's signs only a larger one.
     *
     * @param size of the checkpoint that it signed last, 0 if none
     */
    record StandsAt(long size) implements Cosigning {}
}
