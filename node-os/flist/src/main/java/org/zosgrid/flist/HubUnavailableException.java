package org.zosgrid.flist;

/** The hub did not answer, or cannot do its work (HTTP 5xx): nothing is known about what was asked for, and asking again later may help. */
public final class HubUnavailableException extends FlistException {
    private static final long serialVersionUID = 1;

    HubUnavailableException(String message) {
        super(message);
    }

    HubUnavailableException(String message, Throwable cause) {
        super(message, cause);
    }
}
