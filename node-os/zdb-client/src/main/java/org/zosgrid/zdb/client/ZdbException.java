package org.zosgrid.zdb.client;

/** A store refused a command, or could not be reached; the message names the store, the command and its answer. */
public final class ZdbException extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final boolean refused;

    ZdbException(String message, boolean refused) {
        super(message);
        this.refused = refused;
    }

    /** True if the store answered and said no: trying again will not help. */
    public boolean refused() {
        return refused;
    }
}
