package org.zosgrid.connector.network;

import java.time.Duration;
import java.time.Instant;

/**
 * What a machine has taken since it was started, as its node tells it.
 *
 * @param at by the node's clock: two of these make a rate
 * @param cpu time of processors
 * @param throttled time in which it wanted to run and had used up its share
 * @param memoryBytes held now, without what the kernel could drop at once
 * @param memoryPeakBytes the most that was ever held; 0 where the kernel does not count it
 * @param processes that live now, threads counted
 */
public record Usage(Instant at, Duration cpu, Duration throttled, long memoryBytes, long memoryPeakBytes, long processes, long receivedBytes, long sentBytes) {}
