package org.zosgrid.cli.agent;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;

/**
 * What goes over an agent's socket, in both directions: a byte that says what it is, a big-endian 32-bit length, and so many bytes. A client asks {@link #KEY} or
 * {@link #SIGN}; the agent answers {@link #DONE} with a public key or a signature, or {@link #REFUSED} with the reason.
 */
final class Frames {
    static final byte KEY = 1;
    static final byte SIGN = 2;
    static final byte DONE = 3;
    static final byte REFUSED = 4;

    /** A payload of 1 MiB and what DSSE puts before it. */
    static final int MAX = (1 << 20) + 1024;

    record Frame(byte kind, byte[] content) {}

    private Frames() {}

    static void write(SocketChannel channel, byte kind, byte[] content) throws IOException {
        ByteBuffer frame = ByteBuffer.allocate(5 + content.length).put(kind).putInt(content.length).put(content).flip();
        while (frame.hasRemaining()) {
            channel.write(frame);
        }
    }

    static Frame read(SocketChannel channel) throws IOException {
        ByteBuffer head = fill(channel, 5);
        byte kind = head.get();
        int length = head.getInt();
        if (length < 0 || length > MAX) {
            throw new IOException("a message must not be longer than " + MAX + " bytes (is: " + length + ")");
        }
        return new Frame(kind, fill(channel, length).array());
    }

    private static ByteBuffer fill(SocketChannel channel, int length) throws IOException {
        ByteBuffer buffer = ByteBuffer.allocate(length);
        while (buffer.hasRemaining()) {
            if (channel.read(buffer) < 0) {
                throw new EOFException("the other side closed the connection");
            }
        }
        return buffer.flip();
    }
}
