package org.zosgrid.node.zdb;

import java.util.concurrent.atomic.LongAdder;

/** What went to files of one kind, data or index, and what failed. Bytes read are not known: reads go through mappings, and the kernel fetches what it thinks best. */
final class DiskCounters {
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
