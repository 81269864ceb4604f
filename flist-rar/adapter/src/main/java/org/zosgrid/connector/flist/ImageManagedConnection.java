package org.zosgrid.connector.flist;

import jakarta.resource.NotSupportedException;
import jakarta.resource.ResourceException;
import jakarta.resource.spi.ConnectionEvent;
import jakarta.resource.spi.ConnectionEventListener;
import jakarta.resource.spi.ConnectionRequestInfo;
import jakarta.resource.spi.LocalTransaction;
import jakarta.resource.spi.ManagedConnection;
import jakarta.resource.spi.ManagedConnectionMetaData;
import java.io.PrintWriter;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import javax.security.auth.Subject;
import javax.transaction.xa.XAResource;
import org.jspecify.annotations.Nullable;

/** What the pool holds: no connection of its own, since the adapter's one HTTP client keeps those to the hub. */
final class ImageManagedConnection implements ManagedConnection {
    private final Map<String, VerifiedImages> images;
    private final Set<ImageConnectionHandle> handles = ConcurrentHashMap.newKeySet();
    private final List<ConnectionEventListener> listeners = new CopyOnWriteArrayList<>();
    private @Nullable PrintWriter log;

    ImageManagedConnection(Map<String, VerifiedImages> images) {
        this.images = images;
    }

    VerifiedImages images(String organisation) throws ResourceException {
        VerifiedImages own = images.get(organisation);
        if (own == null) {
            throw new ResourceException("organisation: must be one that the adapter knows (is: " + organisation + ")");
        }
        return own;
    }

    void closed(ImageConnectionHandle handle) {
        if (handles.remove(handle)) {
            ConnectionEvent event = new ConnectionEvent(this, ConnectionEvent.CONNECTION_CLOSED);
            event.setConnectionHandle(handle);
            listeners.forEach(listener -> listener.connectionClosed(event));
        }
    }

    /** A handle that was moved to another connection. */
    void forget(ImageConnectionHandle handle) {
        handles.remove(handle);
    }

    @Override
    public Object getConnection(@Nullable Subject subject, @Nullable ConnectionRequestInfo request) {
        ImageConnectionHandle handle = new ImageConnectionHandle(this);
        handles.add(handle);
        return handle;
    }

    @Override
    public void associateConnection(Object connection) throws ResourceException {
        if (!(connection instanceof ImageConnectionHandle handle)) {
            throw new ResourceException("connection: must be one of this adapter's (is: " + connection.getClass().getName() + ")");
        }
        handle.associate(this);
        handles.add(handle);
    }

    @Override
    public void cleanup() {
        handles.forEach(ImageConnectionHandle::invalidate);
        handles.clear();
    }

    @Override
    public void destroy() {
        cleanup();
    }

    @Override
    public void addConnectionEventListener(ConnectionEventListener listener) {
        listeners.add(listener);
    }

    @Override
    public void removeConnectionEventListener(ConnectionEventListener listener) {
        listeners.remove(listener);
    }

    @Override
    public XAResource getXAResource() throws ResourceException {
        throw new NotSupportedException("there are no transactions with the image hub");
    }

    @Override
    public LocalTransaction getLocalTransaction() throws ResourceException {
        throw new NotSupportedException("there are no transactions with the image hub");
    }

    @Override
    public ManagedConnectionMetaData getMetaData() {
        return new ManagedConnectionMetaData() {
            @Override
            public String getEISProductName() {
                return "image hub";
            }

            @Override
            public String getEISProductVersion() {
                return "v1";
            }

            @Override
            public int getMaxConnections() {
                return 0; // no limit that we know of
            }

            @Override
            public String getUserName() {
                return "control-plane";
            }
        };
    }

    @Override
    public void setLogWriter(@Nullable PrintWriter log) {
        this.log = log;
    }

    @Override
    public @Nullable PrintWriter getLogWriter() {
        return log;
    }
}
