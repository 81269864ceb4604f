package org.zosgrid.node.planetary;

import java.net.InetSocketAddress;
import java.util.List;
import org.zosgrid.contract.key.Signer;
import org.zosgrid.contract.key.VerificationKey;

/**
 * How a node takes part.
 *
 * @param identity the node's key; its address in the overlay follows from it
 * @param listen where UDP packets come in
 * @param peers the nodes it has links with
 * @param tun name of the TUN device, 1 to 15 characters
 * @param mtu largest inner packet in bytes, at least 1,280; 29 bytes and the outer headers are added
 */
public record PlanetaryConfig(Signer identity, InetSocketAddress listen, List<Peer> peers, String tun, int mtu) {
    public static final int DEFAULT_MTU = 1400;

    /** A node at the other end of a link: its pinned key and where it listens. */
    public record Peer(String name, VerificationKey key, InetSocketAddress endpoint) {}

    public PlanetaryConfig {
        peers = List.copyOf(peers);
        if (mtu < 1280 || mtu > 9000) {
            throw new PlanetaryException("the MTU must lie between 1280 and 9000 (is: " + mtu + ")");
        }
    }
}
