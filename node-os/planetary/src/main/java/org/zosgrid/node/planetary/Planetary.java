package org.zosgrid.node.planetary;

import java.io.IOException;
import java.net.Inet6Address;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.DatagramChannel;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.zosgrid.contract.trust.OverlayAddress;
import org.zosgrid.node.linux.Command;
import org.zosgrid.node.linux.LinuxException;
import org.zosgrid.node.linux.Tun;

/**
 * A node's part of the overlay: the TUN device, the UDP socket, and a link for each peer.
 *
 * <p>What others on the network between nodes can do: drop, delay, and see sizes, times and endpoints. What they cannot: read or alter a packet, send
 * one of their own, replay one, or (without being on the path) make this node remember or sign anything. What a peer can do: send packets from its own
 * /64 to this node's /64, nothing else; which of them reach a machine is the Network Wall's decision, not the overlay's. Datagrams that come from
 * another endpoint than a peer's are dropped unread.
 *
 * <p>Threads: one reads the device, one reads the socket, one looks at the clock. All are daemons.
 */
public final class Planetary implements AutoCloseable {
    private static final System.Logger LOG = System.getLogger(Planetary.class.getName());
    private static final int TICK_MILLIS = 100;
    private static final int BUFFER = 16 << 10;
    private static final int SOCKET_BUFFER = 4 << 20;
    private static final int IPV6_HEADER = 40;
    private static final int SOURCE_AT = 8;
    private static final int DESTINATION_AT = 24;

    private final PlanetaryConfig config;
    private final Tun tun;
    private final DatagramChannel socket;
    private final byte[] address;
    private final long prefix;
    private final Map<InetSocketAddress, Link> byEndpoint = new HashMap<>();
    private final Map<Long, Link> byPrefix = new HashMap<>();
    private final List<Thread> threads = new ArrayList<>();
    private final AtomicLong unroutable = new AtomicLong();
    private final AtomicLong strangers = new AtomicLong();
    private volatile boolean closed;

    private Planetary(PlanetaryConfig config, Tun tun, DatagramChannel socket) {
        this.config = config;
        this.tun = tun;
        this.socket = socket;
        this.address = address().getAddress();
        this.prefix = ByteBuffer.wrap(address).getLong();
        Cookies cookies = new Cookies();
        for (PlanetaryConfig.Peer peer : config.peers()) {
            Link link = new Link(config.identity(), peer, cookies, this::send, System::nanoTime);
            byEndpoint.put(peer.endpoint(), link);
            byPrefix.put(link.prefix(), link);
        }
    }

    /**
     * Creates the device in the calling thread's network namespace, gives it the node's address and the route to the overlay ({@code fd00::/8}), and
     * starts. Needs CAP_NET_ADMIN. Links come up by themselves.
     *
     * @throws PlanetaryException if the device or the port cannot be had; nothing is left behind then
     */
    public static Planetary start(PlanetaryConfig config) {
        Tun tun;
        try {
            tun = Tun.open(config.tun());
        } catch (LinuxException refused) {
            throw new PlanetaryException("the overlay cannot have the device " + config.tun() + ": " + refused.getMessage(), refused);
        }
        try {
            String address = OverlayAddress.ofNode(config.identity().id()).getHostAddress();
            // No link-local address, and with it no router solicitations: every packet in this device is somebody's.
            Command.run("ip", "link", "set", config.tun(), "addrgenmode", "none");
            Command.run("ip", "link", "set", config.tun(), "mtu", Integer.toString(config.mtu()), "up");
            Command.run("ip", "-6", "address", "add", address + "/128", "dev", config.tun(), "nodad");
            Command.run("ip", "-6", "route", "replace", "fd00::/8", "dev", config.tun());
            Planetary planetary = new Planetary(config, tun, listen(config.listen()));
            planetary.thread("planetary-tun", planetary::outward);
            planetary.thread("planetary-udp", planetary::inward);
            planetary.thread("planetary-clock", planetary::clock);
            return planetary;
        } catch (IOException | RuntimeException failed) {
            tun.close();
            throw new PlanetaryException("the overlay cannot start at " + config.listen() + ": " + failed.getMessage(), failed);
        }
    }

    private static DatagramChannel listen(InetSocketAddress address) throws IOException {
        DatagramChannel socket = DatagramChannel.open();
        try {
            socket.setOption(StandardSocketOptions.SO_RCVBUF, SOCKET_BUFFER);
            socket.setOption(StandardSocketOptions.SO_SNDBUF, SOCKET_BUFFER);
            return socket.bind(address);
        } catch (IOException | RuntimeException refused) {
            socket.close();
            throw refused;
        }
    }

