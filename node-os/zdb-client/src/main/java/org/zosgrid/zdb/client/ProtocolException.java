package org.zosgrid.zdb.client;

import java.io.IOException;

/** A peer sent something that is not the protocol; the connection cannot go on. */
public final class ProtocolException extends IOException {
    private static final long serialVersionUID = 1;

    public ProtocolException(String message) {
        super(message);
    }
}
