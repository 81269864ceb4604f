package org.zosgrid.connector.flist;

import jakarta.resource.ResourceException;

/** Connections to the image hub and, through the nodes, to their image caches. Bound in JNDI, here as {@code zos/images}. */
public interface ImageConnectionFactory {
    /** For the default organisation. */
    ImageConnection getConnection() throws ResourceException;

    /** For the hub of an organisation, and the image signers of its trust root. */
    ImageConnection getConnection(String organisation) throws ResourceException;
}
