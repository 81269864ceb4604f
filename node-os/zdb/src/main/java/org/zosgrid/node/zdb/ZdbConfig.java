package org.zosgrid.node.zdb;

import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * How a store is run.
 *
 * @param data where the namespaces' data lies
 * @param listeners where it answers; none is fine for a store used within the process
 * @param replication how it reaches other copies of itself
 * @param adminPassword what AUTH asks for; without one every client of an unrestricted listener is an administrator
 */
public record ZdbConfig(Path data, List<Listener> listeners, Optional<String> adminPassword, Settings settings, Replication replication) {
    static final int FILE_SIZE = 256 << 20;
    private static final int CONNECT_MILLIS = 5_000;
    private static final int ANSWER_MILLIS = 30_000;

    public ZdbConfig {
        listeners = List.copyOf(listeners);
    }

    /** As a secondary reaches its primary by default: in plain, with the administrator's password of this store. */
    public ZdbConfig(Path data, List<Listener> listeners, Optional<String> adminPassword, Settings settings) {
        this(data, listeners, adminPassword, settings, new Replication(Optional.empty(), Connector.PLAIN, adminPassword));
    }

    /** With everything else as it is by default: index beside the data, files of 256 MiB, namespaces that answer a write when it is on the disk. */
    public ZdbConfig(Path data, List<Listener> listeners, Optional<String> adminPassword) {
        this(data, listeners, adminPassword, Settings.usual(data));
    }

    /**
     * What a store that stands alone may be told besides.
     *
     * @param index where indexes lie; another disk, if wished
     * @param unixSockets paths of sockets with every right
     * @param fileSize bytes after which a data file is closed, 64 KiB to just under 2 GiB
     * @param fresh what a new namespace is, and its mode
     * @param singleMode whether no namespace may have another mode
     * @param protect whether the default namespace is read-only until AUTH
     * @param hook program told of namespaces and files
     * @param defaultMaxSize bytes of live payloads that the default namespace may hold; 0 means no limit, empty leaves what it was told before
     * @param rotate how often every data file that has entries is closed and the next begun; zero means only when it is full
     * @param capacity bytes that all data files together may take; 0 means what the disk has
     * @param syncOnJump whether a data file that is closed is synced at once, whatever durability its namespace promises
     */
    public record Settings(
            Path index, List<Path> unixSockets, int fileSize, NamespaceProperties fresh, boolean singleMode, boolean protect, Optional<Path> hook, OptionalLong defaultMaxSize,
            Duration rotate, boolean syncOnJump, long capacity) {
        private static final int LEAST_FILE = 64 << 10;

        Settings(Path index, List<Path> unixSockets, int fileSize, NamespaceProperties fresh, boolean singleMode, boolean protect, Optional<Path> hook) {
            this(index, unixSockets, fileSize, fresh, singleMode, protect, hook, OptionalLong.empty(), Duration.ZERO, false, 0);
        }

        static Settings usual(Path index) {
            return new Settings(index, List.of(), FILE_SIZE, NamespaceProperties.of(Mode.USER), false, false, Optional.empty());
        }

        public Settings {
            unixSockets = List.copyOf(unixSockets);
            if (fileSize < LEAST_FILE || fileSize > Integer.MAX_VALUE - (16 << 20)) {
                throw new IllegalArgumentException("datasize: must lie between " + LEAST_FILE + " and " + (Integer.MAX_VALUE - (16 << 20)) + " bytes (is: " + fileSize + ")");
            }
        }
    }

    /** Connects to another store, in plain or by TLS with whatever is demanded of it. */
    public interface Connector {
        Connector PLAIN = address -> {
            java.net.Socket socket = new java.net.Socket();
            try {
                socket.connect(address, CONNECT_MILLIS);
                socket.setTcpNoDelay(true);
                socket.setSoTimeout(ANSWER_MILLIS);
                return socket;
            } catch (java.io.IOException | RuntimeException failed) {
                socket.close();
                throw failed;
            }
        };

        /** A socket that is ready, and does not wait for an answer for ever. */
        java.net.Socket connect(InetSocketAddress address) throws java.io.IOException;
    }

    /**
     * How a store and its copies reach each other.
     *
     * @param primary whom a store follows that was never told anything by REPLICAOF, {@code host:port}
     * @param password of an administrator of the others
     */
    public record Replication(Optional<String> primary, Connector connector, Optional<String> password) {}

    /** Makes the sockets that clients connect to: plain, or TLS with whatever it demands of clients. */
    public interface Sockets {
        java.net.ServerSocket listen(InetSocketAddress address) throws java.io.IOException;
    }

    /** One address, how its sockets are made, and what its clients may do. */
    public record Listener(InetSocketAddress address, Sockets sockets, AccessPolicy policy) {
        /** Marks what the event loop serves. */
        static final Sockets PLAIN = where -> {
            throw new IllegalStateException("plain sockets are served by the event loop");
        };

        /** Plain RESP with every right; the address should be loopback. */
        public static Listener plain(InetSocketAddress address) {
            return new Listener(address, PLAIN, new AccessPolicy.Full());
        }
    }
}
