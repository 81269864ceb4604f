package org.zosgrid.bpmn;

/** A change can never be accepted as it is; the message names the field and what would be right. */
public final class InvalidChangeException extends RuntimeException {
    private static final long serialVersionUID = 1;

    public InvalidChangeException(String message) {
        super(message);
    }
}
