package org.zosgrid.connector.zdb;

import jakarta.resource.ResourceException;

/** Connections to the stores of the nodes in the inventory, pooled by node. Bound in JNDI, here as {@code zos/zdb}. */
public interface ZdbConnectionFactory {
    /**
     * A connection to one node's store.
     *
     * @throws ResourceException if the inventory knows no such node, or it cannot be reached; the message names it
     */
    ZdbConnection getConnection(String node) throws ResourceException;
}
