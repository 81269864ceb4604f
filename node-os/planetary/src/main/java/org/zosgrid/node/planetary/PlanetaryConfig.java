package org.zosgrid.node.planetary;

import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.zosgrid.contract.key.Signer;
import org.zosgrid.contract.key.VerificationKey;

/**
 * How a node takes part. All faults are reported together.
 *
 * @param identity the node's key; its address in the overlay follows from it
 * @param listen where UDP packets come in
 * @param peers the nodes it has links with; each key and each endpoint at most once, and not this node itself
 * @param tun name of the TUN device, 1 to 15 characters
 * @param mtu largest inner packet in bytes, 1,280 (what IPv6 demands) to 9,000; 29 bytes and the outer headers are added
 */
public record PlanetaryConfig(Signer identity, InetSocketAddress listen, List<Peer> peers, String tun, int mtu) {
    /** With 29 bytes of ours, 8 of UDP and 40 of IPv6 it fits in 1,500. */
    public static final int DEFAULT_MTU = 1400;

    static final int MIN_MTU = 1280;
    static final int MAX_MTU = 9000;
    private static final int MAX_NAME = 15;

    /** A node at the other end of a link: its pinned key and where it listens. */
    public record Peer(String name, VerificationKey key, InetSocketAddress endpoint) {}

    public PlanetaryConfig {
        peers = List.copyOf(peers);
        List<String> faults = new ArrayList<>();
        if (mtu < MIN_MTU || mtu > MAX_MTU) {
            faults.add("mtu must lie between " + MIN_MTU + " and " + MAX_MTU + " (is: " + mtu + ")");
        }
        if (tun.isEmpty() || tun.length() > MAX_NAME) {
            faults.add("tun must have 1 to " + MAX_NAME + " characters (is: '" + tun + "')");
        }
        if (listen.isUnresolved()) {
            faults.add("listen must be an address (is: " + listen + ")");
        }
        Set<Object> seen = new HashSet<>();
        seen.add(identity.id());
        for (Peer peer : peers) {
            if (peer.endpoint().isUnresolved() || peer.endpoint().getAddress().isAnyLocalAddress() || peer.endpoint().getPort() == 0) {
                faults.add("peer " + peer.name() + ": endpoint must be an address and a port (is: " + peer.endpoint() + ")");
            }
            if (!seen.add(peer.key().id())) {
                faults.add("peer " + peer.name() + ": its key is this node's own or another peer's (is: " + peer.key().id() + ")");
            }
            if (!seen.add(peer.endpoint())) {
                faults.add("peer " + peer.name() + ": its endpoint is another peer's (is: " + peer.endpoint() + ")");
            }
        }
        if (!faults.isEmpty()) {
            throw new PlanetaryException("overlay: " + String.join("; ", faults));
        }
    }
}
