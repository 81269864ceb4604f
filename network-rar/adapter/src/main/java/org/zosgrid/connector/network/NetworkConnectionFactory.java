package org.zosgrid.connector.network;

import jakarta.resource.ResourceException;

/** Connections to the nodes' interfaces: their place in the overlay, their workloads and routes. Bound in JNDI, here as {@code zos/network}. */
public interface NetworkConnectionFactory {
    NetworkConnection getConnection() throws ResourceException;
}
