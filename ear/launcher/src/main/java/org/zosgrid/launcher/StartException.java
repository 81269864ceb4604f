package org.zosgrid.launcher;

import java.util.List;

/** The control plane cannot start; the message says everything that is wrong. */
public final class StartException extends RuntimeException {
    private static final long serialVersionUID = 1;

    StartException(String message) {
        super(message);
    }

    StartException(String message, Throwable cause) {
        super(message + ": " + cause.getMessage(), cause);
    }

    static StartException of(String subject, List<String> faults) {
        return new StartException(subject + ":\n  " + String.join("\n  ", faults));
    }
}
