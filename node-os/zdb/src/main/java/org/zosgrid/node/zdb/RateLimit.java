package org.zosgrid.node.zdb;

import java.util.concurrent.atomic.AtomicLong;

/** So many operations a second: what was not used may be caught up, one second's worth (the generic cell rate algorithm). */
final class RateLimit {
    private static final long SECOND = 1_000_000_000;

    /** When everything that was let through would be over, had it come at the rate. */
    private final AtomicLong until;

    RateLimit(long now) {
        this.until = new AtomicLong(now - SECOND);
    }

    /** Whether so many more may go at a time; nothing is taken if not. */
    boolean admits(long now, int operations, int rate) {
        while (true) {
            long before = until.get();
            long after = Math.max(before, now - SECOND) + operations * SECOND / rate;
            if (after > now) {
                return false;
            }
            if (until.compareAndSet(before, after)) {
                return true;
            }
        }
    }
}
