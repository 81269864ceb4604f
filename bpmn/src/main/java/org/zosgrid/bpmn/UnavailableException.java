package org.zosgrid.bpmn;

/** Somebody who must be asked does not answer now; trying again later may help. */
public final class UnavailableException extends RuntimeException {
    private static final long serialVersionUID = 1;

    public UnavailableException(String message) {
        super(message);
    }
}
