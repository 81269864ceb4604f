package org.zosgrid.flist;

/** An flist, a chunk or an OCI image is not what it must be, or cannot be had. */
public class FlistException extends RuntimeException {
    private static final long serialVersionUID = 1;

    public FlistException(String message) {
        super(message);
    }

    public FlistException(String message, Throwable cause) {
        super(message, cause);
    }
}
