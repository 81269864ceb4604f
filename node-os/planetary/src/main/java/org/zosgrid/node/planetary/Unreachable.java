package org.zosgrid.node.planetary;

import java.nio.ByteBuffer;

/**
 * ICMPv6 "no route to destination" (RFC 4443, type 1 code 0), so that a program that dials an address without a peer learns it at once instead of
 * after a minute.
 */
final class Unreachable {
    private static final int IPV6_HEADER = 40;
    private static final int ICMP_HEADER = 8;
    private static final byte ICMPV6 = 58;
    private static final byte MULTICAST = (byte) 0xff;
    /** The whole answer must fit in the least MTU of IPv6. */
    private static final int MAX_QUOTE = PlanetaryConfig.MIN_MTU - IPV6_HEADER - ICMP_HEADER;

    private Unreachable() {}

    /**
     * Writes the answer to a packet that goes nowhere. False if it must not be answered: multicast, no source, or itself an ICMPv6 error.
     *
     * @param packet an IPv6 packet, at least its header
     * @param from our own address
     */
    static boolean answer(ByteBuffer packet, byte[] from, ByteBuffer answer) {
        boolean error = packet.get(6) == ICMPV6 && (packet.remaining() <= IPV6_HEADER || packet.get(IPV6_HEADER) >= 0);
        boolean anonymous = packet.getLong(8) == 0 && packet.getLong(16) == 0;
        if (error || anonymous || packet.get(8) == MULTICAST || packet.get(24) == MULTICAST) {
            return false;
        }
        int quoted = Math.min(packet.remaining(), MAX_QUOTE);
        answer.clear().putInt(6 << 28).putShort((short) (ICMP_HEADER + quoted)).put(ICMPV6).put((byte) 64).put(from).put(packet.slice(8, 16));
        answer.put((byte) 1).put((byte) 0).putShort((short) 0).putInt(0).put(packet.slice(0, quoted)).flip();
        answer.putShort(IPV6_HEADER + 2, checksum(answer));
        return true;
    }

    /** Over the pseudo-header (addresses, length, next header) and the message, RFC 8200 section 8.1. */
    private static short checksum(ByteBuffer packet) {
        int length = packet.limit() - IPV6_HEADER;
        long sum = length + ICMPV6;
        for (int i = 8; i + 1 < packet.limit(); i += 2) {
            sum += Short.toUnsignedInt(packet.getShort(i));
        }
        if (packet.limit() % 2 != 0) {
            sum += Byte.toUnsignedInt(packet.get(packet.limit() - 1)) << 8;
        }
        while (sum >> 16 != 0) {
            sum = (sum & 0xffff) + (sum >> 16);
        }
        return (short) ~sum;
    }
}
