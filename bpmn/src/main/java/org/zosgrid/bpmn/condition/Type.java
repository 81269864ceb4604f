package org.zosgrid.bpmn.condition;

/** Types of values in conditions. Two of different types are never compared. */
public enum Type {
    TEXT, NUMBER, BOOLEAN, DURATION;

    /** Whether less and greater mean something. */
    boolean isOrdered() {
        return this == NUMBER || this == DURATION;
    }

    String word() {
        return name().toLowerCase(java.util.Locale.ROOT);
    }
}
