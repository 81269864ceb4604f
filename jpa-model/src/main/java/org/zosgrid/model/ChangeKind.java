package org.zosgrid.model;

import java.util.Locale;

/** What a change asks for. */
public enum ChangeKind {
    DEPLOYMENT,
    DECOMMISSION;

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
