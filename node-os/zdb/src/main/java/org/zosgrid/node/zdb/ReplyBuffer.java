package org.zosgrid.node.zdb;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import org.zosgrid.zdb.client.Reply;

/** Replies of one connection that were not sent yet. Its memory comes from the pool when there is something to say and goes back when it was said. */
final class ReplyBuffer {
    private static final byte[] NIL = ascii("$-1\r\n");
    private static final byte[] OK = ascii("+OK\r\n");
    private static final byte[] PONG = ascii("+PONG\r\n");

    private final BufferPool pool;
    private ByteBuffer bytes = BufferPool.NONE;
    private int usual = BufferPool.LEAST;

    ReplyBuffer(BufferPool pool) {
        this.pool = pool;
    }

    boolean isEmpty() {
        return bytes.position() == 0;
    }

    int size() {
        return bytes.position();
    }

    private ByteBuffer room(int more) {
        if (bytes.remaining() < more) {
            ByteBuffer larger = pool.take(Math.max(usual, bytes.position() + more));
            larger.put(bytes.flip());
            pool.give(bytes);
            bytes = larger;
            usual = Math.min(larger.capacity(), BufferPool.LARGEST);
        }
        return bytes;
    }

    void nil() {
        room(NIL.length).put(NIL);
    }

    void ok() {
        room(OK.length).put(OK);
    }

    void pong() {
        room(PONG.length).put(PONG);
    }

    void bulk(ByteBuffer from, int at, int length) {
        ByteBuffer to = room(length + 16);
        head(to, '$', length);
        to.put(to.position(), from, at, length);
        to.position(to.position() + length).put((byte) '\r').put((byte) '\n');
    }

    void sequence(long number) {
        ByteBuffer to = room(16);
        head(to, '$', 8);
        to.putLong(number).put((byte) '\r').put((byte) '\n');
    }

    void number(long value) {
        head(room(24), ':', value);
    }

    void failure(String text) {
        line('-', text);
    }

    private void line(char type, String text) {
        byte[] line = text.replace('\r', ' ').replace('\n', ' ').getBytes(StandardCharsets.UTF_8);
        room(line.length + 3).put((byte) type).put(line).put((byte) '\r').put((byte) '\n');
    }

    private static void head(ByteBuffer to, char type, long value) {
        to.put((byte) type);
        if (value < 0) {
            to.put(ascii(Long.toString(value)));
        } else {
            int digits = 1;
            for (long rest = value; rest >= 10; rest /= 10) {
                digits++;
            }
            int end = to.position() + digits;
            long rest = value;
            for (int i = end - 1; i >= end - digits; i--) {
                to.put(i, (byte) ('0' + rest % 10));
                rest /= 10;
            }
            to.position(end);
        }
        to.put((byte) '\r').put((byte) '\n');
    }

    void reply(Reply reply) {
        switch (reply) {
            case Reply.Simple simple -> line('+', simple.text());
            case Reply.Failure failure -> line('-', failure.text());
            case Reply.Number number -> number(number.value());
            case Reply.Bulk bulk -> bulk(Namespace.wrap(bulk.bytes()), 0, bulk.bytes().length);
            case Reply.Nil nil -> nil();
            case Reply.Array array -> {
                head(room(24), '*', array.items().size());
                array.items().forEach(this::reply);
            }
        }
    }

    /** Writes what there is; true if all of it went. */
    boolean writeTo(java.nio.channels.SocketChannel channel, Statistics statistics) throws java.io.IOException {
        if (isEmpty()) {
            return true;
        }
        bytes.flip();
        int count = channel.write(bytes);
        statistics.sent.add(count);
        boolean all = !bytes.hasRemaining();
        bytes.compact();
        if (all) {
            release();
        }
        return all;
    }

    void release() {
        pool.give(bytes);
        bytes = BufferPool.NONE;
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
