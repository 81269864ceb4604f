package org.zosgrid.launcher;

import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.util.List;

/** The control plane cannot start; the message says everything that is wrong. */
public final class StartException extends RuntimeException {
    private static final long serialVersionUID = 1;

    StartException(String message) {
        super(message);
    }

    StartException(String message, Throwable cause) {
        super(message + ": " + told(cause), cause);
    }

    /** Many failures of files have a message that is nothing but the file's name. */
    private static String told(Throwable cause) {
        return switch (cause) {
            case NoSuchFileException missing -> "there is no such file or directory: " + missing.getFile();
            case AccessDeniedException closed -> "no permission for " + closed.getFile();
            case FileSystemException file when file.getReason() == null -> file.toString();
            default -> String.valueOf(cause.getMessage());
        };
    }

    static StartException of(String subject, List<String> faults) {
        return new StartException(subject + ":\n  " + String.join("\n  ", faults));
    }
}
