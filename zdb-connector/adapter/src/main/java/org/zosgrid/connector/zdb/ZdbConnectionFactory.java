package org.zosgrid.connector.zdb;

import jakarta.resource.ResourceException;

/** Connections to the stores of the nodes in the inventory, and to the ledger's, pooled by store. Bound in JNDI, here as {@code zos/zdb}. */
public interface ZdbConnectionFactory {
    /**
     * A connection to one node's store.
     *
     * @throws ResourceException if the inventory knows no such node, or it cannot be reached; the message names it
     */
    ZdbConnection getConnection(String node) throws ResourceException;

    /**
     * A connection to the control plane's own store, which keeps the ledger.
     *
     * @throws ResourceException if the adapter was given none, or it cannot be reached
     */
    ZdbConnection getLedgerConnection() throws ResourceException;
}
