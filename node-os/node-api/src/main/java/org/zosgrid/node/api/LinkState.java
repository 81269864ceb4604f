package org.zosgrid.node.api;

import org.jspecify.annotations.Nullable;

/**
 * An overlay link as this end of it sees it.
 *
 * @param peer the node at the other end
 * @param roundTripMicros microseconds to the peer and back, as last measured; null before the first measurement and while the link is down
 * @param problem why the last handshake was refused; empty once one succeeded
 */
public record LinkState(String peer, boolean up, @Nullable Long roundTripMicros, String problem) {}
