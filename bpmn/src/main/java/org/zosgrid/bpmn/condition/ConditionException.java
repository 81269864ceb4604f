package org.zosgrid.bpmn.condition;

/** A condition that is none; the message says what is wrong and what would be right. */
public final class ConditionException extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final int position;

    ConditionException(int position, String message) {
        super("at character " + (position + 1) + ": " + message);
        this.position = position;
    }

    /** Of the first character that is wrong, from 0. */
    public int position() {
        return position;
    }
}
