package org.zosgrid.node.znet;

import java.net.Inet6Address;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Everything the wall lets through.
 *
 * @param management interface on which the management ports are open
 * @param managementPorts TCP ports for the control plane
 * @param underlay interface for the overlay's UDP packets
 * @param overlayPort UDP port of this node
 * @param peers the pinned peers' underlay addresses
 * @param tun the overlay's device
 * @param publicSide interface and TCP port that the internet may reach; only on a gateway
 * @param flows what may come in over the overlay to a machine
 * @param outward what this node itself may open over the overlay: a gateway to its backends
 */
public record WallRules(
        String management,
        Set<Integer> managementPorts,
        String underlay,
        int overlayPort,
        List<InetSocketAddress> peers,
        String tun,
        Optional<PublicSide> publicSide,
        List<Flow> flows,
        List<Flow> outward) {

    /** Where the internet comes in. */
    public record PublicSide(String device, int port) {}

    /** TCP from one overlay address to one port of another. */
    public record Flow(Inet6Address from, Inet6Address to, int port) {}
}
