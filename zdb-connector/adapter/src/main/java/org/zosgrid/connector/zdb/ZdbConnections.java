package org.zosgrid.connector.zdb;

import jakarta.resource.Referenceable;
import jakarta.resource.ResourceException;
import jakarta.resource.spi.ConnectionManager;
import java.io.Serializable;
import javax.naming.Reference;
import org.jspecify.annotations.Nullable;

/** The factory that applications look up: has the container's pool find a connection to the node. */
final class ZdbConnections implements ZdbConnectionFactory, Serializable, Referenceable {
    private static final long serialVersionUID = 1;

    private final ZdbManagedConnectionFactory factory;
    private final ConnectionManager pool;
    private @Nullable Reference reference;

    ZdbConnections(ZdbManagedConnectionFactory factory, ConnectionManager pool) {
        this.factory = factory;
        this.pool = pool;
    }

    @Override
    public ZdbConnection getConnection(String node) throws ResourceException {
        factory.nodes().address(node); // an unknown name is refused here, in our words and not in the pool's
        return connection(node);
    }

    @Override
    public ZdbConnection getLedgerConnection() throws ResourceException {
        factory.nodes().known(LedgerStore.NAME);
        return connection(LedgerStore.NAME);
    }

    private ZdbConnection connection(String store) throws ResourceException {
        return (ZdbConnection) pool.allocateConnection(factory, new NodeRequest(store));
    }

    @Override
    public void setReference(Reference reference) {
        this.reference = reference;
    }

    @Override
    public @Nullable Reference getReference() {
        return reference;
    }
}
