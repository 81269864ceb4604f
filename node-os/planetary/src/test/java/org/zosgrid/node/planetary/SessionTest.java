package org.zosgrid.node.planetary;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class SessionTest {
    private final byte[] forth = Handshake.random(32);
    private final byte[] back = Handshake.random(32);
    private final Session alice = new Session(1, 2, forth, back);
    private final Session bob = new Session(2, 1, back, forth);

    @Property(tries = 200)
    void carriesPacketsOfAnySizeBothWays(@ForAll @Size(max = 9000) byte[] packet) {
        assertThat(carry(alice, bob, packet)).isEqualTo(packet);
        assertThat(carry(bob, alice, packet)).isEqualTo(packet);
    }

    @Property(tries = 200)
    void refusesADatagramWithOneBitChanged(@ForAll @Size(max = 100) byte[] packet, @ForAll int position) {
        byte[] datagram = seal(alice, packet);
        int bit = Math.floorMod(position, datagram.length * 8);
        byte[] changed = datagram.clone();
        changed[bit / 8] ^= (byte) (1 << (bit % 8));
        ByteBuffer out = ByteBuffer.allocate(9100);
        // The session number is looked at before, by the link, but it is authenticated like the rest.
        assertThat(bob.open(ByteBuffer.wrap(changed), out)).isFalse();
        assertThat(bob.open(ByteBuffer.wrap(datagram), out.clear())).as("the real one still counts").isTrue();
    }

    @Test
    void refusesReplaysTruncationAndReflection() {
        byte[] datagram = seal(alice, new byte[] {1, 2, 3});
        ByteBuffer out = ByteBuffer.allocate(100);
        for (int length = Session.OVERHEAD; length < datagram.length; length++) {
            assertThat(bob.open(ByteBuffer.wrap(datagram, 0, length), out.clear())).isFalse();
        }
        assertThat(alice.open(ByteBuffer.wrap(datagram), out.clear())).as("reflected").isFalse();
        assertThat(bob.open(ByteBuffer.wrap(datagram), out.clear())).isTrue();
        assertThat(bob.open(ByteBuffer.wrap(datagram), out.clear())).as("replayed").isFalse();
    }

    @Test
    void theWireShowsNeitherPacketNorCounterTwice() {
        byte[] packet = new byte[64];
        assertThat(seal(alice, packet)).isNotEqualTo(seal(alice, packet));
        assertThat(seal(alice, packet)).hasSize(packet.length + Session.OVERHEAD);
    }

    private static byte[] seal(Session from, byte[] packet) {
        ByteBuffer datagram = ByteBuffer.allocateDirect(packet.length + Session.OVERHEAD);
        assertThat(from.seal(ByteBuffer.wrap(packet), datagram)).isTrue();
        byte[] bytes = new byte[datagram.flip().remaining()];
        datagram.get(bytes);
        return bytes;
    }

    private static byte[] carry(Session from, Session to, byte[] packet) {
        ByteBuffer out = ByteBuffer.allocateDirect(packet.length);
        assertThat(to.open(ByteBuffer.wrap(seal(from, packet)), out)).isTrue();
        byte[] bytes = new byte[out.flip().remaining()];
        out.get(bytes);
        return bytes;
    }
}
