package org.zosgrid.node.zdb;

import java.io.IOException;
import java.io.InputStream;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.zosgrid.zdb.client.Reply;
import org.zosgrid.zdb.client.RespWriter;

/**
 * The writing side of a client with a thread of its own: answers, and between them what it follows. What it follows waits in a queue, so that a client
 * that does not read holds up nobody; when the queue is full it is cut off.
 */
final class Relay implements Consumer<Reply>, AutoCloseable {
    private static final int MOST_UNREAD = 10_000;

    private final RespWriter out;
    private final InputStream input;
    private final LinkedBlockingQueue<Reply> news = new LinkedBlockingQueue<>(MOST_UNREAD);
    private final AtomicReference<@Nullable Thread> teller = new AtomicReference<>();

    Relay(RespWriter out, InputStream input) {
        this.out = out;
        this.input = input;
    }

    synchronized void answer(Reply reply, boolean flush) throws IOException {
        out.reply(reply);
        if (flush) {
            out.flush();
        }
    }

    @Override
    public void accept(Reply told) {
        if (teller.get() == null) {
            Thread fresh = Thread.ofVirtual().name("zdb-mirror").unstarted(this::tell);
            if (teller.compareAndSet(null, fresh)) {
                fresh.start();
            }
        }
        if (!news.offer(told)) {
            cutOff();
        }
    }

    private void tell() {
        try {
            while (true) {
                Reply next = news.take();
                answer(next, news.isEmpty());
            }
        } catch (IOException gone) {
            cutOff();
        } catch (InterruptedException over) {
            Thread.currentThread().interrupt();
        }
    }

    private void cutOff() {
        try {
            input.close(); // Ends the reader, which ends the session.
        } catch (IOException alreadyGone) {
            // It was to go.
        }
    }

    @Override
    public void close() {
        Thread telling = teller.get();
        if (telling != null) {
            telling.interrupt();
        }
    }
}
