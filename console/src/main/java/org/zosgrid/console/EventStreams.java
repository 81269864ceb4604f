package org.zosgrid.console;

import jakarta.annotation.PreDestroy;
import jakarta.annotation.Resource;
import jakarta.enterprise.concurrent.ManagedThreadFactory;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.atomic.AtomicInteger;
import org.zosgrid.contract.Fault;
import org.zosgrid.workloads.RefusedException;
import org.zosgrid.workloads.RefusedException.Kind;

/** The streams that are open on this server, each with a thread of its own: at most {@value #MOST}. */
@ApplicationScoped
public class EventStreams {
    static final int MOST = 100;

    @Resource private ManagedThreadFactory managed;

    private final ThreadFactory threads;
    private final AtomicInteger open = new AtomicInteger();
    private final Set<Thread> running = ConcurrentHashMap.newKeySet();

    @SuppressWarnings("NullAway.Init")
    protected EventStreams() {
        this.threads = work -> managed.newThread(work);
    }

    @SuppressWarnings("NullAway.Init")
    EventStreams(ThreadFactory threads) {
        this.threads = threads;
    }

    /** @throws RefusedException UNAVAILABLE if there are as many as there may be */
    public void open(Runnable stream) {
        if (open.incrementAndGet() > MOST) {
            open.decrementAndGet();
            throw new RefusedException(Kind.UNAVAILABLE, "Too many streams are open", new Fault("stream", "must be one of at most " + MOST + " on this server; ask again later", ""));
        }
        Thread thread = threads.newThread(() -> {
            running.add(Thread.currentThread());
            try {
                stream.run();
            } finally {
                running.remove(Thread.currentThread());
                open.decrementAndGet();
            }
        });
        thread.setDaemon(true);
        thread.start();
    }

    @PreDestroy
    void stop() {
        running.forEach(Thread::interrupt);
    }
}
