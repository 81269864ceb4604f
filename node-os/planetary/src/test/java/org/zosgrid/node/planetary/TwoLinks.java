package org.zosgrid.node.planetary;

import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.zosgrid.contract.key.Signer;
import org.zosgrid.contract.key.SigningKey;
import org.zosgrid.contract.key.VerificationKey;

/** Two real links, one clock that the test moves, and a wire between them that the test may make as bad as it likes. */
final class TwoLinks {
    private static final List<SigningKey> KEYS = List.of(SigningKey.generate(), SigningKey.generate());

    /** Thousands of links come up here; nobody wants to read of each. The reference keeps the setting alive. */
    private static final Logger LOG = Logger.getLogger(Link.class.getName());

    static {
        LOG.setLevel(Level.OFF);
    }

    /** A key of whom nobody has heard. */
    static final SigningKey STRANGER = SigningKey.generate();
    /** The one with the smaller id begins. */
    static final SigningKey FIRST = Collections.min(KEYS, (one, other) -> one.id().compareTo(other.id()));
    static final SigningKey SECOND = Collections.max(KEYS, (one, other) -> one.id().compareTo(other.id()));

    static final InetSocketAddress FIRST_AT = new InetSocketAddress("192.0.2.1", 9651);
    static final InetSocketAddress SECOND_AT = new InetSocketAddress("192.0.2.2", 9651);

    /** A signer that counts. */
    record Counting(Signer signer, AtomicInteger signatures) implements Signer {
        @Override
        public VerificationKey verificationKey() {
            return signer.verificationKey();
        }

        @Override
        public byte[] sign(byte[] message) {
            signatures.incrementAndGet();
            return signer.sign(message);
        }
    }

    record Sent(boolean toFirst, byte[] datagram) {}

    final AtomicInteger signatures = new AtomicInteger();
    final List<Sent> recorded = new ArrayList<>();
    Random chance = new Random(0);
    int lossPercent;
    boolean disorder;
    Link first;
    Link second;

    private final Queue<Sent> wire = new ArrayDeque<>();
    private long now = 1_000_000_000_000L;

    TwoLinks() {
        this(SECOND.verificationKey(), FIRST.verificationKey());
    }

    TwoLinks(VerificationKey pinnedByFirst, VerificationKey pinnedBySecond) {
        first = link(FIRST, new PlanetaryConfig.Peer("second", pinnedByFirst, SECOND_AT), false);
        second = link(SECOND, new PlanetaryConfig.Peer("first", pinnedBySecond, FIRST_AT), true);
    }

    private Link link(Signer identity, PlanetaryConfig.Peer peer, boolean toFirst) {
        return new Link(new Counting(identity, signatures), peer, new Cookies(), (datagram, to) -> {
            recorded.add(new Sent(toFirst, datagram));
            wire.add(new Sent(toFirst, datagram));
        }, () -> now);
    }

    /** As after kill -9: nothing is left but key and configuration. */
    void restartFirst() {
        first = link(FIRST, first.peer(), false);
    }

    void restartSecond() {
        second = link(SECOND, second.peer(), true);
    }

    /** Moves the clock and carries what is sent meanwhile. */
    void pass(long milliseconds) {
        for (long passed = 0; passed < milliseconds; passed += 100) {
            now += 100_000_000L;
            first.tick();
            second.tick();
            carry();
        }
    }

    boolean up() {
        return first.status().up() && second.status().up();
    }

    private void carry() {
        while (!wire.isEmpty()) {
            List<Sent> burst = new ArrayList<>();
            while (!wire.isEmpty()) {
                Sent sent = wire.remove();
                for (int copies = disorder ? 1 + chance.nextInt(2) : 1; copies > 0; copies--) {
                    if (chance.nextInt(100) >= lossPercent) {
                        burst.add(sent);
                    }
                }
            }
            if (disorder) {
                Collections.shuffle(burst, chance);
            }
            burst.forEach(sent -> receive(sent.toFirst() ? first : second, sent.datagram()));
        }
    }

    /** What the socket's thread does with a datagram; returns the packet, if it is one. */
    static Optional<byte[]> receive(Link link, byte[] datagram) {
        if (datagram.length == 0) {
            return Optional.empty();
        }
        if (datagram[0] != Datagram.PACKET) {
            link.control(ByteBuffer.wrap(datagram));
            return Optional.empty();
        }
        ByteBuffer packet = ByteBuffer.allocate(16 << 10);
        if (!link.open(ByteBuffer.wrap(datagram), packet)) {
            return Optional.empty();
        }
        byte[] bytes = new byte[packet.remaining()];
        packet.get(bytes);
        return Optional.of(bytes);
    }

    /** Whether a packet gets through from one link to the other. */
    static boolean passes(Link from, Link to) {
        byte[] packet = Handshake.random(100);
        ByteBuffer datagram = ByteBuffer.allocate(packet.length + Session.OVERHEAD);
        return from.seal(ByteBuffer.wrap(packet), datagram)
                && receive(to, datagram.array()).filter(received -> Arrays.equals(received, packet)).isPresent();
    }
}
