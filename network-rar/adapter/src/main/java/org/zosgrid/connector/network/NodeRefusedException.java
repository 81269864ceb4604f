package org.zosgrid.connector.network;

import jakarta.resource.ResourceException;

/** A node answered and will not do it: trying again does not help. */
public final class NodeRefusedException extends ResourceException {
    private static final long serialVersionUID = 1;

    public NodeRefusedException(String message) {
        super(message);
    }
}
