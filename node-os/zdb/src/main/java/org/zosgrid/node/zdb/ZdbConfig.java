package org.zosgrid.node.zdb;

import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import javax.net.ServerSocketFactory;

/**
 * How a store is run.
 *
 * @param data where the namespaces lie
 * @param listeners where it answers; none is fine for a store used within the process
 * @param adminPassword what AUTH asks for; without one every client of an unrestricted listener is an administrator
 */
public record ZdbConfig(Path data, List<Listener> listeners, Optional<String> adminPassword) {

    /** Makes the sockets that clients connect to: plain, or TLS with whatever it demands of clients. */
    public interface Sockets {
        java.net.ServerSocket listen(InetSocketAddress address) throws java.io.IOException;
    }

    /** One address, how its sockets are made, and what its clients may do. */
    public record Listener(InetSocketAddress address, Sockets sockets, AccessPolicy policy) {
        /** Plain RESP with every right; the address should be loopback. */
        public static Listener plain(InetSocketAddress address) {
            return new Listener(address, where -> {
                java.net.ServerSocket socket = ServerSocketFactory.getDefault().createServerSocket();
                socket.setReuseAddress(true);
                socket.bind(where);
                return socket;
            }, new AccessPolicy.Full());
        }
    }
}
