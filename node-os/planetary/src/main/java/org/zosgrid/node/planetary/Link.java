package org.zosgrid.node.planetary;

import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BiConsumer;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;
import org.zosgrid.contract.key.Signer;

/**
 * The link with one peer: handshakes, the sessions that came of them, and the clock. The side with the smaller key id begins every handshake, so two
 * never cross.
 *
 * <pre>
 *   down ──hello sent/received──▶ shaking hands ──both signed──▶ up ──nothing heard for {@link #DEAD}──▶ down
 * </pre>
 */
final class Link {
    private static final System.Logger LOG = System.getLogger(Link.class.getName());
    private static final Duration RETRY = Duration.ofSeconds(1);
    private static final Duration KEEP_ALIVE = Duration.ofSeconds(3);
    private static final Duration DEAD = Duration.ofSeconds(10);
    private static final Duration REKEY = Duration.ofMinutes(2);

    private final Signer identity;
    private final PlanetaryConfig.Peer peer;
    private final byte[] cookieSecret;
    private final BiConsumer<byte[], InetSocketAddress> send;
    private final boolean begins;
    private final Fragments fragments = new Fragments();
    private final AtomicLong messages = new AtomicLong();
    private Handshake.@Nullable Initiator initiating;
    private Handshake.@Nullable Responder responding;
    private byte @Nullable [] unconfirmedFinish;
    private byte[] cookie = new byte[0];
    private volatile @Nullable SessionKeys current;
    private volatile @Nullable SessionKeys previous;
    private long lastTry;
    private long lastSent;
    private volatile long lastHeard;
    private long established;
    private @Nullable Instant since;
    final AtomicLong sentBytes = new AtomicLong();
    final AtomicLong receivedBytes = new AtomicLong();
    final AtomicLong dropped = new AtomicLong();

    Link(Signer identity, PlanetaryConfig.Peer peer, byte[] cookieSecret, BiConsumer<byte[], InetSocketAddress> send) {
        this.identity = identity;
        this.peer = peer;
        this.cookieSecret = cookieSecret;
        this.send = send;
        this.begins = identity.id().compareTo(peer.key().id()) < 0;
    }

    PlanetaryConfig.Peer peer() {
        return peer;
    }

    synchronized LinkStatus status() {
        return new LinkStatus(peer.name(), peer.endpoint(), current != null, Optional.ofNullable(since), sentBytes.get(), receivedBytes.get(), dropped.get());
    }

    /** Encrypts a packet for the peer; false if there is no session yet. */
    boolean seal(ByteBuffer packet, ByteBuffer datagram) {
        SessionKeys session = current;
        if (session == null) {
            return false;
        }
        sentBytes.addAndGet(packet.remaining());
        session.seal(packet, datagram);
        return true;
    }

    /** Decrypts a datagram from the peer; false if it is not to be believed. */
    boolean open(ByteBuffer datagram, ByteBuffer packet) {
        int number = datagram.getInt(datagram.position() + 1);
        for (SessionKeys session : new SessionKeys[] {current, previous}) {
            if (session != null && session.localId() == number && session.open(datagram, packet)) {
                lastHeard = System.nanoTime();
                confirm();
                return true;
            }
        }
        return false;
    }

    /** A piece of a handshake message. */
    synchronized void fragment(ByteBuffer datagram) {
        try {
            fragments.take(datagram, System.nanoTime()).ifPresent(this::message);
        } catch (PlanetaryException refused) {
            dropped.incrementAndGet();
            LOG.log(System.Logger.Level.WARNING, "handshake with {0} refused: {1}", peer.name(), refused.getMessage());
        }
    }

    /** Called several times a second: begins, repeats, keeps alive, gives up. */
    synchronized void tick() {
        long now = System.nanoTime();
        if (current != null && now - lastHeard > DEAD.toNanos()) {
            LOG.log(System.Logger.Level.INFO, "link with {0} is down: nothing heard for {1} s", peer.name(), DEAD.toSeconds());
            current = null;
            previous = null;
            since = null;
            initiating = null;
        }
        SessionKeys session = current;
        boolean old = session != null && (now - established > REKEY.toNanos() || session.exhausted());
        if (begins && (session == null || old) && now - lastTry > RETRY.toNanos()) {
            lastTry = now;
            if (initiating == null) {
                initiating = new Handshake.Initiator(identity, peer.key());
                cookie = new byte[0];
            }
            transmit(initiating.hello(cookie));
        }
        if (unconfirmedFinish != null && now - lastTry > RETRY.toNanos()) {
            lastTry = now;
            transmit(unconfirmedFinish);
        }
        if (session != null && now - lastSent > KEEP_ALIVE.toNanos()) {
            keepAlive(session);
        }
    }

    private void message(byte[] message) {
        switch (message.length == 0 ? 0 : message[0]) {
            case Handshake.HELLO -> hello(message);
            case Handshake.COOKIE -> {
                if (initiating != null) {
                    cookie = Handshake.cookieFor(initiating.session, message);
                    lastTry = System.nanoTime();
                    transmit(initiating.hello(cookie));
                }
            }
            case Handshake.RESPONSE -> {
                if (initiating != null) {
                    Handshake.Agreed agreed = initiating.finish(message);
                    initiating = null;
                    unconfirmedFinish = agreed.message();
                    lastTry = System.nanoTime();
                    transmit(agreed.message());
                    establish(agreed.keys());
                }
            }
            case Handshake.FINISH -> {
                if (responding != null && responding.isFor(message)) {
                    SessionKeys keys = responding.complete(message);
                    responding = null;
                    establish(keys);
                    keepAlive(keys);
                } else if (current != null) {
                    // A repeated FINISH: our first packet was lost.
                    keepAlive(current);
                }
            }
            default -> dropped.incrementAndGet();
        }
    }

    /** Signing costs something, so only who has shown that their address is theirs gets a signature. */
    private void hello(byte[] message) {
        if (begins) {
            dropped.incrementAndGet();
            return;
        }
        byte[] expected = cookieFor(Handshake.cookieSubject(message));
        if (!MessageDigest.isEqual(expected, Handshake.cookieOf(message))) {
            transmit(Handshake.cookie(message, expected));
            return;
        }
        responding = new Handshake.Responder(message, identity, peer.key());
        transmit(responding.response);
    }

    private byte[] cookieFor(byte[] subject) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(cookieSecret, "HmacSHA256"));
            mac.update(peer.endpoint().toString().getBytes(StandardCharsets.UTF_8));
            return mac.doFinal(subject);
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private void establish(SessionKeys keys) {
        previous = current;
        current = keys;
        established = System.nanoTime();
        lastHeard = established;
        if (since == null) {
            since = Instant.now();
            LOG.log(System.Logger.Level.INFO, "link with {0} is up", peer.name());
        }
    }

    private void confirm() {
        if (unconfirmedFinish != null) {
            synchronized (this) {
                unconfirmedFinish = null;
            }
        }
    }

    private void keepAlive(SessionKeys session) {
        lastSent = System.nanoTime();
        ByteBuffer datagram = ByteBuffer.allocate(SessionKeys.OVERHEAD);
        session.seal(ByteBuffer.allocate(0), datagram);
        send.accept(datagram.array(), peer.endpoint());
    }

    private void transmit(byte[] message) {
        Fragments.cut((int) messages.incrementAndGet(), message).forEach(datagram -> send.accept(datagram, peer.endpoint()));
    }
}
