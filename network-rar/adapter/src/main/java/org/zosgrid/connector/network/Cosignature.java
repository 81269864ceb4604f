package org.zosgrid.connector.network;

/** What a node answers as a witness of the ledger. */
public sealed interface Cosignature {
    /**
     * It has signed the checkpoint.
     *
     * @param lines to be appended to the signed note
     */
    record Given(String lines) implements Cosignature {}

    /**
     * It has signed nothing, because the proof does not begin where it stands.
     *
     * @param size of the ledger in the checkpoint that it signed last, 0 if none: where the proof must begin
     */
    record StandsAt(long size) implements Cosignature {}
}
