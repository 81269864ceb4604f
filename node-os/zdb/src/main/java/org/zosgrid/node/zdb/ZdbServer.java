package org.zosgrid.node.zdb;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import javax.net.ssl.SSLSocket;

/** A store that answers RESP on its listeners, each client on a virtual thread of its own. */
public final class ZdbServer implements AutoCloseable {
    private static final System.Logger LOG = System.getLogger(ZdbServer.class.getName());

    private final Store store;
    private final ZdbConfig config;
    private final List<ServerSocket> sockets = new ArrayList<>();
    private final Set<Socket> clients = ConcurrentHashMap.newKeySet();
    private volatile boolean closed;

    private ZdbServer(Store store, ZdbConfig config) {
        this.store = store;
        this.config = config;
    }

    public static ZdbServer start(ZdbConfig config) {
        ZdbServer server = new ZdbServer(Store.open(config.data()), config);
        try {
            for (ZdbConfig.Listener listener : config.listeners()) {
                ServerSocket socket = listener.sockets().listen(listener.address());
                server.sockets.add(socket);
                Thread.ofVirtual().name("zdb-listener").start(() -> server.accept(socket, listener.policy()));
            }
            return server;
        } catch (IOException taken) {
            server.close();
            throw new UncheckedIOException("the store cannot listen: " + taken.getMessage(), taken);
        }
    }

    public Store store() {
        return store;
    }

    /** The addresses it listens on, with the ports it was given. */
    public List<InetSocketAddress> addresses() {
        return sockets.stream().map(socket -> (InetSocketAddress) socket.getLocalSocketAddress()).toList();
    }

    private void accept(ServerSocket socket, AccessPolicy policy) {
        while (!closed) {
            try {
                Socket client = socket.accept();
                clients.add(client);
                Thread.ofVirtual().name("zdb-client").start(() -> serve(client, policy));
            } catch (IOException failed) {
                if (!closed) {
                    LOG.log(System.Logger.Level.WARNING, "a client could not be accepted: {0}", failed.getMessage());
                }
            }
        }
    }

    private void serve(Socket client, AccessPolicy policy) {
        try (client) {
            client.setTcpNoDelay(true);
            if (client instanceof SSLSocket tls) {
                tls.startHandshake();
            }
            new Session(store, config.adminPassword(), policy).serve(client.getInputStream(), client.getOutputStream());
        } catch (IOException gone) {
            LOG.log(System.Logger.Level.DEBUG, "a client is gone: {0}", gone.getMessage());
        } finally {
            clients.remove(client);
        }
    }

    @Override
    public void close() {
        closed = true;
        try {
            for (ServerSocket socket : sockets) {
                socket.close();
            }
            for (Socket client : clients) {
                client.close();
            }
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        } finally {
            store.close();
        }
    }
}