    /** The node's own address in the overlay. */
    public Inet6Address address() {
        return OverlayAddress.ofNode(config.identity().id());
    }

    /** How each link is, in the order of the configuration. */
    public List<LinkStatus> links() {
        return config.peers().stream().map(peer -> byEndpoint.get(peer.endpoint()).status()).toList();
    }

    /** Packets that programs here sent to nowhere: to no peer's address, not from an address of this node, or not IPv6. */
    public long unroutable() {
        return unroutable.get();
    }

    /** Datagrams from endpoints that are no peer's. */
    public long strangers() {
        return strangers.get();
    }

    /** From the device to the peers: an IPv6 packet goes to whose /64 its destination lies in, anything else nowhere. */
    private void outward() {
        ByteBuffer packet = ByteBuffer.allocateDirect(BUFFER);
        ByteBuffer datagram = ByteBuffer.allocateDirect(BUFFER + Session.OVERHEAD);
        while (!closed) {
            try {
                packet.clear();
                if (tun.read(packet, TICK_MILLIS) > 0) {
                    outward(packet.flip(), datagram.clear());
                }
            } catch (ClosedChannelException over) {
                return;
            } catch (IOException | RuntimeException lost) {
                // A packet that cannot be sent now is a lost packet; whoever sent it tries again.
                LOG.log(System.Logger.Level.DEBUG, "a packet was lost: {0}", lost.getMessage());
            }
        }
    }

    private void outward(ByteBuffer packet, ByteBuffer datagram) throws IOException {
        if (!isIpv6(packet)) {
            unroutable.incrementAndGet();
            return;
        }
        Link link = packet.getLong(SOURCE_AT) == prefix ? byPrefix.get(packet.getLong(DESTINATION_AT)) : null;
        if (link == null) {
            unroutable.incrementAndGet();
            if (Unreachable.answer(packet, address, datagram)) {
                tun.write(datagram);
            }
        } else if (link.seal(packet, datagram)) {
            socket.send(datagram.flip(), link.peer().endpoint());
        } else {
            // No session yet: it comes within a second, or the sender learns it by its own time-out.
            link.countDropped();
        }
    }

    /** From the peers to the device; only what a pinned peer sends from its own addresses to ours. */
    private void inward() {
        ByteBuffer datagram = ByteBuffer.allocateDirect(BUFFER + Session.OVERHEAD);
        ByteBuffer packet = ByteBuffer.allocateDirect(BUFFER + Session.OVERHEAD);
        while (!closed) {
            try {
                datagram.clear();
                Link link = byEndpoint.get(socket.receive(datagram));
                datagram.flip();
                if (link == null) {
                    strangers.incrementAndGet();
                } else if (!datagram.hasRemaining()) {
                    link.countDropped();
                } else if (datagram.get(0) != Datagram.PACKET) {
                    link.control(datagram);
                } else if (link.open(datagram, packet.clear())) {
                    deliver(link, packet);
                }
            } catch (ClosedChannelException over) {
                return;
            } catch (IOException | RuntimeException lost) {
                LOG.log(System.Logger.Level.DEBUG, "a datagram was lost: {0}", lost.getMessage());
            }
        }
    }

    private void deliver(Link link, ByteBuffer packet) {
        if (!isIpv6(packet) || packet.getLong(SOURCE_AT) != link.prefix() || packet.getLong(DESTINATION_AT) != prefix) {
            link.countDropped();
            return;
        }
        link.countReceived(packet.remaining());
        tun.write(packet);
    }

    private static boolean isIpv6(ByteBuffer packet) {
        return packet.remaining() >= IPV6_HEADER && (packet.get(0) & 0xf0) == 0x60;
    }

    private void clock() {
        while (!closed) {
            for (Link link : byEndpoint.values()) {
                try {
                    link.tick();
                } catch (RuntimeException broken) {
                    LOG.log(System.Logger.Level.ERROR, "the link with " + link.peer().name() + " failed; it is tried again", broken);
                }
            }
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

    /** Ends all links at once, without a word to the peers: they notice by themselves. The device goes with its address and route. */
    @Override
    public void close() {
        if (closed) {
            return;
        }
        closed = true;
        try {
            socket.close();
        } catch (IOException alreadyBroken) {
            LOG.log(System.Logger.Level.DEBUG, "closing the socket: {0}", alreadyBroken.getMessage());
        }
        boolean interrupted = false;
        for (Thread thread : threads) {
            try {
                thread.join(1_000);
            } catch (InterruptedException stop) {
                interrupted = true;
            }
        }
        tun.close();
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
