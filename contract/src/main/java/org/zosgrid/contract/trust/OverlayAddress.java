package org.zosgrid.contract.trust;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.zosgrid.contract.Digests;
import org.zosgrid.contract.key.KeyId;

/**
 * Addresses in the overlay follow from keys and names alone, so nobody can be told a wrong one: a node's /64 is {@code fd} and 56 bits of a hash of
 * its key id, the node itself is {@code ::1} in it, a machine has 64 bits of a hash of its deployment and name.
 */
public final class OverlayAddress {
    private static final byte[] LABEL = "zosgrid overlay".getBytes(StandardCharsets.US_ASCII);
    private static final int PREFIX_BYTES = 8;

    private OverlayAddress() {}

    /** The node's own address. */
    public static Inet6Address ofNode(KeyId node) {
        byte[] address = Arrays.copyOf(prefix(node), 16);
        address[15] = 1;
        return address(address);
    }

    /** The address of a machine on a node. */
    public static Inet6Address ofMachine(KeyId node, String deployment, String machine) {
        byte[] address = Arrays.copyOf(prefix(node), 16);
        byte[] host = Digests.sha256((deployment + "/" + machine).getBytes(StandardCharsets.UTF_8));
        System.arraycopy(host, 0, address, PREFIX_BYTES, 16 - PREFIX_BYTES);
        return address(address);
    }

    /** The node's network in CIDR form: {@code fd…::/64}. */
    public static String prefixOf(KeyId node) {
        return address(Arrays.copyOf(prefix(node), 16)).getHostAddress() + "/64";
    }

    /** Whether an address lies in the node's network. */
    public static boolean belongsTo(Inet6Address address, KeyId node) {
        return Arrays.equals(address.getAddress(), 0, PREFIX_BYTES, prefix(node), 0, PREFIX_BYTES);
    }

    private static byte[] prefix(KeyId node) {
        byte[] prefix = new byte[PREFIX_BYTES];
        prefix[0] = (byte) 0xfd;
        System.arraycopy(Digests.sha256(LABEL, node.bytes()), 0, prefix, 1, PREFIX_BYTES - 1);
        return prefix;
    }

    private static Inet6Address address(byte[] bytes) {
        try {
            return (Inet6Address) InetAddress.getByAddress(bytes);
        } catch (UnknownHostException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
