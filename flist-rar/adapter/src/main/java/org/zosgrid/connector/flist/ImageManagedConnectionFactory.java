package org.zosgrid.connector.flist;

import jakarta.resource.NotSupportedException;
import jakarta.resource.ResourceException;
import jakarta.resource.spi.ConnectionDefinition;
import jakarta.resource.spi.ConnectionManager;
import jakarta.resource.spi.ConnectionRequestInfo;
import jakarta.resource.spi.ManagedConnection;
import jakarta.resource.spi.ManagedConnectionFactory;
import jakarta.resource.spi.ResourceAdapter;
import jakarta.resource.spi.ResourceAdapterAssociation;
import java.io.PrintWriter;
import java.util.Set;
import javax.security.auth.Subject;
import org.jspecify.annotations.Nullable;

/** Makes the pool's connections; they are all alike. It has no properties of its own: the adapter's are its. */
@ConnectionDefinition(
        connectionFactory = ImageConnectionFactory.class,
        connectionFactoryImpl = ImageConnections.class,
        connection = ImageConnection.class,
        connectionImpl = ImageConnectionHandle.class)
public final class ImageManagedConnectionFactory implements ManagedConnectionFactory, ResourceAdapterAssociation {
    private static final long serialVersionUID = 1;

    private transient @Nullable ImageResourceAdapter adapter;
    private transient @Nullable PrintWriter log;

    @Override
    public Object createConnectionFactory(ConnectionManager pool) {
        return new ImageConnections(this, pool);
    }

    @Override
    public Object createConnectionFactory() throws ResourceException {
        throw new NotSupportedException("this adapter works in an application server only");
    }

    @Override
    public ManagedConnection createManagedConnection(@Nullable Subject subject, @Nullable ConnectionRequestInfo request) throws ResourceException {
        if (adapter == null) {
            throw new jakarta.resource.spi.IllegalStateException("the connection factory belongs to no resource adapter yet");
        }
        return new ImageManagedConnection(adapter.images());
    }

    @Override
    @SuppressWarnings("rawtypes") // the interface is older than generics
    public @Nullable ManagedConnection matchManagedConnections(Set candidates, @Nullable Subject subject, @Nullable ConnectionRequestInfo request) {
        for (Object candidate : candidates) {
            if (candidate instanceof ImageManagedConnection managed) {
                return managed;
            }
        }
        return null;
    }

    @Override
    public @Nullable ResourceAdapter getResourceAdapter() {
        return adapter;
    }

    @Override
    public void setResourceAdapter(ResourceAdapter adapter) throws ResourceException {
        if (this.adapter != null && this.adapter != adapter) {
            throw new jakarta.resource.spi.IllegalStateException("a connection factory belongs to one resource adapter for good");
        }
        this.adapter = (ImageResourceAdapter) adapter;
    }

    @Override
    public void setLogWriter(@Nullable PrintWriter log) {
        this.log = log;
    }

    @Override
    public @Nullable PrintWriter getLogWriter() {
        return log;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof ImageManagedConnectionFactory that && adapter == that.adapter;
    }

    @Override
    public int hashCode() {
        return System.identityHashCode(adapter);
    }
}
