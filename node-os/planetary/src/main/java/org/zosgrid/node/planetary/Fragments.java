package org.zosgrid.node.planetary;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Handshake messages are larger than a packet may be: they travel in pieces of at most {@value #PIECE} bytes, behind type, the receiver's cookie,
 * message number, index and count. What waits to be complete is bounded: {@value #MAX_WAITING} messages of {@value #MAX_PIECES} pieces, for five
 * seconds. Not safe for use by several threads.
 */
final class Fragments {
    static final int HEADER = 1 + Cookies.BYTES + 6;
    /** A whole datagram then has 1,200 bytes, which fits every path of IPv6 with room for a tunnel. */
    static final int PIECE = 1200 - HEADER;
    static final int MAX_PIECES = 8;
    static final int MAX_WAITING = 4;

    private static final long LIMIT_NANOS = Duration.ofSeconds(5).toNanos();

    private static final class Partial {
        final byte[][] pieces;
        final long since;
        int present;

        Partial(int count, long now) {
            this.pieces = new byte[count][];
            this.since = now;
        }
    }

    private final Map<Integer, Partial> waiting = new LinkedHashMap<>();

    /** Cuts a message into datagrams. */
    static List<byte[]> cut(byte[] cookie, int number, byte[] message) {
        int count = Math.max(1, (message.length + PIECE - 1) / PIECE);
        if (count > MAX_PIECES) {
            throw new PlanetaryException("a handshake message must fit in " + MAX_PIECES + " pieces of " + PIECE + " bytes (has " + message.length + ")");
        }
        List<byte[]> datagrams = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            byte[] piece = Arrays.copyOfRange(message, i * PIECE, Math.min(message.length, (i + 1) * PIECE));
            datagrams.add(ByteBuffer.allocate(HEADER + piece.length)
                    .put(Datagram.FRAGMENT).put(cookie).putInt(number).put((byte) i).put((byte) count).put(piece).array());
        }
        return datagrams;
    }

    /** The cookie of a piece; empty if this cannot be a piece. */
    static Optional<byte[]> cookieOf(ByteBuffer datagram) {
        if (datagram.remaining() < HEADER || datagram.remaining() > HEADER + PIECE) {
            return Optional.empty();
        }
        byte[] cookie = new byte[Cookies.BYTES];
        datagram.get(datagram.position() + 1, cookie);
        return Optional.of(cookie);
    }

    /** Takes a piece whose cookie was checked; returns the message when its last piece came. Nonsense is ignored. */
    Optional<byte[]> take(ByteBuffer datagram, long now) {
        waiting.values().removeIf(partial -> now - partial.since > LIMIT_NANOS);
        datagram.position(datagram.position() + 1 + Cookies.BYTES);
        int number = datagram.getInt();
        int index = Byte.toUnsignedInt(datagram.get());
        int count = Byte.toUnsignedInt(datagram.get());
        // Only the last piece may be short, so a message has exactly one way to be cut.
        boolean full = datagram.remaining() == PIECE;
        if (count < 1 || count > MAX_PIECES || index >= count || (index < count - 1 && !full)) {
            return Optional.empty();
        }
        if (!waiting.containsKey(number) && waiting.size() >= MAX_WAITING) {
            waiting.remove(waiting.keySet().iterator().next());
        }
        Partial partial = waiting.computeIfAbsent(number, absent -> new Partial(count, now));
        if (partial.pieces.length != count || partial.pieces[index] != null) {
            return Optional.empty();
        }
        byte[] piece = new byte[datagram.remaining()];
        datagram.get(piece);
        partial.pieces[index] = piece;
        partial.present++;
        if (partial.present < count) {
            return Optional.empty();
        }
        waiting.remove(number);
        ByteBuffer whole = ByteBuffer.allocate((count - 1) * PIECE + partial.pieces[count - 1].length);
        for (byte[] each : partial.pieces) {
            whole.put(each);
        }
        return Optional.of(whole.array());
    }

    /** How many messages wait for pieces. */
    int waiting() {
        return waiting.size();
    }
}
