package org.zosgrid.node.zdb;

import java.util.concurrent.atomic.AtomicInteger;

/** Where a store stands among its copies, as every namespace has to know it: in which epoch it writes, whether it may, and whether anybody waits for what it writes. */
final class Standing {
    private volatile int epoch;
    private volatile String refusal = "";
    private final AtomicInteger waiting = new AtomicInteger();

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
    }

    /** From now on it does not write what clients say; the text is what they are told. */
    void refuses(String why) {
        refusal = why;
    }

    void mayWrite() {
        if (!refusal.isEmpty()) {
            throw new ZdbException.Refused(refusal);
        }
    }

    /** More of a log can be handed on than before. */
    void advanced() {
        if (waiting.get() > 0) {
            synchronized (this) {
                notifyAll();
            }
        }
    }

    /** What {@link #await} looks for. */
    interface Condition {
        boolean met();
    }

    /** Waits until the condition is met, at most so long; returns whether it is. It is looked at after every {@link #advanced}. */
    boolean await(Condition condition, long millis) throws InterruptedException {
        long deadline = System.nanoTime() + millis * 1_000_000;
        waiting.incrementAndGet();
        try {
            synchronized (this) {
                while (!condition.met()) {
                    long left = (deadline - System.nanoTime()) / 1_000_000;
                    if (left <= 0) {
                        return condition.met();
                    }
                    wait(left);
                }
                return true;
            }
        } finally {
            waiting.decrementAndGet();
        }
    }
}
