package org.zosgrid.node.planetary;

import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BiConsumer;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.zosgrid.contract.key.Signer;
import org.zosgrid.contract.trust.OverlayAddress;

/**
 * The link with one peer: handshakes, the sessions that came of them, and the clock. The side with the smaller key id begins every handshake, so two
 * never cross; the other side wakes it when it has no session.
 *
 * <pre>
 *   down ──knock──▶ cookie ──hello, response, finish──▶ up ──nothing heard for 10 s, or no new keys for 6 min──▶ down
 *                                                      │ ▲
 *                                                      └─┘ new keys every 2 min, or when worn
 * </pre>
 *
 * Nothing is remembered for, and nothing signed for, a datagram without a cookie; and at most four signatures a second are made for one peer.
 * Packets are sealed and opened without the lock.
 */
final class Link {
    static final Duration RETRY = Duration.ofMillis(500);
    static final Duration KEEP_ALIVE = Duration.ofSeconds(3);
    static final Duration DEAD = Duration.ofSeconds(10);
    static final Duration REKEY = Duration.ofMinutes(2);
    static final Duration EXPIRED = Duration.ofMinutes(6);

    private static final System.Logger LOG = System.getLogger(Link.class.getName());
    /** A handshake that is not done by then begins anew, with a knock. */
    private static final Duration ATTEMPT = Duration.ofSeconds(5);
    /** Packets on the way when keys change are still read. */
    private static final Duration OVERLAP = Duration.ofSeconds(5);
    private static final Duration SIGNATURE_PAUSE = Duration.ofMillis(250);
    private static final Duration WAKE_PAUSE = Duration.ofSeconds(1);
    /** Inner messages that are no IP packets: type and eight bytes that come back. */
    private static final byte PING = 1;
    private static final byte PONG = 2;
    private static final int PING_BYTES = 9;

    /** A session and when it was agreed on. */
    private record Dated(Session session, long since) {}

    /**
     * What can be used now. An initiator's newest session is unconfirmed until the peer has spoken in it; while there is an older one, that is sent in.
     */
    private record Sessions(@Nullable Dated current, @Nullable Dated previous, boolean confirmed) {
        static final Sessions NONE = new Sessions(null, null, false);

        @Nullable Session sending() {
            Dated dated = confirmed || previous == null ? current : previous;
            return dated == null ? null : dated.session();
        }

        @Nullable Session numbered(int id) {
            if (current != null && current.session().localId() == id) {
                return current.session();
            }
            return previous != null && previous.session().localId() == id ? previous.session() : null;
        }
    }

    private final Signer identity;
    private final PlanetaryConfig.Peer peer;
    private final Cookies cookies;
    private final BiConsumer<byte[], InetSocketAddress> send;
    private final LongSupplier clock;
    private final boolean begins;
    private final long prefix;
    private final Fragments fragments = new Fragments();

    private volatile Sessions sessions = Sessions.NONE;
    private volatile long lastHeard;
    private volatile @Nullable Duration roundTrip;
    private final AtomicLong sentBytes = new AtomicLong();
    private final AtomicLong receivedBytes = new AtomicLong();
    private final AtomicLong dropped = new AtomicLong();

    private byte[] token = Handshake.random(Datagram.TOKEN_BYTES);
    private byte @Nullable [] ticket;
    private Handshake.@Nullable Initiator initiating;
    private Handshake.@Nullable Responder responding;
    private byte @Nullable [] finish;
    private boolean woken;
    private int messages;
    private long attemptSince;
    private long nextTry;
    private long nextSignature;
    private long nextPing;
    private @Nullable Instant since;
    private @Nullable String problem;

    /** @param clock nanoseconds, from any point in time */
    Link(Signer identity, PlanetaryConfig.Peer peer, Cookies cookies, BiConsumer<byte[], InetSocketAddress> send, LongSupplier clock) {
        this.identity = identity;
        this.peer = peer;
        this.cookies = cookies;
        this.send = send;
        this.clock = clock;
        this.begins = identity.id().compareTo(peer.key().id()) < 0;
        this.prefix = ByteBuffer.wrap(OverlayAddress.ofNode(peer.key().id()).getAddress()).getLong();
        this.nextTry = clock.getAsLong();
        this.nextSignature = nextTry;
        this.nextPing = nextTry;
    }

    PlanetaryConfig.Peer peer() {
        return peer;
    }

    /** The first 64 bits of all addresses the peer may send from. */
    long prefix() {
        return prefix;
    }

    synchronized LinkStatus status() {
        return new LinkStatus(peer.name(), peer.endpoint(), since != null, Optional.ofNullable(since), Optional.ofNullable(roundTrip),
                sentBytes.get(), receivedBytes.get(), dropped.get(), Optional.ofNullable(problem));
    }

    void countDropped() {
        dropped.incrementAndGet();
    }

    void countReceived(int bytes) {
        receivedBytes.addAndGet(bytes);
    }

