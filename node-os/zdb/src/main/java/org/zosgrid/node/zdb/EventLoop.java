package org.zosgrid.node.zdb;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.StandardProtocolFamily;
import java.net.StandardSocketOptions;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.ClosedSelectorException;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;

/**
 * Serves all plain connections on one thread. A round: read whoever has sent something and run their commands, hand every namespace's staged entries to the
 * operating system in one write each, then answer. Answers that wait for the disk are held until it has synced, for all that came until then together. A small
 * sync on a disk that is quick the loop does itself, which costs less than handing it over; for any other, a second thread syncs, and the loop goes on. Commands
 * that may take long run on threads of their own.
 */
final class EventLoop implements AutoCloseable {
    private static final System.Logger LOG = System.getLogger(EventLoop.class.getName());
    private static final int ENOUGH_REPLIES = 256 << 10;
    private static final int READ_BUFFER = 256 << 10;
    /** Nanoseconds without anything to do before the thread sleeps. */
    private static final long LOOK_AGAIN = Runtime.getRuntime().availableProcessors() > 1 ? 30_000 : 0;
    /** A sync that takes fewer nanoseconds, and is for fewer bytes, is done by the loop itself. */
    private static final long QUICK_SYNC = 1_000_000;
    private static final long SMALL_SYNC = 256 << 10;

    private final Selector selector;
    private final List<ServerSocketChannel> listeners = new ArrayList<>();
    private final ConcurrentLinkedQueue<Runnable> posted = new ConcurrentLinkedQueue<>();
    private final ExecutorService slow = Executors.newVirtualThreadPerTaskExecutor();
    private final ExecutorService syncer = Executors.newSingleThreadExecutor(Thread.ofPlatform().daemon().name("zdb-sync").factory());
    private final Thread thread;
    final Statistics statistics;
    final BufferPool pool = new BufferPool();
    final RequestParser parser = new RequestParser();
    private @Nullable ByteBuffer input;
    private final ArrayList<Connection> touched = new ArrayList<>();
    private final ArrayList<Namespace> dirty = new ArrayList<>();
    private ArrayList<Connection> held = new ArrayList<>();
    /** Bytes of payloads since the last sync was begun. */
    private long heldBytes;
    private boolean syncRuns;
    /** Nanoseconds that a sync takes, as the last ones did. Written by whoever syncs, one at a time. */
    private volatile long usualSync;
    /** Bytes of replies of this round, roughly. */
    private int unsent;
    private volatile boolean closed;

    /** Makes the session of a new client. */
    interface Sessions {
        Session open();
    }

