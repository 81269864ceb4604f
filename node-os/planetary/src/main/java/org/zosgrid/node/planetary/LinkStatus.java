package org.zosgrid.node.planetary;

import java.net.InetSocketAddress;
import java.time.Instant;
import java.util.Optional;

/**
 * How a link is.
 *
 * @param since when it came up, empty while it is down
 * @param dropped datagrams and packets that were not believed
 */
public record LinkStatus(String peer, InetSocketAddress endpoint, boolean up, Optional<Instant> since, long sentBytes, long receivedBytes, long dropped) {}
