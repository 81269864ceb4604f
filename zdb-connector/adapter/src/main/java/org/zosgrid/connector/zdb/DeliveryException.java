package org.zosgrid.connector.zdb;

/** The listener did not take a record: it threw, or its transaction did not commit. */
final class DeliveryException extends Exception {
    private static final long serialVersionUID = 1;

    DeliveryException(String message) {
        super(message);
    }

    DeliveryException(String message, Throwable cause) {
        super(message + ": " + cause, cause);
    }
}
