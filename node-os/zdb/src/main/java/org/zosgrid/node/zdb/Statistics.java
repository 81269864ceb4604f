package org.zosgrid.node.zdb;

import java.time.Instant;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;

/** What a server counts since it was started. */
final class Statistics {
    final Instant started = Instant.now();
    final LongAdder clients = new LongAdder();
    private final AtomicLong numbers = new AtomicLong();
    final LongAdder executed = new LongAdder();
    final LongAdder failed = new LongAdder();
    final LongAdder unauthorized = new LongAdder();
    final LongAdder received = new LongAdder();
    final LongAdder sent = new LongAdder();

    long nextClient() {
        return numbers.incrementAndGet();
    }
}
