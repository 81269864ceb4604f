package org.zosgrid.model;

import java.util.Locale;

/** What a change asks for. */
public enum ChangeKind {
    DEPLOYMENT,
    PAUSE,
    RESUME,
    DECOMMISSION,
    /** A process or decision table of the customer's own is to be in force. */
    MODEL,
    /** A stuck step of a process is to be passed over. */
    SKIP,
    /** A node is to belong to the system. */
    ADMISSION,
    /** A node is to belong to it no more. */
    RETIREMENT,
    /** An image may run in an environment, or may no more. */
    PROMOTION,
    /** What was found of an emergency. */
    REVIEW;

    /** Whether it is about a node, whose name is then that of the change. */
    public boolean ofNode() {
        return this == ADMISSION || this == RETIREMENT;
    }

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }

    static ChangeKind of(String text) {
        return valueOf(text.toUpperCase(Locale.ROOT));
    }
}