    /** Encrypts a packet for the peer; false if there is no session to do it with. */
    boolean seal(ByteBuffer packet, ByteBuffer datagram) {
        Session session = sessions.sending();
        int bytes = packet.remaining();
        if (session == null || !session.seal(packet, datagram)) {
            return false;
        }
        sentBytes.addAndGet(bytes);
        return true;
    }

    /**
     * Decrypts a datagram of type {@link Datagram#PACKET}. True if the buffer now holds an IP packet; false if there is nothing to deliver, because it
     * was for the link itself or because it is not to be believed.
     */
    boolean open(ByteBuffer datagram, ByteBuffer packet) {
        Sessions now = sessions;
        Session session = datagram.remaining() < Session.OVERHEAD ? null : now.numbered(datagram.getInt(datagram.position() + 1));
        if (session == null || !session.open(datagram, packet)) {
            countDropped();
            return false;
        }
        lastHeard = clock.getAsLong();
        if (!now.confirmed() && now.current() != null && now.current().session() == session) {
            confirm(session);
        }
        packet.flip();
        if (packet.remaining() == PING_BYTES && (packet.get(0) == PING || packet.get(0) == PONG)) {
            echo(packet);
            return false;
        }
        return true;
    }

    /** A datagram of any other type. */
    synchronized void control(ByteBuffer datagram) {
        long now = clock.getAsLong();
        try {
            boolean good = switch (datagram.get(datagram.position())) {
                case Datagram.KNOCK -> knocked(datagram, now);
                case Datagram.COOKIE -> cookie(datagram, now);
                case Datagram.WAKE -> wake(datagram, now);
                case Datagram.FRAGMENT -> fragment(datagram, now);
                default -> false;
            };
            if (!good) {
                countDropped();
            }
        } catch (PlanetaryException refused) {
            // The attempt goes on: what was refused need not have come from the peer.
            countDropped();
            if (!refused.getMessage().equals(problem)) {
                problem = refused.getMessage();
                LOG.log(System.Logger.Level.WARNING, "handshake with {0} refused: {1}", peer.name(), problem);
            }
        }
    }

    /** Called several times a second: begins, repeats, keeps alive, gives up. */
    synchronized void tick() {
        long now = clock.getAsLong();
        forgetOld(now);
        Dated current = sessions.current();
        if (now - nextTry >= 0) {
            nextTry = now + RETRY.toNanos();
            if (finish != null) {
                transmit(finish);
            } else if (initiating != null) {
                transmit(initiating.hello);
            } else if (wantsHandshake(now)) {
                send.accept(Datagram.knock(token), peer.endpoint());
            }
        }
        if (current != null && now - nextPing >= 0) {
            ping(now);
        }
    }

    private boolean wantsHandshake(long now) {
        Dated current = sessions.current();
        return woken || current == null || current.session().worn() || (begins && now - current.since() > REKEY.toNanos());
    }

    private void forgetOld(long now) {
        Dated current = sessions.current();
        Dated previous = sessions.previous();
        if (current != null && now - lastHeard > DEAD.toNanos()) {
            down("nothing heard for " + DEAD.toSeconds() + " s");
        } else if (current != null && sessions.confirmed() && now - current.since() > EXPIRED.toNanos()) {
            down("no new keys for " + EXPIRED.toMinutes() + " min");
        } else if (current != null && previous != null && sessions.confirmed() && now - current.since() > OVERLAP.toNanos()) {
            sessions = new Sessions(current, null, true);
        }
        if ((initiating != null || finish != null) && now - attemptSince > ATTEMPT.toNanos()) {
            initiating = null;
            if (finish != null) {
                // The peer never spoke in the new session, so it does not have it.
                finish = null;
                sessions = new Sessions(sessions.previous(), null, true);
            }
        }
    }

    private void down(String why) {
        sessions = Sessions.NONE;
        initiating = null;
        finish = null;
        roundTrip = null;
        if (since != null) {
            since = null;
            LOG.log(System.Logger.Level.INFO, "link with {0} is down: {1}", peer.name(), why);
        }
    }

    private boolean knocked(ByteBuffer datagram, long now) {
        if (datagram.remaining() != Datagram.KNOCK_BYTES) {
            return false;
        }
        byte[] theirs = new byte[Datagram.TOKEN_BYTES];
        datagram.get(datagram.position() + 1, theirs);
        send.accept(Datagram.cookie(theirs, cookies.issue(peer.endpoint(), now)), peer.endpoint());
        return true;
    }

    private boolean cookie(ByteBuffer datagram, long now) {
        if (datagram.remaining() != Datagram.KNOCK_BYTES) {
            return false;
        }
        byte[] answered = new byte[Datagram.TOKEN_BYTES];
        byte[] fresh = new byte[Cookies.BYTES];
        datagram.get(datagram.position() + 1, answered).get(datagram.position() + 1 + answered.length, fresh);
        if (!Arrays.equals(answered, token)) {
            return false;
        }
        if (initiating != null || finish != null || !wantsHandshake(now)) {
            return true;
        }
        if (!begins) {
            send.accept(Datagram.wake(fresh), peer.endpoint());
            return true;
        }
        ticket = fresh;
        woken = false;
        token = Handshake.random(Datagram.TOKEN_BYTES);
        attemptSince = now;
        nextTry = now + RETRY.toNanos();
        initiating = new Handshake.Initiator(identity, peer.key(), cookies.issue(peer.endpoint(), now));
        transmit(initiating.hello);
        return true;
    }

