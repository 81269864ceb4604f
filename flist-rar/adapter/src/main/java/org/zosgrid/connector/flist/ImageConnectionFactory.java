package org.zosgrid.connector.flist;

import jakarta.resource.ResourceException;

/** Connections to the image hub and, through the nodes, to their image caches. Bound in JNDI, here as {@code zos/images}. */
public interface ImageConnectionFactory {
    ImageConnection getConnection() throws ResourceException;
}
