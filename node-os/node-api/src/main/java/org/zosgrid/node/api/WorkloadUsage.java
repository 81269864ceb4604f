package org.zosgrid.node.api;

/**
 * What a machine has taken since it was started.
 *
 * @param atMillis when it was read, by the node's clock, in milliseconds since 1970: two of these make a rate
 * @param cpuNanos time of processors
 * @param throttledNanos time in which it wanted to run and had used up its share
 * @param memoryBytes held now, without what the kernel could drop at once
 * @param memoryPeakBytes the most that was ever held; 0 where the kernel does not count it
 * @param processes that live now, threads counted
 * @param receivedBytes on the deployment's network
 */
public record WorkloadUsage(long atMillis, long cpuNanos, long throttledNanos, long memoryBytes, long memoryPeakBytes, long processes, long receivedBytes, long sentBytes) {}
