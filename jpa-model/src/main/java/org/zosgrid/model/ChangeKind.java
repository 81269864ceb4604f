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
    SKIP;

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }

    static ChangeKind of(String text) {
        return valueOf(text.toUpperCase(Locale.ROOT));
    }
}
