package org.zosgrid.node.zdb;

import java.util.concurrent.atomic.LongAdder;

/**
 * What went to files of one kind, data or index, and came from them, and what failed. Read are the bytes of entries that somebody wanted; as they are read through
 * mappings, it is for the kernel to say how much of that it had to fetch from the disk.
 */
final class DiskCounters {
    final LongAdder read = new LongAdder();
    final LongAdder written = new LongAdder();
    final LongAdder readFailures = new LongAdder();
    final LongAdder writeFailures = new LongAdder();
    /** Seconds since 1970; 0 if nothing ever failed. */
    volatile long lastFailure;

    void failed(LongAdder failures) {
        failures.increment();
        lastFailure = System.currentTimeMillis() / 1000;
    }
}
