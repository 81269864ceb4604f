package org.zosgrid.node.planetary;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;

/** Whoever sits on the path between two nodes: sees every datagram, and decides what arrives. */
final class Middle implements AutoCloseable {
    private final DatagramChannel left;
    private final DatagramChannel right;
    private final byte[] marker;
    final AtomicBoolean markerSeen = new AtomicBoolean();
    final AtomicLong datagrams = new AtomicLong();
    /** What arrives instead of a datagram. */
    volatile Function<byte[], List<byte[]>> mischief = List::of;

    Middle(NetworkNamespace namespace, InetSocketAddress leftAt, InetSocketAddress leftNode, InetSocketAddress rightAt, InetSocketAddress rightNode, byte[] marker) {
        this.marker = marker;
        this.left = namespace.run(() -> DatagramChannel.open().bind(leftAt));
        this.right = namespace.run(() -> DatagramChannel.open().bind(rightAt));
        Thread.ofPlatform().daemon().start(() -> relay(left, right, rightNode));
        Thread.ofPlatform().daemon().start(() -> relay(right, left, leftNode));
    }

    private void relay(DatagramChannel from, DatagramChannel to, InetSocketAddress node) {
        ByteBuffer buffer = ByteBuffer.allocateDirect(65536);
        while (from.isOpen() && to.isOpen()) {
            try {
                from.receive(buffer.clear());
                byte[] datagram = new byte[buffer.flip().remaining()];
                buffer.get(datagram);
                datagrams.incrementAndGet();
                if (contains(datagram, marker)) {
                    markerSeen.set(true);
                }
                for (byte[] arriving : mischief.apply(datagram)) {
                    to.send(ByteBuffer.wrap(arriving), node);
                }
            } catch (IOException lost) {
                // Nobody listens there at the moment, or the test is over: the loop's condition tells.
            }
        }
    }

    static boolean contains(byte[] text, byte[] part) {
        for (int i = 0; i + part.length <= text.length; i++) {
            if (text[i] == part[0] && Arrays.equals(text, i, i + part.length, part, 0, part.length)) {
                return true;
            }
        }
        return false;
    }

    @Override
    public void close() throws IOException {
        left.close();
        right.close();
    }
}
