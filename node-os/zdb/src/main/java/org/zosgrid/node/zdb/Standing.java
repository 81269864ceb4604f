package org.zosgrid.node.zdb;

import java.util.concurrent.atomic.AtomicInteger;

/** Where a store stands among its copies, as every namespace has to know it: in which epoch it writes, whether it may, and whether anybody waits for what it writes. */
final class Standing {
    private volatile int epoch;
    private volatile String refusal = "";
    private volatile boolean copies;
    private final AtomicInteger waiting = new AtomicInteger();
    private volatile long news;

    Standing(int epoch) {
        this.epoch = epoch;
    }

    int epoch() {
        return epoch;
    }

    /** From now on it writes, in this epoch. */
    void writes(int inEpoch) {
        epoch = inEpoch;
        refusal = "";
        copies = false;
    }

    /** From now on it does not write what clients say; the text is what they are told. */
    void refuses(String why) {
        refusal = why;
        copies = false;
    }

    /** From now on it writes what a primary has written, and refuses clients with this text. */
    void copies(String why) {
        refusal = why;
        copies = true;
    }

    boolean copies() {
        return copies;
    }

    /** Whether clients may write, as far as the store as a whole goes. */
    boolean writes() {
        return refusal.isEmpty();
    }

    void mayWrite() {
        if (!refusal.isEmpty()) {
            throw new ZdbException.Refused(refusal);
        }
    }

    /** More of a log can be handed on than before, or something else changed that somebody may wait for. */
    void advanced() {
        if (waiting.get() > 0) {
            synchronized (this) {
                news++;
                notifyAll();
            }
        }
    }

    /** What {@link #await} looks for. */
    interface Condition {
        boolean met();
    }

    /** Waits until the condition is met, at most so long; returns whether it is. It is looked at after every {@link #advanced}, with no lock held. */
    boolean await(Condition condition, long millis) throws InterruptedException {
        long deadline = System.nanoTime() + millis * 1_000_000;
        waiting.incrementAndGet();
        try {
            while (true) {
                long seen = news;
                if (condition.met()) {
                    return true;
                }
                synchronized (this) {
                    while (news == seen) {
                        long left = (deadline - System.nanoTime()) / 1_000_000;
                        if (left <= 0) {
                            return false;
                        }
                        wait(left);
                    }
                }
            }
        } finally {
            waiting.decrementAndGet();
        }
    }
}
