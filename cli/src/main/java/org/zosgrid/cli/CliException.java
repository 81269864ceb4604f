package org.zosgrid.cli;

/** A command cannot go on; the message is for the person at the terminal: what is wrong, and what would be right. */
public class CliException extends RuntimeException {
    public CliException(String message) {
        super(message);
    }

    public CliException(String message, Throwable cause) {
        super(message, cause);
    }
}
