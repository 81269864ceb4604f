package org.zosgrid.connector.flist;

import jakarta.resource.ResourceException;

/** An image is not there, or is not what it claims to be: trying again does not help. */
public final class ImageException extends ResourceException {
    private static final long serialVersionUID = 1;

    public ImageException(String message) {
        super(message);
    }
}
