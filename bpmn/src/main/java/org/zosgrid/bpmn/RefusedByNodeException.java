package org.zosgrid.bpmn;

/** A node answered and will not do it; trying again does not help. */
public final class RefusedByNodeException extends RuntimeException {
    private static final long serialVersionUID = 1;

    public RefusedByNodeException(String message) {
        super(message);
    }
}
