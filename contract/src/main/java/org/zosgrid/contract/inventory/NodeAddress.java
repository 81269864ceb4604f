package org.zosgrid.contract.inventory;

/**
 * Where one node answers on the management network.
 *
 * @param name the node's name in the trust root
 * @param address a literal IP address
 * @param storePort Zero-DB over TLS
 * @param apiPort HTTPS
 */
public record NodeAddress(String name, String address, int storePort, int apiPort) {}
