package org.zosgrid.node.core0;

/** The node cannot go on, or cannot do one thing; the message says which and why. */
final class NodeException extends RuntimeException {
    private static final long serialVersionUID = 1;

    NodeException(String message) {
        super(message);
    }

    NodeException(String message, Throwable cause) {
        super(message, cause);
    }
}
