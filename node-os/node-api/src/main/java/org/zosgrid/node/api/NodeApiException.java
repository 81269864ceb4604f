package org.zosgrid.node.api;

/** A node refused a request or could not be asked; the message names the node and why. */
public final class NodeApiException extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final int status;

    public NodeApiException(int status, String message) {
        super(message);
        this.status = status;
    }

    /** The HTTP status: 403 not authorised by a contract, 404 unknown, 409 not now, 422 contradicts what the node knows, 503 the node cannot be reached. */
    public int status() {
        return status;
    }
}
