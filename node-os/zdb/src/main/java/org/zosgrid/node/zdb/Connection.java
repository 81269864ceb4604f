package org.zosgrid.node.zdb;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.zosgrid.zdb.client.Reply;

/** A client of the event loop: what it has sent and was not run yet, and what it has not been told yet. Used on the loop's thread only. */
final class Connection {
    private static final long GET = RequestParser.word("GET");
    private static final long SET = RequestParser.word("SET");
    private static final long DEL = RequestParser.word("DEL");
    private static final long EXISTS = RequestParser.word("EXISTS");
    private static final long PING = RequestParser.word("PING");
    private static final int SMALL_REST = 64 << 10;
    private static final int ENOUGH_REPLIES = 1 << 20;
    private static final int MOST_UNREAD = 64 << 20;

    private final EventLoop loop;
    private final SocketChannel channel;
    private final SelectionKey key;
    private final Session session;
    private final ReplyBuffer out;

    /** Bytes of requests that are not complete, or wait for a slow command before them. */
    private @Nullable ByteBuffer rest;
    private int restBytes;
    private boolean suspended;
    private boolean closing;
    private boolean closed;

    boolean touched;
    boolean held;
    /** The namespace it has written to since it was last answered. */
    @Nullable Namespace wrote;

    Connection(EventLoop loop, SocketChannel channel, SelectionKey key, Session session) {
        this.loop = loop;
        this.channel = channel;
        this.key = key;
        this.session = session;
        this.out = new ReplyBuffer(loop.pool);
        session.outlet(reply -> loop.post(() -> told(reply)));
    }

    int unsent() {
        return out.size();
    }

    void ready(SelectionKey ready) throws IOException {
        if (ready.isWritable()) {
            send();
        }
        if (!closed && ready.isValid() && ready.isReadable()) {
            read();
        }
    }

    private void read() throws IOException {
        if (held) {
            interest(); // Answers to what it says now would go out with those that the sync was for.
            return;
        }
        ByteBuffer buffer;
        int had = restBytes;
        if (rest == null || restBytes == 0) {
            buffer = loop.input();
        } else if (restBytes <= SMALL_REST) {
            buffer = loop.input();
            buffer.put(0, rest, 0, restBytes).position(restBytes);
        } else {
            buffer = larger(rest);
        }
        int count = channel.read(buffer);
        if (count < 0) {
            ended();
            return;
        }
        loop.statistics.received.add(count);
        run(buffer, had + count);
    }

    /** A buffer for a request that does not fit the shared one: grows as bytes arrive, not as the client says it will need. */
    private ByteBuffer larger(ByteBuffer now) {
        ByteBuffer own = now;
        if (now.capacity() - restBytes < SMALL_REST) {
            own = ByteBuffer.allocateDirect(now.capacity() * 2).order(ByteOrder.LITTLE_ENDIAN);
            own.put(0, now, 0, restBytes);
            rest = own;
        }
        return own.clear().position(restBytes);
    }

    private void ended() {
        if (restBytes > 0 && !suspended) {
            out.failure("Malformed query string");
        }
        closing = true;
        loop.touch(this);
        interest();
    }

    /** Runs the complete requests among the first {@code end} bytes and keeps the others. */
    private void run(ByteBuffer in, int end) {
        int from = 0;
        while (!suspended && !closing) {
            int next = loop.parser.parse(in, from, end);
            if (next == RequestParser.INCOMPLETE) {
                break;
            }
            if (next == RequestParser.MALFORMED) {
                out.failure(String.valueOf(loop.parser.problem));
                closing = true;
                break;
            }
            request(in);
            from = next;
            if (out.size() > ENOUGH_REPLIES) {
                break;
            }
        }
        keep(in, from, end);
        loop.touch(this);
        interest();
    }

    private void keep(ByteBuffer in, int from, int end) {
        restBytes = closing ? 0 : end - from;
        if (restBytes == 0) {
            if (rest != null) {
                loop.pool.give(rest);
                rest = null;
            }
            return;
        }
        if (in == rest) {
            if (from > 0) {
                in.clear().position(from).limit(end);
                in.compact();
            }
            return;
        }
        if (rest == null || rest.capacity() < restBytes) {
            if (rest != null) {
                loop.pool.give(rest);
            }
            rest = loop.pool.take(restBytes);
        }
        rest.put(0, in, from, restBytes);
    }

    private void request(ByteBuffer in) {
        RequestParser parser = loop.parser;
        long command = parser.command(in);
        int count = parser.count;
        try {
            if (session.unobserved()) {
                if (command == GET && count == 2 && parser.length[1] > 0) {
                    get(in, parser.at[1], parser.length[1]);
                    return;
                }
                if (command == SET && count == 3) {
                    set(in, parser.at[1], parser.length[1], parser.at[2], parser.length[2]);
                    return;
                }
                if (command == DEL && count == 2 && parser.length[1] > 0) {
                    delete(in, parser.at[1], parser.length[1]);
                    return;
                }
                if (command == EXISTS && count == 2 && parser.length[1] > 0) {
                    exists(in, parser.at[1], parser.length[1]);
                    return;
                }
                if (command == PING && count == 1 && !session.namespace().gone()) {
                    out.pong();
                    loop.statistics.executed.increment();
                    return;
                }
            }
        } catch (ZdbException | InternalError failed) {
            loop.statistics.failed.increment();
            String text = session.explain(failed);
            out.failure(text);
            closing = text.equals(Store.GONE);
            return;
        }
        generally(parser.copied(in));
    }

