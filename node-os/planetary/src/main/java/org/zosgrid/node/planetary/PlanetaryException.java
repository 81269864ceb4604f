package org.zosgrid.node.planetary;

/** The overlay cannot be started, or a message of a handshake is not what it must be. */
public final class PlanetaryException extends RuntimeException {
    private static final long serialVersionUID = 1;

    PlanetaryException(String message) {
        super(message);
    }

    PlanetaryException(String message, Throwable cause) {
        super(message, cause);
    }
}
