package org.zosgrid.node.planetary;

import java.net.InetSocketAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * How a link is.
 *
 * @param since when it came up, empty while it is down
 * @param roundTrip as last measured, empty before the first measurement and while the link is down
 * @param sentBytes inner packets' bytes, without ours
 * @param receivedBytes inner packets' bytes, without ours
 * @param dropped datagrams and packets that were not believed, or not allowed
 * @param problem why the last handshake was refused, empty once one succeeded
 */
public record LinkStatus(
        String peer,
        InetSocketAddress endpoint,
        boolean up,
        Optional<Instant> since,
        Optional<Duration> roundTrip,
        long sentBytes,
        long receivedBytes,
        long dropped,
        Optional<String> problem) {}