    private void generally(List<byte[]> arguments) {
        if (session.quick(arguments)) {
            finish(session.answer(arguments));
            return;
        }
        suspended = true;
        loop.runSlowly(() -> {
            Reply reply = session.answer(arguments);
            loop.post(() -> resume(reply));
        });
    }

    private void finish(Reply reply) {
        out.reply(reply);
        closing |= reply instanceof Reply.Failure failure && failure.text().equals(Store.GONE);
    }

    private void resume(Reply reply) {
        if (closed) {
            return;
        }
        suspended = false;
        finish(reply);
        if (!held) {
            proceed();
        }
    }

    /** Something it follows has happened. Who does not read it is dropped, and catches up in another way. */
    private void told(Reply reply) {
        if (closed) {
            return;
        }
        if (out.size() > MOST_UNREAD) {
            close();
            return;
        }
        out.reply(reply);
        loop.touch(this);
    }

    /** Goes on with requests that were kept. */
    private void proceed() {
        if (restBytes > 0 && rest != null) {
            run(rest, restBytes);
        } else {
            loop.touch(this);
            interest();
        }
    }

    private void get(ByteBuffer in, int keyAt, int keyLength) {
        Namespace namespace = session.namespace();
        namespace.admitOperations(1);
        namespace.lock();
        try {
            if (namespace.seek(in, keyAt, keyLength)) {
                DataLog log = namespace.log();
                if (log.whole()) {
                    out.bulk(log.buffer(), log.payloadAt(), log.payloadLength());
                } else {
                    throw new ZdbException.Damaged("the newest version of a key in " + namespace.directory() + " is damaged");
                }
            } else {
                out.nil();
            }
        } finally {
            namespace.unlock();
        }
        ran(namespace, "GET");
    }

    private void exists(ByteBuffer in, int keyAt, int keyLength) {
        Namespace namespace = session.namespace();
        namespace.admitOperations(1);
        namespace.lock();
        try {
            out.number(namespace.seek(in, keyAt, keyLength) ? 1 : 0);
        } finally {
            namespace.unlock();
        }
        ran(namespace, "EXISTS");
    }

    private void set(ByteBuffer in, int keyAt, int keyLength, int payloadAt, int payloadLength) {
        session.mayWrite();
        Namespace namespace = session.namespace();
        namespace.admitOperations(1);
        namespace.lock();
        try {
            if (keyLength == 0 && namespace.properties().mode() == Mode.SEQUENTIAL) {
                out.sequence(namespace.appendStaged(in, payloadAt, payloadLength, System.currentTimeMillis()));
            } else if (namespace.setStaged(in, keyAt, keyLength, in, payloadAt, payloadLength, System.currentTimeMillis())) {
                out.bulk(in, keyAt, keyLength);
            } else {
                out.nil();
                return;
            }
        } finally {
            namespace.unlock();
        }
        changed(namespace, payloadLength);
        ran(namespace, "SET");
    }

    private void delete(ByteBuffer in, int keyAt, int keyLength) {
        session.mayWrite();
        Namespace namespace = session.namespace();
        namespace.admitOperations(1);
        namespace.lock();
        try {
            namespace.deleteStaged(in, keyAt, keyLength, System.currentTimeMillis());
            out.ok();
        } finally {
            namespace.unlock();
        }
        changed(namespace, 0);
        ran(namespace, "DEL");
    }

    private void changed(Namespace namespace, int bytes) {
        wrote = namespace;
        loop.wroteTo(namespace, bytes);
    }

    private void ran(Namespace namespace, String command) {
        loop.statistics.executed.increment();
        namespace.ran(command);
    }

    /** Sends what was answered; goes on with what was kept once there is room. */
    void send() {
        if (closed || held) {
            return;
        }
        try {
            if (!out.writeTo(channel, loop.statistics)) {
                key.interestOps(SelectionKey.OP_WRITE);
                return;
            }
        } catch (IOException gone) {
            close();
            return;
        }
        if (closing && !suspended) {
            close();
            return;
        }
        interest();
        if (restBytes > 0 && !suspended && restPending()) {
            loop.post(this::continued);
        }
    }

    /** Whether a whole request was kept, because enough had been answered at that time. */
    private boolean restPending() {
        return rest != null && loop.parser.parse(rest, 0, restBytes) >= 0;
    }

    private void continued() {
        if (!closed && !suspended && !held && out.isEmpty()) {
            proceed();
        }
    }

    private void interest() {
        if (closed || !key.isValid()) {
            return;
        }
        int wanted = suspended || closing || held || out.size() > ENOUGH_REPLIES ? 0 : SelectionKey.OP_READ;
        if (key.interestOps() != wanted) {
            key.interestOps(wanted);
        }
    }

    void close() {
        if (closed) {
            return;
        }
        closed = true;
        key.cancel();
        session.ended();
        out.release();
        try {
            channel.close();
        } catch (IOException alreadyGone) {
            // It was to go.
        }
    }
}
