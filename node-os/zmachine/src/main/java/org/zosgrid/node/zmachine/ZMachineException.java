package org.zosgrid.node.zmachine;

/** A container cannot be started, stopped or looked at; the message names it and the cause. */
public final class ZMachineException extends RuntimeException {
    private static final long serialVersionUID = 1;

    ZMachineException(String message) {
        super(message);
    }

    ZMachineException(String message, Throwable cause) {
        super(message, cause);
    }
}
