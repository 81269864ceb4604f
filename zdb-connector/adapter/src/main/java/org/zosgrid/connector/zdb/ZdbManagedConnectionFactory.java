package org.zosgrid.connector.zdb;

import jakarta.resource.NotSupportedException;
import jakarta.resource.ResourceException;
import jakarta.resource.spi.ConnectionDefinition;
import jakarta.resource.spi.ConnectionManager;
import jakarta.resource.spi.ConnectionRequestInfo;
import jakarta.resource.spi.ManagedConnection;
import jakarta.resource.spi.ManagedConnectionFactory;
import jakarta.resource.spi.ResourceAdapter;
import jakarta.resource.spi.ResourceAdapterAssociation;
import jakarta.resource.spi.ValidatingManagedConnectionFactory;
import java.io.PrintWriter;
import java.util.HashSet;
import java.util.Set;
import javax.security.auth.Subject;
import org.jspecify.annotations.Nullable;

/** Makes the pool's connections and finds among them the one to the node that is asked for. It has no properties of its own: the adapter's are its. */
@ConnectionDefinition(
        connectionFactory = ZdbConnectionFactory.class,
        connectionFactoryImpl = ZdbConnections.class,
        connection = ZdbConnection.class,
        connectionImpl = ZdbConnectionHandle.class)
public final class ZdbManagedConnectionFactory implements ManagedConnectionFactory, ResourceAdapterAssociation, ValidatingManagedConnectionFactory {
    private static final long serialVersionUID = 1;

    private transient @Nullable ZdbResourceAdapter adapter;
    private transient @Nullable PrintWriter log;

    Nodes nodes() throws ResourceException {
        if (adapter == null) {
            throw new jakarta.resource.spi.IllegalStateException("the connection factory belongs to no resource adapter yet");
        }
        return adapter.nodes();
    }

    @Override
    public Object createConnectionFactory(ConnectionManager pool) {
        return new ZdbConnections(this, pool);
    }

    @Override
    public Object createConnectionFactory() throws ResourceException {
        throw new NotSupportedException("this adapter works in an application server only");
    }

    /** Connects to the node that is asked for; a container that only tries the pool asks for none, and gets the first of the inventory. */
    @Override
    public ManagedConnection createManagedConnection(@Nullable Subject subject, @Nullable ConnectionRequestInfo request) throws ResourceException {
        return new ZdbManagedConnection(nodes(), request instanceof NodeRequest wanted ? wanted.node() : nodes().first());
    }

    @Override
    @SuppressWarnings("rawtypes") // the interface is older than generics
    public @Nullable ManagedConnection matchManagedConnections(Set candidates, @Nullable Subject subject, @Nullable ConnectionRequestInfo request) {
        for (Object candidate : candidates) {
            if (candidate instanceof ZdbManagedConnection managed && (!(request instanceof NodeRequest wanted) || wanted.node().equals(managed.node()))) {
                return managed;
            }
        }
        return null;
    }

    @Override
    @SuppressWarnings("rawtypes") // the interface is older than generics
    public Set getInvalidConnections(Set connections) {
        Set<Object> broken = new HashSet<>();
        for (Object each : connections) {
            if (each instanceof ZdbManagedConnection managed && !managed.alive()) {
                broken.add(managed);
            }
        }
        return broken;
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
        this.adapter = (ZdbResourceAdapter) adapter;
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
        return other instanceof ZdbManagedConnectionFactory that && adapter == that.adapter;
    }

    @Override
    public int hashCode() {
        return System.identityHashCode(adapter);
    }
}
