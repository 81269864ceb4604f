package org.zosgrid.connector.flist;

import jakarta.resource.Referenceable;
import jakarta.resource.ResourceException;
import jakarta.resource.spi.ConnectionManager;
import java.io.Serializable;
import javax.naming.Reference;
import org.jspecify.annotations.Nullable;

/** The factory that applications look up: asks the container's pool. */
final class ImageConnections implements ImageConnectionFactory, Serializable, Referenceable {
    private static final long serialVersionUID = 1;

    private final ImageManagedConnectionFactory factory;
    private final ConnectionManager pool;
    private @Nullable Reference reference;

    ImageConnections(ImageManagedConnectionFactory factory, ConnectionManager pool) {
        this.factory = factory;
        this.pool = pool;
    }

    @Override
    public ImageConnection getConnection() throws ResourceException {
        return (ImageConnection) pool.allocateConnection(factory, null);
    }

    @Override
    public ImageConnection getConnection(String organisation) throws ResourceException {
        ImageConnectionHandle handle = (ImageConnectionHandle) pool.allocateConnection(factory, null);
        handle.turnTo(organisation);
        return handle;
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
