package org.zosgrid.workloads.health;

import java.time.Duration;

/** Counts durations by how long they were. */
final class Histogram {
    private final long[] bounds;
    /** Of each bound those that are not longer, and not counted at one before; the last are longer than all. */
    private final long[] counts;
    private double sum;

    Histogram(long[] bounds) {
        this.bounds = bounds.clone();
        this.counts = new long[bounds.length + 1];
    }

    void add(Duration duration) {
        double seconds = duration.toMillis() / 1000.0;
        int bucket = 0;
        while (bucket < bounds.length && seconds > bounds[bucket]) {
            bucket++;
        }
        counts[bucket]++;
        sum += seconds;
    }

    /** Lines of the text format; buckets are cumulative there. */
    void write(StringBuilder text, String name, String label) {
        long all = 0;
        for (int bucket = 0; bucket < bounds.length; bucket++) {
            all += counts[bucket];
            text.append(name).append("_bucket{").append(label).append(",le=\"").append(bounds[bucket]).append("\"} ").append(all).append('\n');
        }
        all += counts[bounds.length];
        text.append(name).append("_bucket{").append(label).append(",le=\"+Inf\"} ").append(all).append('\n');
        text.append(name).append("_sum{").append(label).append("} ").append(sum).append('\n');
        text.append(name).append("_count{").append(label).append("} ").append(all).append('\n');
    }
}
