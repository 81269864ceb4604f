package org.zosgrid.connector.zdb;

import jakarta.resource.NotSupportedException;
import jakarta.resource.ResourceException;
import jakarta.resource.spi.CommException;
import jakarta.resource.spi.ConnectionEvent;
import jakarta.resource.spi.ConnectionEventListener;
import jakarta.resource.spi.ConnectionRequestInfo;
import jakarta.resource.spi.LocalTransaction;
import jakarta.resource.spi.ManagedConnection;
import jakarta.resource.spi.ManagedConnectionMetaData;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;
import javax.security.auth.Subject;
import javax.transaction.xa.XAResource;
import org.jspecify.annotations.Nullable;
import org.zosgrid.contract.inventory.NodeAddress;
import org.zosgrid.zdb.client.RespReader;
import org.zosgrid.zdb.client.ZdbClient;
import org.zosgrid.zdb.client.ZdbException;

/**
 * A pooled connection to one store.
 *
 * <p>While it lay in the pool the node may have been restarted. That is not the caller's trouble: a question is asked once more over a fresh TLS
 * connection. An append is never sent twice, because the first one may have arrived; instead a connection that lay idle is tried before it is used.
 * What stays broken is reported to the container, which then drops this object.
 */
final class ZdbManagedConnection implements ManagedConnection {
    /** An append does not rely on a connection that has been silent for longer. */
    private static final Duration FRESH = Duration.ofSeconds(1);
    private static final int MAX_RECORDS = 1_000;

    private final Nodes nodes;
    private final String node;
    private final Set<ZdbConnectionHandle> handles = ConcurrentHashMap.newKeySet();
    private final List<ConnectionEventListener> listeners = new CopyOnWriteArrayList<>();
    private StoreLink link;
    /** Where the inventory had the node when the link was made; empty for the ledger, which does not move. */
    private Optional<NodeAddress> at;
    private @Nullable PrintWriter log;

    ZdbManagedConnection(Nodes nodes, String node) throws ResourceException {
        this.nodes = nodes;
        this.node = node;
        this.at = nodes.place(node);
        this.link = nodes.connect(node);
    }

    String node() {
        return node;
    }

    /** Whether the store answers, and is still where the inventory has it. */
    synchronized boolean alive() {
        return !nodes.hasMoved(at) && link.alive();
    }

    /** The node may have moved, or been struck from the inventory, while this connection lay in the pool. */
    private void follow() throws ResourceException {
        if (nodes.hasMoved(at)) {
            reconnect();
        }
    }

    synchronized long append(String namespace, byte[] record) throws ResourceException {
        if (record.length > RespReader.MAX_BULK) {
            throw new ResourceException("record: must not be larger than " + RespReader.MAX_BULK + " bytes (is: " + record.length + ")");
        }
        follow();
        if (link.idle().compareTo(FRESH) > 0 && !link.alive()) {
            reconnect();
        }
        try {
            return link.ask(namespace, client -> client.append(record));
        } catch (ZdbException failed) {
            throw fault(failed, failed.refused() ? "" : "; whether the record was appended is not known");
        }
    }

    synchronized List<byte[]> read(String namespace, long from, int limit) throws ResourceException {
        if (from < 0) {
            throw new ResourceException("from: must be at least 0 (is: " + from + ")");
        }
        if (limit < 1 || limit > MAX_RECORDS) {
            throw new ResourceException("limit: must be 1 to " + MAX_RECORDS + " (is: " + limit + ")");
        }
        return ask(namespace, client -> client.read(from, limit));
    }

    synchronized Optional<byte[]> get(String namespace, String key) throws ResourceException {
        return ask(namespace, client -> client.get(bytes(key)));
    }

    /** May be sent twice: the same value stands under the key then. */
    synchronized void set(String namespace, SequencedMap<String, byte[]> values) throws ResourceException {
        List<Map.Entry<byte[], byte[]>> pairs = new ArrayList<>();
        for (Map.Entry<String, byte[]> each : values.entrySet()) {
            if (each.getValue().length > RespReader.MAX_BULK) {
                throw new ResourceException(each.getKey() + ": must not be larger than " + RespReader.MAX_BULK + " bytes (is: " + each.getValue().length + ")");
            }
            pairs.add(Map.entry(bytes(each.getKey()), each.getValue()));
        }
        ask(namespace, client -> {
            client.set(pairs);
            return pairs.size();
        });
    }

    private static byte[] bytes(String key) {
        return key.getBytes(StandardCharsets.UTF_8);
    }

    synchronized long size(String namespace) throws ResourceException {
        return ask(namespace, ZdbClient::size);
    }

    /** For what may be asked twice: questions, and writes under keys. */
    private <T> T ask(String namespace, Function<ZdbClient, T> question) throws ResourceException {
        follow();
        try {
            return link.ask(namespace, question);
        } catch (ZdbException stale) {
            if (stale.refused()) {
                throw fault(stale, "");
            }
        }
        reconnect();
        try {
            return link.ask(namespace, question);
        } catch (ZdbException failed) {
            throw fault(failed, "");
        }
    }

    private void reconnect() throws ResourceException {
        link.close();
        try {
            at = nodes.place(node);
            link = nodes.connect(node);
        } catch (ResourceException away) {
            reportBroken(away);
            throw away;
        }
    }

    private ResourceException fault(ZdbException failed, String remark) {
        String message = "the store of " + node + ": " + failed.getMessage() + remark;
        if (failed.refused()) {
            return new ResourceException(message, failed);
        }
        ResourceException broken = new CommException(message, failed);
        reportBroken(broken);
        return broken;
    }

    private void reportBroken(ResourceException why) {
        ConnectionEvent event = new ConnectionEvent(this, ConnectionEvent.CONNECTION_ERROR_OCCURRED, why);
        listeners.forEach(listener -> listener.connectionErrorOccurred(event));
    }

    void closed(ZdbConnectionHandle handle) {
        if (handles.remove(handle)) {
            ConnectionEvent event = new ConnectionEvent(this, ConnectionEvent.CONNECTION_CLOSED);
            event.setConnectionHandle(handle);
            listeners.forEach(listener -> listener.connectionClosed(event));
        }
    }

    /** A handle that was moved to another connection. */
    void forget(ZdbConnectionHandle handle) {
        handles.remove(handle);
    }

    @Override
    public Object getConnection(@Nullable Subject subject, @Nullable ConnectionRequestInfo request) {
        ZdbConnectionHandle handle = new ZdbConnectionHandle(this);
        handles.add(handle);
        return handle;
    }

    @Override
    public void associateConnection(Object connection) throws ResourceException {
        if (!(connection instanceof ZdbConnectionHandle handle)) {
            throw new ResourceException("connection: must be one of this adapter's (is: " + connection.getClass().getName() + ")");
        }
        handle.associate(this);
        handles.add(handle);
    }

    /** Takes the handles away; the connection stays, for the next who asks for this node. */
    @Override
    public void cleanup() {
        handles.forEach(ZdbConnectionHandle::invalidate);
        handles.clear();
    }

    @Override
    public void destroy() {
        cleanup();
        link.close();
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
        throw new NotSupportedException("what is appended to a node cannot be taken back: there are no transactions");
    }

    @Override
    public LocalTransaction getLocalTransaction() throws ResourceException {
        throw new NotSupportedException("what is appended to a node cannot be taken back: there are no transactions");
    }

    @Override
    public ManagedConnectionMetaData getMetaData() {
        return new ManagedConnectionMetaData() {
            @Override
            public String getEISProductName() {
                return "Zero-DB";
            }

            @Override
            public String getEISProductVersion() {
                return "of " + node;
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
