package org.zosgrid.workloads.view;

import java.time.Duration;
import java.time.Instant;

/**
 * What a machine has taken since it was started, and what it may take.
 *
 * @param at by the node's clock: two of these make a rate
 * @param cpu time of processors
 * @param throttled time in which it wanted to run and had used up its share
 * @param allowedCpuMillis thousandths of a processor, as sealed
 * @param memoryBytes held now, without what the kernel could drop at once
 * @param memoryPeakBytes the most that was ever held; 0 where the kernel does not count it
 * @param allowedMemoryBytes as sealed
 * @param processes that live now, threads counted
 */
public record UsageView(Instant at, Duration cpu, Duration throttled, long allowedCpuMillis, long memoryBytes, long memoryPeakBytes, long allowedMemoryBytes, long processes,
        long receivedBytes, long sentBytes) {}