    private boolean wake(ByteBuffer datagram, long now) {
        byte[] shown = new byte[Cookies.BYTES];
        if (datagram.remaining() != Datagram.WAKE_BYTES) {
            return false;
        }
        datagram.get(datagram.position() + 1, shown);
        if (!cookies.valid(shown, peer.endpoint(), now)) {
            return false;
        }
        if (!begins) {
            throw new PlanetaryException("both sides wait for the other to begin: one of them has not the key that is pinned for it");
        }
        Dated current = sessions.current();
        boolean fresh = current != null && now - current.since() < WAKE_PAUSE.toNanos();
        if (initiating == null && finish == null && !fresh && !woken) {
            woken = true;
            nextTry = Math.min(nextTry, now);
        }
        return true;
    }

    private boolean fragment(ByteBuffer datagram, long now) {
        Optional<byte[]> shown = Fragments.cookieOf(datagram);
        if (shown.isEmpty() || !cookies.valid(shown.get(), peer.endpoint(), now)) {
            return false;
        }
        Optional<byte[]> message = fragments.take(datagram, now);
        return message.isEmpty() || handshake(message.get(), now);
    }

    private boolean handshake(byte[] message, long now) {
        return switch (message.length == 0 ? 0 : message[0]) {
            case Handshake.HELLO -> hello(message, now);
            case Handshake.RESPONSE -> response(message, now);
            case Handshake.FINISH -> finish(message, now);
            default -> false;
        };
    }

    private boolean hello(byte[] message, long now) {
        if (begins) {
            throw new PlanetaryException("both sides begin: one of them has not the key that is pinned for it");
        }
        if (responding == null || !responding.answered(message)) {
            if (now - nextSignature < 0) {
                // The initiator repeats itself; by then it may have its answer.
                return true;
            }
            nextSignature = now + SIGNATURE_PAUSE.toNanos();
            responding = new Handshake.Responder(message, identity, peer.key());
            ticket = responding.cookie;
        }
        transmit(responding.response);
        return true;
    }

    private boolean response(byte[] message, long now) {
        if (initiating == null || !initiating.isFor(message)) {
            // A late copy, or one for an attempt that was given up.
            return true;
        }
        Handshake.Agreed agreed = initiating.finish(message);
        initiating = null;
        finish = agreed.finish();
        nextTry = now + RETRY.toNanos();
        lastHeard = now;
        sessions = new Sessions(new Dated(agreed.session(), now), sessions.current(), false);
        transmit(agreed.finish());
        return true;
    }

    private boolean finish(byte[] message, long now) {
        if (begins) {
            return false;
        }
        if (responding != null && responding.isFor(message)) {
            Session session = responding.complete(message);
            responding = null;
            lastHeard = now;
            sessions = new Sessions(new Dated(session, now), sessions.current(), true);
            up();
        }
        // Also after a repeated FINISH: our first packet was lost.
        ping(now);
        return true;
    }

    private synchronized void confirm(Session session) {
        Dated current = sessions.current();
        if (current != null && current.session() == session) {
            sessions = new Sessions(current, sessions.previous(), true);
            finish = null;
            up();
        }
    }

    private void up() {
        problem = null;
        if (since == null) {
            since = Instant.now();
            LOG.log(System.Logger.Level.INFO, "link with {0} is up", peer.name());
        }
    }

    private void ping(long now) {
        nextPing = now + KEEP_ALIVE.toNanos();
        whisper(ByteBuffer.allocate(PING_BYTES).put(PING).putLong(now).flip());
    }

    /** A ping is answered; a pong tells how long it took. Both are authentic, and the time in a pong is our own. */
    private void echo(ByteBuffer message) {
        if (message.get(0) == PING) {
            whisper(ByteBuffer.allocate(PING_BYTES).put(PONG).putLong(message.getLong(1)).flip());
        } else {
            roundTrip = Duration.ofNanos(Math.max(0, clock.getAsLong() - message.getLong(1)));
        }
    }

    private void whisper(ByteBuffer message) {
        ByteBuffer datagram = ByteBuffer.allocate(PING_BYTES + Session.OVERHEAD);
        Session session = sessions.sending();
        if (session != null && session.seal(message, datagram)) {
            send.accept(datagram.array(), peer.endpoint());
        }
    }

    private void transmit(byte[] message) {
        if (ticket != null) {
            Fragments.cut(ticket, messages++, message).forEach(datagram -> send.accept(datagram, peer.endpoint()));
        }
    }
}
