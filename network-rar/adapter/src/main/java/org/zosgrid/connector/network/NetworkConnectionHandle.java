package org.zosgrid.connector.network;

import jakarta.resource.ResourceException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What the application holds: works until it is closed, or until the container takes the connection back. */
final class NetworkConnectionHandle implements NetworkConnection {
    private volatile @Nullable NetworkManagedConnection managed;

    NetworkConnectionHandle(NetworkManagedConnection managed) {
        this.managed = managed;
    }

    @Override
    public List<String> nodes() throws ResourceException {
        return interfaces().names();
    }

    @Override
    public NodeReport status(String node) throws ResourceException {
        return interfaces().status(node);
    }

    @Override
    public List<Route> routes(String node) throws ResourceException {
        return interfaces().routes(node);
    }

    @Override
    public Route expose(String node, String deployment, String route) throws ResourceException {
        return interfaces().expose(node, deployment, route);
    }

    @Override
    public void withdraw(String node, String deployment, String route) throws ResourceException {
        interfaces().withdraw(node, deployment, route);
    }

    @Override
    public String logs(String node, String deployment, String machine) throws ResourceException {
        return interfaces().logs(node, deployment, machine);
    }

    @Override
    public Usage usage(String node, String deployment, String machine) throws ResourceException {
        return interfaces().usage(node, deployment, machine);
    }

    @Override
    public Cosignature cosign(String node, String checkpoint, long from, List<byte[]> consistency) throws ResourceException {
        return interfaces().cosign(node, checkpoint, from, consistency);
    }

    @Override
    public byte[] openTerminal(String node, byte[] request) throws ResourceException {
        return interfaces().openTerminal(node, request);
    }

    @Override
    public void typeInto(String node, String session, List<byte[]> frames) throws ResourceException {
        interfaces().typeInto(node, session, frames);
    }

    @Override
    public Shown readTerminal(String node, String session, long from) throws ResourceException {
        return interfaces().readTerminal(node, session, from);
    }

    @Override
    public boolean closeTerminal(String node, String session) throws ResourceException {
        return interfaces().closeTerminal(node, session);
    }

    @Override
    public void close() {
        NetworkManagedConnection open = managed;
        if (open != null) {
            managed = null;
            open.closed(this);
        }
    }

    /** The container moves this handle to another connection. */
    void associate(NetworkManagedConnection other) {
        NetworkManagedConnection before = managed;
        if (before != null) {
            before.forget(this);
        }
        managed = other;
    }

    void invalidate() {
        managed = null;
    }

    private NodeInterfaces interfaces() throws ResourceException {
        NetworkManagedConnection open = managed;
        if (open == null) {
            throw new jakarta.resource.spi.IllegalStateException("this connection to the nodes' interfaces is closed");
        }
        return open.interfaces();
    }
}
