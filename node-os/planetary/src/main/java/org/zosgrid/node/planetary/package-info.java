/**
 * The Planetary Network: an encrypted overlay between nodes, over UDP, behind a TUN device.
 *
 * <p>A link is made by a handshake in which both sides prove the composite key that is pinned for them and agree on keys by X25519 and ML-KEM-768
 * together; packets are AES-256-GCM with counters and a replay window. A peer may send only from the addresses its key has. Nothing is forwarded from
 * one peer to another, and nothing is said to a stranger.
 *
 * <p>Start reading at {@link org.zosgrid.node.planetary.Planetary}, which moves packets; {@code Link} is one peer's state, {@code Handshake} the
 * cryptography, {@code Session} what comes of it. The wire format is described in {@code docs/formats/overlay.md}.
 */
@NullMarked
package org.zosgrid.node.planetary;

import org.jspecify.annotations.NullMarked;
