package org.zosgrid.node.zdb;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.UnixDomainSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLSocket;

/** A store that answers RESP: plain sockets on an {@link EventLoop}, TLS with each client on a virtual thread of its own. */
public final class ZdbServer implements AutoCloseable {
    private static final System.Logger LOG = System.getLogger(ZdbServer.class.getName());
    private static final int TICK_MILLIS = 50;
    private static final int LOOK_MILLIS = 1_000;

    private final Store store;
    private final ZdbConfig config;
    private final Statistics statistics = new Statistics();
    private final Secret secret;
    private final Hooks hooks;
    private final Mirrors mirrors = new Mirrors();
    private final List<ServerSocket> sockets = new ArrayList<>();
    private final List<InetSocketAddress> addresses = new ArrayList<>();
    private final Set<Socket> clients = ConcurrentHashMap.newKeySet();
    private final EventLoop loop;
    private final Replication replication;
    private final Compactions compactions;
    private final ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor(Thread.ofPlatform().daemon().name("zdb-clock").factory());
    private volatile boolean closed;

    private ZdbServer(Store store, ZdbConfig config, Hooks hooks) {
        this.store = store;
        this.config = config;
        this.secret = new Secret(config.settings().index());
        this.hooks = hooks;
        this.loop = new EventLoop(statistics);
        this.replication = new Replication(store, secret, config.replication());
        this.compactions = new Compactions(replication.secondaries()::needed);
    }

    public static ZdbServer start(ZdbConfig config) {
        return start(config, new SystemDisk());
    }

    static ZdbServer start(ZdbConfig config, Disk disk) {
        ZdbConfig.Settings settings = config.settings();
        Hooks hooks = new Hooks(settings.hook());
        try {
            hooks.require("namespaces-init", settings.index().toString(), config.data().toString());
        } catch (IOException refused) {
            throw new UncheckedIOException("the store is not opened: " + refused.getMessage(), refused);
        }
        ZdbServer server = new ZdbServer(Store.open(config.data(), settings.index(), disk, settings.fileSize(), settings.fresh(), hooks, settings.syncOnJump(), settings.capacity()), config, hooks);
        try {
            settings.defaultMaxSize().ifPresent(server::limitDefault);
            server.hooks.require("ready");
            for (ZdbConfig.Listener listener : config.listeners()) {
                server.listen(listener);
            }
            for (Path socket : settings.unixSockets()) {
                Files.deleteIfExists(socket);
                server.loop.listen(UnixDomainSocketAddress.of(socket), () -> new Session(server, new AccessPolicy.Full()));
            }
            server.loop.start();
            server.replication.start();
            server.clock.scheduleWithFixedDelay(server::syncIntervals, TICK_MILLIS, TICK_MILLIS, TimeUnit.MILLISECONDS);
            server.clock.scheduleWithFixedDelay(() -> server.store.allDisks().forEach(NamespaceDisk::releaseOffloaded), 1, 1, TimeUnit.SECONDS);
            server.clock.scheduleWithFixedDelay(server.store::recount, 1, 1, TimeUnit.SECONDS);
            if (!settings.rotate().isZero()) {
                server.clock.scheduleWithFixedDelay(server::rotate, settings.rotate().toMillis(), settings.rotate().toMillis(), TimeUnit.MILLISECONDS);
            }
            server.clock.scheduleWithFixedDelay(() -> server.compactions.look(server.store.all()), LOOK_MILLIS, LOOK_MILLIS, TimeUnit.MILLISECONDS);
            return server;
        } catch (IOException taken) {
            server.close();
            throw new UncheckedIOException("the store cannot listen: " + taken.getMessage(), taken);
        }
    }

    private void limitDefault(long maxSize) {
        Namespace first = store.namespace(Store.DEFAULT).orElseThrow();
        if (first.properties().maxSize() != maxSize) {
            first.update(first.properties().withMaxSize(maxSize));
        }
    }

    /** Begins the next data file wherever the newest has entries. */
    private void rotate() {
        for (Namespace namespace : store.all()) {
            try {
                // The files of a secondary end where those of its primary do.
                if (store.standing().writes() && Location.offset(namespace.end()) > DataFile.FILE_HEADER) {
                    namespace.jump();
                }
            } catch (ZdbException failed) {
                LOG.log(System.Logger.Level.ERROR, "namespace " + namespace.name() + " cannot be rotated", failed);
            }
        }
    }

    /** Tells the hook that the process is about to end without having closed the store. */
    void crashed() {
        hooks.ask("crash");
    }

    private void listen(ZdbConfig.Listener listener) throws IOException {
        if (listener.sockets() == ZdbConfig.Listener.PLAIN) {
            addresses.add(loop.listen(listener.address(), () -> new Session(this, listener.policy())));
            return;
        }
        ServerSocket socket = listener.sockets().listen(listener.address());
        sockets.add(socket);
        addresses.add((InetSocketAddress) socket.getLocalSocketAddress());
        Thread.ofVirtual().name("zdb-listener").start(() -> accept(socket, listener.policy()));
    }

    public Store store() {
        return store;
    }

    ZdbConfig config() {
        return config;
    }

    Statistics statistics() {
        return statistics;
    }

    Secret secret() {
        return secret;
    }

    Mirrors mirrors() {
        return mirrors;
    }

    Replication replication() {
        return replication;
    }

    Compactions compactions() {
        return compactions;
    }

    Hooks hooks() {
        return hooks;
    }

    /** The addresses it listens on, with the ports it was given. */
    public List<InetSocketAddress> addresses() {
        return List.copyOf(addresses);
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
            statistics.clients.increment();
            new Session(this, policy).serve(client.getInputStream(), client.getOutputStream());
        } catch (IOException gone) {
            LOG.log(System.Logger.Level.DEBUG, "a client is gone: {0}", gone.getMessage());
        } finally {
            clients.remove(client);
        }
    }

    private final Map<String, Long> lastSync = new HashMap<>();

    /** Syncs the namespaces whose interval is over and which have something to sync. */
    private void syncIntervals() {
        long now = System.nanoTime();
        for (Namespace namespace : store.all()) {
            NamespaceProperties properties = namespace.properties();
            if (properties.durability() == Durability.INTERVAL
                    && now - lastSync.getOrDefault(namespace.name(), now - Long.MAX_VALUE / 2) >= properties.interval().toNanos()
                    && namespace.durably().behind()) {
                lastSync.put(namespace.name(), now);
                try {
                    namespace.sync();
                } catch (ZdbException failed) {
                    LOG.log(System.Logger.Level.ERROR, "namespace " + namespace.name() + " cannot be synced", failed);
                }
            }
        }
    }

    @Override
    public void close() {
        closed = true;
        clock.shutdown();
        replication.close();
        loop.close();
        try {
            for (ServerSocket socket : sockets) {
                socket.close();
            }
            for (Socket client : clients) {
                client.close();
            }
            for (Path socket : config.settings().unixSockets()) {
                Files.deleteIfExists(socket);
            }
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        } finally {
            store.all().forEach(each -> hooks.ask("namespace-closing", each.name()));
            compactions.close();
            store.close();
            hooks.ask("close");
        }
    }
}
