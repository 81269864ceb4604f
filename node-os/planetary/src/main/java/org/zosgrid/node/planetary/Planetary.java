package org.zosgrid.node.planetary;

import java.io.IOException;
import java.net.Inet6Address;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.DatagramChannel;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.zosgrid.contract.key.KeyId;
import org.zosgrid.contract.trust.OverlayAddress;
import org.zosgrid.node.linux.Command;
import org.zosgrid.node.linux.LinuxException;
import org.zosgrid.node.linux.Tun;

/** A node's part of the overlay: the TUN device, the UDP socket, and a link for each peer. */
public final class Planetary implements AutoCloseable {
    private static final System.Logger LOG = System.getLogger(Planetary.class.getName());
    private static final int TICK_MILLIS = 200;
    private static final int BUFFER = 16 << 10;
    private static final int IPV6_HEADER = 40;

    private final PlanetaryConfig config;
    private final Tun tun;
    private final DatagramChannel socket;
    private final Map<InetSocketAddress, Link> byEndpoint = new HashMap<>();
    private final Map<Long, Link> byPrefix = new HashMap<>();
    private final List<Thread> threads = new ArrayList<>();
    private volatile boolean closed;

    private Planetary(PlanetaryConfig config, Tun tun, DatagramChannel socket) {
        this.config = config;
        this.tun = tun;
        this.socket = socket;
        byte[] cookieSecret = new byte[32];
        new SecureRandom().nextBytes(cookieSecret);
        for (PlanetaryConfig.Peer peer : config.peers()) {
            Link link = new Link(config.identity(), peer, cookieSecret, this::send);
            byEndpoint.put(peer.endpoint(), link);
            byPrefix.put(prefix(OverlayAddress.ofNode(peer.key().id()).getAddress(), 0), link);
        }
    }

    /** Creates the device in the current network namespace, gives it the node's address and a route to the overlay, and starts. */
    public static Planetary start(PlanetaryConfig config) {
        Tun tun = Tun.open(config.tun());
        try {
            KeyId id = config.identity().id();
            Command.run("ip", "link", "set", config.tun(), "mtu", Integer.toString(config.mtu()), "up");
            Command.run("ip", "-6", "address", "add", OverlayAddress.ofNode(id).getHostAddress() + "/128", "dev", config.tun(), "nodad");
            Command.run("ip", "-6", "route", "replace", "fd00::/8", "dev", config.tun());
            DatagramChannel socket = DatagramChannel.open().bind(config.listen());
            Planetary planetary = new Planetary(config, tun, socket);
            planetary.thread("planetary-tun", planetary::outward);
            planetary.thread("planetary-udp", planetary::inward);
            planetary.thread("planetary-clock", planetary::clock);
            return planetary;
        } catch (IOException | LinuxException failed) {
            tun.close();
            throw new PlanetaryException("the overlay cannot start at " + config.listen() + ": " + failed.getMessage(), failed);
        }
    }

    /** The node's own address in the overlay. */
    public Inet6Address address() {
        return OverlayAddress.ofNode(config.identity().id());
    }

    public List<LinkStatus> links() {
        return byEndpoint.values().stream().map(Link::status).toList();
    }

    /** From the device to the peers: an IPv6 packet goes to whose /64 its destination lies in, anything else nowhere. */
    private void outward() {
        ByteBuffer packet = ByteBuffer.allocateDirect(BUFFER);
        ByteBuffer datagram = ByteBuffer.allocateDirect(BUFFER + SessionKeys.OVERHEAD);
        while (!closed) {
            try {
                packet.clear();
                if (tun.read(packet, TICK_MILLIS) < IPV6_HEADER) {
                    continue;
                }
                packet.flip();
                Link link = packet.get(0) >> 4 == 6 ? byPrefix.get(packet.getLong(24)) : null;
                datagram.clear();
                if (link != null && link.seal(packet, datagram)) {
                    socket.send(datagram.flip(), link.peer().endpoint());
                }
            } catch (ClosedChannelException over) {
                return;
            } catch (IOException | LinuxException lost) {
                // A packet that cannot be sent now is a lost packet; whoever sent it tries again.
                LOG.log(System.Logger.Level.DEBUG, "a packet was lost: {0}", lost.getMessage());
            }
        }
    }

    /** From the peers to the device; only what a pinned peer sends from its own addresses to ours. */
    private void inward() {
        ByteBuffer datagram = ByteBuffer.allocateDirect(BUFFER + SessionKeys.OVERHEAD);
        ByteBuffer packet = ByteBuffer.allocateDirect(BUFFER + SessionKeys.OVERHEAD);
        long own = prefix(address().getAddress(), 0);
        while (!closed) {
            try {
                datagram.clear();
                InetSocketAddress from = (InetSocketAddress) socket.receive(datagram);
                datagram.flip();
                Link link = byEndpoint.get(from);
                if (link == null || !datagram.hasRemaining()) {
                    continue;
                }
                if (datagram.get(0) == Fragments.TYPE) {
                    link.fragment(datagram);
                } else if (datagram.get(0) == SessionKeys.TYPE && datagram.remaining() >= SessionKeys.OVERHEAD) {
                    packet.clear();
                    if (!link.open(datagram, packet)) {
                        link.dropped.incrementAndGet();
                        continue;
                    }
                    deliver(link, packet.flip(), own);
                } else {
                    link.dropped.incrementAndGet();
                }
            } catch (ClosedChannelException over) {
                return;
            } catch (IOException | RuntimeException lost) {
                LOG.log(System.Logger.Level.DEBUG, "a datagram was lost: {0}", lost.getMessage());
            }
        }
    }

    private void deliver(Link link, ByteBuffer packet, long own) {
        if (packet.remaining() == 0) {
            return;
        }
        boolean whole = packet.remaining() >= IPV6_HEADER && packet.get(0) >> 4 == 6;
        if (!whole || byPrefix.get(packet.getLong(8)) != link || packet.getLong(24) != own) {
            link.dropped.incrementAndGet();
            return;
        }
        link.receivedBytes.addAndGet(packet.remaining());
        tun.write(packet);
    }

    private void clock() {
        while (!closed) {
            byEndpoint.values().forEach(Link::tick);
            try {
                Thread.sleep(TICK_MILLIS);
            } catch (InterruptedException stop) {
                return;
            }
        }
    }

    private void send(byte[] datagram, InetSocketAddress endpoint) {
        try {
            socket.send(ByteBuffer.wrap(datagram), endpoint);
        } catch (IOException lost) {
            LOG.log(System.Logger.Level.DEBUG, "a datagram was lost: {0}", lost.getMessage());
        }
    }

    private void thread(String name, Runnable work) {
        threads.add(Thread.ofPlatform().daemon().name(name).start(work));
    }

    private static long prefix(byte[] address, int offset) {
        return ByteBuffer.wrap(address, offset, 8).getLong();
    }

    @Override
    public void close() {
        closed = true;
        try {
            socket.close();
        } catch (IOException alreadyBroken) {
            LOG.log(System.Logger.Level.DEBUG, "closing the socket: {0}", alreadyBroken.getMessage());
        }
        for (Thread thread : threads) {
            thread.interrupt();
            try {
                thread.join(1_000);
            } catch (InterruptedException stop) {
                Thread.currentThread().interrupt();
            }
        }
        tun.close();
    }
}
