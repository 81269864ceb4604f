package org.zosgrid.node.planetary;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Handshake messages are larger than a packet may be: they travel in pieces of at most {@value #PIECE} bytes, behind type, message number, index and
 * count. What waits to be complete is bounded in number and time. Not safe for use by several threads.
 */
final class Fragments {
    static final byte TYPE = 1;
    static final int PIECE = 1180;

    private static final int HEADER = 7;
    private static final int MAX_PIECES = 8;
    private static final int MAX_WAITING = 4;
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
    static List<byte[]> cut(int number, byte[] message) {
        int count = Math.max(1, (message.length + PIECE - 1) / PIECE);
        if (count > MAX_PIECES) {
            throw new PlanetaryException("a handshake message must fit in " + MAX_PIECES + " pieces (has " + message.length + " bytes)");
        }
        List<byte[]> datagrams = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            int length = Math.min(PIECE, message.length - i * PIECE);
            datagrams.add(ByteBuffer.allocate(HEADER + length).put(TYPE).putInt(number).put((byte) i).put((byte) count).put(message, i * PIECE, length).array());
        }
        return datagrams;
    }

    /** Takes a datagram; returns the message when its last piece came. Nonsense is ignored. */
    Optional<byte[]> take(ByteBuffer datagram, long now) {
        if (datagram.remaining() < HEADER || datagram.remaining() > HEADER + PIECE) {
            return Optional.empty();
        }
        datagram.get();
        int number = datagram.getInt();
        int index = Byte.toUnsignedInt(datagram.get());
        int count = Byte.toUnsignedInt(datagram.get());
        if (count < 1 || count > MAX_PIECES || index >= count) {
            return Optional.empty();
        }
        forgetOld(now);
        Partial partial = waiting.computeIfAbsent(number, absent -> new Partial(count, now));
        if (partial.pieces.length != count) {
            return Optional.empty();
        }
        if (partial.pieces[index] == null) {
            byte[] piece = new byte[datagram.remaining()];
            datagram.get(piece);
            partial.pieces[index] = piece;
            partial.present++;
        }
        if (partial.present < count) {
            return Optional.empty();
        }
        waiting.remove(number);
        int length = 0;
        for (byte[] piece : partial.pieces) {
            length += piece.length;
        }
        ByteBuffer whole = ByteBuffer.allocate(length);
        for (byte[] piece : partial.pieces) {
            whole.put(piece);
        }
        return Optional.of(whole.array());
    }

    private void forgetOld(long now) {
        Iterator<Partial> all = waiting.values().iterator();
        while (all.hasNext()) {
            Partial oldest = all.next();
            if (now - oldest.since > LIMIT_NANOS || waiting.size() >= MAX_WAITING) {
                all.remove();
            } else {
                return;
            }
        }
    }
}