    EventLoop(Statistics statistics) {
        this.statistics = statistics;
        try {
            this.selector = Selector.open();
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
        this.thread = Thread.ofPlatform().daemon().name("zdb-loop").unstarted(this::run);
    }

    void start() {
        thread.start();
    }

    InetSocketAddress listen(InetSocketAddress address, Sessions sessions) throws IOException {
        ServerSocketChannel channel = ServerSocketChannel.open();
        channel.setOption(StandardSocketOptions.SO_REUSEADDR, true);
        register(channel, address, sessions);
        return (InetSocketAddress) channel.getLocalAddress();
    }

    void listen(UnixDomainSocketAddress address, Sessions sessions) throws IOException {
        register(ServerSocketChannel.open(StandardProtocolFamily.UNIX), address, sessions);
    }

    private void register(ServerSocketChannel channel, SocketAddress address, Sessions sessions) throws IOException {
        listeners.add(channel);
        channel.bind(address, 512);
        channel.configureBlocking(false);
        channel.register(selector, SelectionKey.OP_ACCEPT, sessions);
    }

    private void run() {
        try {
            while (!closed) {
                await();
                for (Runnable next = posted.poll(); next != null; next = posted.poll()) {
                    next.run();
                }
                finishRound();
                if (held.isEmpty()) {
                    heldBytes = 0;
                } else if (!syncRuns) {
                    sync();
                }
            }
        } catch (IOException | ClosedSelectorException failed) {
            if (!closed) {
                throw new IllegalStateException("the event loop ended", failed); // For whoever hears of threads that die.
            }
        }
    }

    /** Sleeping and being woken costs client and server more than looking again for so long: who was just answered often asks at once. */
    private void await() throws IOException {
        long until = System.nanoTime() + LOOK_AGAIN;
        do {
            if (selector.selectNow(this::ready) > 0 || !posted.isEmpty() || closed) { // It takes a wake-up away.
                return;
            }
            Thread.onSpinWait();
        } while (System.nanoTime() < until);
        selector.select(this::ready);
    }

    private void ready(SelectionKey key) {
        if (!key.isValid()) {
            return;
        }
        if (key.attachment() instanceof Connection connection) {
            try {
                connection.ready(key);
                if (unsent > ENOUGH_REPLIES) {
                    finishRound(); // While they are in the processor's cache, and the pool has buffers.
                }
            } catch (IOException gone) {
                connection.close();
            }
        } else if (key.attachment() instanceof Sessions sessions) {
            accept((ServerSocketChannel) key.channel(), sessions);
        }
    }

    private void accept(ServerSocketChannel listener, Sessions sessions) {
        try {
            SocketChannel channel = listener.accept();
            if (channel == null) {
                return;
            }
            channel.configureBlocking(false);
            if (channel.getLocalAddress() instanceof InetSocketAddress) {
                channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
            }
            statistics.clients.increment();
            SelectionKey key = channel.register(selector, SelectionKey.OP_READ);
            key.attach(new Connection(this, channel, key, sessions.open()));
        } catch (IOException failed) {
            LOG.log(System.Logger.Level.WARNING, "a client could not be accepted: {0}", failed.getMessage());
        }
    }

    /** What connections read into, one after the other. */
    ByteBuffer input() {
        ByteBuffer buffer = input;
        if (buffer == null) {
            buffer = ByteBuffer.allocateDirect(READ_BUFFER).order(ByteOrder.LITTLE_ENDIAN);
            input = buffer;
        }
        return buffer.clear();
    }

    /** The connection has something to say, or wrote something, in this round. */
    void touch(Connection connection) {
        unsent += connection.unsent();
        if (!connection.touched) {
            connection.touched = true;
            touched.add(connection);
        }
    }

    void wroteTo(Namespace namespace, int bytes) {
        heldBytes += bytes;
        if (!dirty.contains(namespace)) {
            dirty.add(namespace);
        }
    }

    private void finishRound() {
        if (touched.isEmpty()) {
            return;
        }
        for (int i = 0; i < dirty.size(); i++) {
            Namespace namespace = dirty.get(i);
            try {
                namespace.flush();
            } catch (ZdbException failed) {
                // Nothing of these was answered; a broken connection says that nothing is known.
                LOG.log(System.Logger.Level.ERROR, "namespace " + namespace.name() + " cannot be written", failed);
                touched.stream().filter(each -> each.wrote == namespace).forEach(Connection::close);
            }
        }
        dirty.clear();
        for (int i = 0; i < touched.size(); i++) {
            Connection connection = touched.get(i);
            connection.touched = false;
            if (connection.held) {
                continue; // A slow command ended; its answer goes out behind those that wait for the disk.
            }
            Namespace namespace = connection.wrote;
            if (namespace != null && namespace.properties().durability() == Durability.SYNC) {
                connection.held = true;
                held.add(connection);
            } else {
                connection.wrote = null;
                connection.send();
            }
        }
        touched.clear();
        unsent = 0;
    }

    private void sync() {
        List<Connection> batch = held;
        boolean small = heldBytes < SMALL_SYNC;
        held = new ArrayList<>();
        heldBytes = 0;
        Set<Namespace> namespaces = new LinkedHashSet<>();
        for (Connection connection : batch) {
            if (connection.wrote != null) {
                namespaces.add(connection.wrote);
            }
        }
        if (small && usualSync < QUICK_SYNC && namespaces.stream().noneMatch(each -> each.durably().runs())) {
            synced(batch, syncNow(namespaces));
            return;
        }
        syncRuns = true;
        syncer.execute(() -> {
            boolean durable = syncNow(namespaces);
            post(() -> {
                syncRuns = false;
                synced(batch, durable);
            });
        });
    }

    private boolean syncNow(Set<Namespace> namespaces) {
        long begun = System.nanoTime();
        try {
            namespaces.forEach(Namespace::sync);
            return true;
        } catch (RuntimeException failed) {
            LOG.log(System.Logger.Level.ERROR, "a sync failed; the clients that wait for it are dropped", failed);
            return false;
        } finally {
            usualSync += (System.nanoTime() - begun - usualSync) / 8;
        }
    }

    private void synced(List<Connection> batch, boolean durable) {
        for (Connection connection : batch) {
            connection.wrote = null;
            connection.held = false;
            if (durable) {
                connection.send();
            } else {
                connection.close();
            }
        }
    }

    void post(Runnable task) {
        posted.add(task);
        selector.wakeup();
    }

    void runSlowly(Runnable task) {
        slow.execute(task);
    }

    @Override
    public void close() {
        closed = true;
        selector.wakeup();
        try {
            if (thread.isAlive() && Thread.currentThread() != thread) {
                thread.join();
            }
            for (SelectionKey key : selector.keys()) {
                key.channel().close();
            }
            for (ServerSocketChannel each : listeners) {
                each.close();
            }
            selector.close();
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        } finally {
            slow.shutdownNow();
            syncer.shutdown();
        }
    }
}
