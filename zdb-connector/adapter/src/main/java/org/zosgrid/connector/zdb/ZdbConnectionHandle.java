package org.zosgrid.connector.zdb;

import jakarta.resource.ResourceException;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;
import org.jspecify.annotations.Nullable;

/** What the application holds: works until it is closed, or until the container takes the connection back. */
final class ZdbConnectionHandle implements ZdbConnection {
    private final String node;
    private volatile @Nullable ZdbManagedConnection managed;

    ZdbConnectionHandle(ZdbManagedConnection managed) {
        this.node = managed.node();
        this.managed = managed;
    }

    @Override
    public long append(String namespace, byte[] record) throws ResourceException {
        return managed().append(namespace, record);
    }

    @Override
    public List<byte[]> read(String namespace, long from, int limit) throws ResourceException {
        return managed().read(namespace, from, limit);
    }

    @Override
    public Optional<byte[]> get(String namespace, String key) throws ResourceException {
        return managed().get(namespace, key);
    }

    @Override
    public void set(String namespace, SequencedMap<String, byte[]> values) throws ResourceException {
        managed().set(namespace, values);
    }

    @Override
    public long size(String namespace) throws ResourceException {
        return managed().size(namespace);
    }

    @Override
    public void close() {
        ZdbManagedConnection open = managed;
        if (open != null) {
            managed = null;
            open.closed(this);
        }
    }

    /** The container moves this handle to another connection to the same node. */
    void associate(ZdbManagedConnection other) {
        ZdbManagedConnection before = managed;
        if (before != null) {
            before.forget(this);
        }
        managed = other;
    }

    void invalidate() {
        managed = null;
    }

    private ZdbManagedConnection managed() throws ResourceException {
        ZdbManagedConnection open = managed;
        if (open == null) {
            throw new jakarta.resource.spi.IllegalStateException("this connection to the store of " + node + " is closed");
        }
        return open;
    }
}
