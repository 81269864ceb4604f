package org.zosgrid.node.znet;

import java.net.Inet6Address;

/**
 * A machine's place in its deployment's network.
 *
 * @param deployment whose network
 * @param machine the machine's name
 * @param address its IPv4 address in the private network
 * @param gateway the node's IPv4 address in it
 * @param prefix bits of the private network's prefix
 * @param overlay its address in the overlay
 */
public record Attachment(String deployment, String machine, String address, String gateway, int prefix, Inet6Address overlay) {}
