package org.zosgrid.workloads.view;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * A version of the trust root.
 *
 * @param envelope the DSSE envelope's JSON with every signature: who is told of a trust root verifies it
 * @param sealedIndex where the ledger says that it replaced the one before; empty for the pinned one
 * @param submitter who handed it in; empty for the pinned one
 * @param nodes how far each node is that was to follow
 */
public record TrustRootView(
        long version, String digest, Instant expires, byte[] envelope, Optional<Long> sealedIndex, Optional<String> submitter, Optional<Instant> at, List<Node> nodes) {
    public TrustRootView {
        nodes = List.copyOf(nodes);
    }

    /**
     * A node.
     *
     * @param state {@code waiting} (not in its log yet), {@code sent}, {@code in-force} (its receipts say so) or {@code refused}
     * @param message why it refused, or empty
     */
    public record Node(String node, String state, String message) {}
}
