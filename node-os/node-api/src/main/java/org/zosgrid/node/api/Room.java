package org.zosgrid.node.api;

/**
 * Processor time and memory, of a node or reserved on it.
 *
 * @param deployment which has it reserved; empty for a whole node
 * @param cpuMillis thousandths of a processor
 */
public record Room(String deployment, long cpuMillis, long memoryBytes) {}
