package org.zosgrid.node.zdb;

/** The store cannot do what was asked: a rule forbids it, or the disk does. */
public abstract sealed class ZdbException extends RuntimeException {
    private static final long serialVersionUID = 1;

    ZdbException(String message) {
        super(message);
    }

    ZdbException(String message, boolean trace) {
        super(message, null, false, trace);
    }

    /** A rule of the protocol; the text is the reply a client gets. */
    public static final class Refused extends ZdbException {
        private static final long serialVersionUID = 1;

        Refused(String message) {
            // A reply, not a fault: clients may cause as many as they like.
            super(message, false);
        }
    }

    /** The disk failed or is full; nothing of the entry remains. */
    public static final class DiskFailed extends ZdbException {
        private static final long serialVersionUID = 1;

        DiskFailed(String message, Throwable cause) {
            super(message);
            initCause(cause);
        }
    }

    /** What is on the disk is damaged in a way that is no torn end. */
    public static final class Damaged extends ZdbException {
        private static final long serialVersionUID = 1;

        Damaged(String message) {
            super(message);
        }
    }
}
