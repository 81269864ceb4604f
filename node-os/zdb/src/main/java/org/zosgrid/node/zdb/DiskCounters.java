package org.zosgrid.node.zdb;

import java.util.concurrent.atomic.LongAdder;

/** What went to files of one kind, data or index, and what failed. Reads go through mappings and are no system calls: only what commands took is counted. */
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
