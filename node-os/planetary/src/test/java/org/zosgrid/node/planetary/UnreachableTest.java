package org.zosgrid.node.planetary;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class UnreachableTest {
    private static final byte[] OWN = {(byte) 0xfd, 1, 2, 3, 4, 5, 6, 7, 0, 0, 0, 0, 0, 0, 0, 1};

    @Property
    void quotesThePacketAndFitsTheLeastMtu(@ForAll @Size(max = 2000) byte[] payload) {
        ByteBuffer packet = packet(17, payload.length);
        packet.put(40, payload);
        ByteBuffer answer = ByteBuffer.allocate(2048);
        assertThat(Unreachable.answer(packet, OWN, answer)).isTrue();
        assertThat(answer.remaining()).isEqualTo(Math.min(1280, 48 + 40 + payload.length));
        assertThat(answer.slice(48, answer.remaining() - 48)).isEqualTo(packet.slice(0, answer.remaining() - 48));
        assertThat(answer.slice(24, 16)).isEqualTo(packet.slice(8, 16));
        assertThat(sum(answer)).as("checksum over everything").isEqualTo(0xffff);
    }

    @Test
    void someAreNotAnswered() {
        ByteBuffer answer = ByteBuffer.allocate(2048);
        assertThat(Unreachable.answer(packet(58, 8).put(40, (byte) 128), OWN, answer)).as("an echo request").isTrue();
        assertThat(Unreachable.answer(packet(58, 8).put(40, (byte) 1), OWN, answer)).as("an ICMPv6 error").isFalse();
        assertThat(Unreachable.answer(packet(58, 0), OWN, answer)).as("a truncated ICMPv6 message").isFalse();
        assertThat(Unreachable.answer(packet(17, 8).put(24, (byte) 0xff), OWN, answer)).as("to multicast").isFalse();
        assertThat(Unreachable.answer(packet(17, 8).put(8, new byte[16]), OWN, answer)).as("from nobody").isFalse();
    }

    private static ByteBuffer packet(int protocol, int payload) {
        return ByteBuffer.allocate(40 + payload).putInt(0, 6 << 28).put(6, (byte) protocol).put(8, OWN).put(24, (byte) 0xfd);
    }

    private static int sum(ByteBuffer packet) {
        long sum = packet.limit() - 40 + 58;
        for (int i = 8; i < packet.limit(); i++) {
            sum += (long) Byte.toUnsignedInt(packet.get(i)) << (i % 2 == 0 ? 8 : 0);
        }
        while (sum >> 16 != 0) {
            sum = (sum & 0xffff) + (sum >> 16);
        }
        return (int) sum;
    }
}
