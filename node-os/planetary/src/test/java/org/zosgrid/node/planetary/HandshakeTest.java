package org.zosgrid.node.planetary;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.util.Arrays;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;
import org.zosgrid.contract.key.SigningKey;

class HandshakeTest {
    private static final SigningKey ALICE = SigningKey.generate();
    private static final SigningKey BOB = SigningKey.generate();
    private static final SigningKey MALLORY = SigningKey.generate();
    private static final byte[] COOKIE = Handshake.random(Cookies.BYTES);

    @Test
    void bothSidesHaveTheSameKeys() {
        Handshake.Initiator alice = new Handshake.Initiator(ALICE, BOB.verificationKey(), COOKIE);
        Handshake.Responder bob = new Handshake.Responder(alice.hello, BOB, ALICE.verificationKey());
        assertThat(bob.cookie).isEqualTo(COOKIE);
        assertThat(alice.isFor(bob.response)).isTrue();
        Handshake.Agreed agreed = alice.finish(bob.response);
        assertThat(bob.isFor(agreed.finish())).isTrue();
        Session answering = bob.complete(agreed.finish());
        assertThat(passes(agreed.session(), answering)).isTrue();
        assertThat(passes(answering, agreed.session())).isTrue();
    }

    @Test
    void everyHandshakeHasItsOwnKeys() {
        Handshake.Initiator first = new Handshake.Initiator(ALICE, BOB.verificationKey(), COOKIE);
        Handshake.Initiator second = new Handshake.Initiator(ALICE, BOB.verificationKey(), COOKIE);
        Session one = first.finish(new Handshake.Responder(first.hello, BOB, ALICE.verificationKey()).response).session();
        Handshake.Responder bob = new Handshake.Responder(second.hello, BOB, ALICE.verificationKey());
        Session other = bob.complete(second.finish(bob.response).finish());
        assertThat(passes(one, other)).isFalse();
    }

    @Test
    void onlyThePinnedKeysCount() {
        Handshake.Initiator alice = new Handshake.Initiator(ALICE, BOB.verificationKey(), COOKIE);
        Handshake.Responder mallory = new Handshake.Responder(alice.hello, MALLORY, ALICE.verificationKey());
        assertThatThrownBy(() -> alice.finish(mallory.response)).isInstanceOf(PlanetaryException.class).hasMessageContaining(BOB.id().hex());

        Handshake.Initiator intruder = new Handshake.Initiator(MALLORY, BOB.verificationKey(), COOKIE);
        Handshake.Responder bob = new Handshake.Responder(intruder.hello, BOB, MALLORY.verificationKey());
        byte[] finish = intruder.finish(bob.response).finish();
        Handshake.Responder strict = new Handshake.Responder(intruder.hello, BOB, ALICE.verificationKey());
        assertThatThrownBy(() -> intruder.finish(strict.response)).as("the transcript names both").isInstanceOf(PlanetaryException.class);
        assertThatThrownBy(() -> strict.complete(finish)).isInstanceOf(PlanetaryException.class).hasMessageContaining(ALICE.id().hex());
    }

    @Test
    void aSignatureCountsForOneRoleAndOneExchange() {
        Handshake.Initiator alice = new Handshake.Initiator(ALICE, BOB.verificationKey(), COOKIE);
        Handshake.Responder bob = new Handshake.Responder(alice.hello, BOB, ALICE.verificationKey());
        byte[] finish = alice.finish(bob.response).finish();
        Handshake.Responder again = new Handshake.Responder(alice.hello, BOB, ALICE.verificationKey());
        assertThat(again.isFor(finish)).isFalse();
        assertThatThrownBy(() -> again.complete(finish)).isInstanceOf(PlanetaryException.class);
        assertThat(bob.complete(finish)).isNotNull();
    }

    @Property(tries = 150)
    void oneChangedBitAnywhereEndsIt(@ForAll int position, @ForAll boolean inHello) {
        Handshake.Initiator alice = new Handshake.Initiator(ALICE, BOB.verificationKey(), COOKIE);
        assertThatThrownBy(() -> {
                    byte[] hello = inHello ? flipped(alice.hello, position) : alice.hello;
                    byte[] response = new Handshake.Responder(hello, BOB, ALICE.verificationKey()).response;
                    byte[] changed = inHello ? response : flipped(response, position);
                    if (!alice.isFor(changed)) {
                        throw new PlanetaryException("ignored as another handshake's");
                    }
                    alice.finish(changed);
                })
                .isInstanceOf(PlanetaryException.class);
    }

    @Property(tries = 60)
    void truncatedAndExtendedMessagesAreRefused(@ForAll int cut) {
        Handshake.Initiator alice = new Handshake.Initiator(ALICE, BOB.verificationKey(), COOKIE);
        byte[] shorter = Arrays.copyOf(alice.hello, Math.floorMod(cut, alice.hello.length));
        assertThatThrownBy(() -> new Handshake.Responder(shorter, BOB, ALICE.verificationKey())).isInstanceOf(PlanetaryException.class);
        byte[] longer = Arrays.copyOf(alice.hello, alice.hello.length + 1 + Math.floorMod(cut, 100));
        assertThatThrownBy(() -> new Handshake.Responder(longer, BOB, ALICE.verificationKey())).isInstanceOf(PlanetaryException.class);
    }

    @Property
    void garbageEndsInOneClearError(@ForAll @Size(max = 3000) byte[] garbage, @ForAll boolean typed) {
        byte[] message = garbage.clone();
        if (typed && message.length > 0) {
            message[0] = Handshake.HELLO;
        }
        assertThatThrownBy(() -> new Handshake.Responder(message, BOB, ALICE.verificationKey())).isInstanceOf(PlanetaryException.class);
        Handshake.Initiator alice = new Handshake.Initiator(ALICE, BOB.verificationKey(), COOKIE);
        assertThatThrownBy(() -> alice.finish(message)).isInstanceOf(PlanetaryException.class);
    }

    private static byte[] flipped(byte[] message, int position) {
        int bit = Math.floorMod(position, message.length * 8);
        byte[] changed = message.clone();
        changed[bit / 8] ^= (byte) (1 << (bit % 8));
        return changed;
    }

    private static boolean passes(Session from, Session to) {
        ByteBuffer datagram = ByteBuffer.allocate(100);
        from.seal(ByteBuffer.wrap(new byte[] {1, 2, 3}), datagram);
        return to.open(datagram.flip(), ByteBuffer.allocate(100));
    }
}
