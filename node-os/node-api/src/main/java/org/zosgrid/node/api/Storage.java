package org.zosgrid.node.api;

/**
 * Room of a node's store.
 *
 * @param capacityBytes what its namespaces may take together
 * @param freeBytes what of it is neither taken nor reserved for a namespace
 */
public record Storage(long capacityBytes, long freeBytes) {}
