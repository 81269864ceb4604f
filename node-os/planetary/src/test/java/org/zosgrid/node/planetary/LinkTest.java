package org.zosgrid.node.planetary;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.zosgrid.contract.key.SigningKey;

class LinkTest {
    @Test
    void comesUpAndCarriesPacketsBothWays() {
        TwoLinks links = new TwoLinks();
        assertThat(links.first.status().up()).isFalse();
        links.pass(300);
        assertThat(links.up()).isTrue();
        assertThat(TwoLinks.passes(links.first, links.second)).isTrue();
        assertThat(TwoLinks.passes(links.second, links.first)).isTrue();
        LinkStatus status = links.first.status();
        assertThat(status.roundTrip()).isPresent();
        assertThat(status.since()).isPresent();
        assertThat(status.sentBytes()).isEqualTo(100);
        assertThat(status.dropped()).isZero();
        assertThat(links.signatures).as("one each").hasValue(2);
    }

    @Property(tries = 60)
    void comesUpOverABadWire(@ForAll @IntRange(max = 40) int lossPercent, @ForAll Random chance) {
        TwoLinks links = new TwoLinks();
        links.lossPercent = lossPercent;
        links.disorder = true;
        links.chance = chance;
        for (int seconds = 0; seconds < 300 && !links.up(); seconds++) {
            links.pass(1_000);
        }
        assertThat(links.up()).isTrue();
        links.lossPercent = 0;
        links.pass(25_000);
        assertThat(TwoLinks.passes(links.first, links.second)).isTrue();
        assertThat(TwoLinks.passes(links.second, links.first)).isTrue();
    }

    @Test
    void comesBackWithinASecondWhenEitherSideWasKilled() {
        TwoLinks links = new TwoLinks();
        links.pass(5_000);
        links.restartSecond();
        assertThat(TwoLinks.passes(links.first, links.second)).isFalse();
        links.pass(1_000);
        assertThat(TwoLinks.passes(links.first, links.second)).isTrue();
        assertThat(TwoLinks.passes(links.second, links.first)).isTrue();
        links.pass(5_000);
        links.restartFirst();
        links.pass(1_000);
        assertThat(TwoLinks.passes(links.first, links.second)).isTrue();
        assertThat(TwoLinks.passes(links.second, links.first)).isTrue();
    }

    @Test
    void goesDownWhenNothingIsHeardAndUpAgainAfterwards() {
        TwoLinks links = new TwoLinks();
        links.pass(1_000);
        links.lossPercent = 100;
        links.pass(Link.DEAD.toMillis() - 2_000);
        assertThat(links.up()).isTrue();
        links.pass(5_000);
        assertThat(links.first.status().up()).isFalse();
        assertThat(links.second.status().up()).isFalse();
        assertThat(links.first.status().since()).isEmpty();
        assertThat(TwoLinks.passes(links.first, links.second)).isFalse();
        links.lossPercent = 0;
        links.pass(1_000);
        assertThat(links.up()).isTrue();
    }

    @Test
    void changesKeysWithoutLosingAPacket() {
        TwoLinks links = new TwoLinks();
        links.pass(1_000);
        Optional<Instant> since = links.first.status().since();
        for (int step = 0; step < 3 * Link.REKEY.toSeconds(); step++) {
            links.pass(1_000);
            assertThat(TwoLinks.passes(links.first, links.second)).as("second %d", step).isTrue();
            assertThat(TwoLinks.passes(links.second, links.first)).as("second %d", step).isTrue();
        }
        assertThat(links.signatures.get()).as("two for each handshake").isBetween(6, 8);
        assertThat(links.first.status().since()).as("it was never down").isEqualTo(since);
        assertThat(links.recorded.stream().filter(sent -> sent.datagram()[0] == Datagram.PACKET && sent.toFirst()).map(sent -> List.of(
                sent.datagram()[1], sent.datagram()[2], sent.datagram()[3], sent.datagram()[4])).distinct().count()).isBetween(3L, 4L);
    }

    @Test
    void refusesAnotherKeyThanThePinnedOne() {
        TwoLinks links = new TwoLinks(TwoLinks.STRANGER.verificationKey(), TwoLinks.FIRST.verificationKey());
        links.pass(20_000);
        assertThat(links.first.status().up()).isFalse();
        assertThat(links.second.status().up()).isFalse();
        assertThat(TwoLinks.passes(links.second, links.first)).isFalse();

        TwoLinks other = new TwoLinks(TwoLinks.SECOND.verificationKey(), TwoLinks.STRANGER.verificationKey());
        other.pass(20_000);
        assertThat(other.first.status().up()).isFalse();
        assertThat(other.second.status().up()).isFalse();
        assertThat(links.first.status().problem().or(() -> other.first.status().problem())).hasValueSatisfying(
                problem -> assertThat(problem).contains("pinned"));
        assertThat(links.signatures.get() + other.signatures.get()).as("bounded work for a wrong key").isLessThan(20);
    }

    /** Who begins is decided by the keys, so with a wrong one both may think so, or neither. */
    @Test
    void saysWhatIsWrongWhoeverBegins() {
        for (int i = 0; i < 20; i++) {
            TwoLinks links = new TwoLinks(SigningKey.generate().verificationKey(), SigningKey.generate().verificationKey());
            links.pass(3_000);
            assertThat(links.up()).isFalse();
            assertThat(links.first.status().problem().or(() -> links.second.status().problem()).orElseThrow()).contains("pinned");
        }
    }

    @Test
    void aSpoofedSourceGetsNeitherMemoryNorSignature() {
        TwoLinks links = new TwoLinks();
        byte[] hello = new Handshake.Initiator(TwoLinks.FIRST, TwoLinks.SECOND.verificationKey(), new byte[Cookies.BYTES]).hello;
        for (int i = 0; i < 100; i++) {
            for (byte[] datagram : Fragments.cut(Handshake.random(Cookies.BYTES), i, hello)) {
                TwoLinks.receive(links.second, datagram);
            }
            TwoLinks.receive(links.first, Datagram.wake(Handshake.random(Cookies.BYTES)));
            TwoLinks.receive(links.first, Datagram.cookie(Handshake.random(Datagram.TOKEN_BYTES), Handshake.random(Cookies.BYTES)));
        }
        assertThat(links.signatures).hasValue(0);
        assertThat(links.recorded).as("nothing is said").isEmpty();
        assertThat(links.second.status().dropped()).isEqualTo(200);
        assertThat(links.first.status().dropped()).isEqualTo(200);
        links.pass(1_000);
        assertThat(links.up()).isTrue();
    }

    @Test
    void anAnswerToAKnockIsNoLongerThanTheKnock() {
        TwoLinks links = new TwoLinks();
        byte[] knock = Datagram.knock(Handshake.random(Datagram.TOKEN_BYTES));
        TwoLinks.receive(links.second, knock);
        assertThat(links.recorded).singleElement().satisfies(sent -> assertThat(sent.datagram()).hasSize(knock.length));
        TwoLinks.receive(links.second, Arrays.copyOf(knock, knock.length - 1));
        assertThat(links.recorded).as("a short knock is not answered").hasSize(1);
    }

    @Test
    void someoneOnThePathCannotMakeUsSignWithoutLimit() {
        TwoLinks links = new TwoLinks();
        TwoLinks.receive(links.second, Datagram.knock(new byte[Datagram.TOKEN_BYTES]));
        byte[] answer = links.recorded.getFirst().datagram();
        byte[] cookie = Arrays.copyOfRange(answer, 1 + Datagram.TOKEN_BYTES, answer.length);
        for (int i = 0; i < 50; i++) {
            byte[] hello = new Handshake.Initiator(TwoLinks.STRANGER, TwoLinks.SECOND.verificationKey(), new byte[Cookies.BYTES]).hello;
            Fragments.cut(cookie, i, hello).forEach(datagram -> TwoLinks.receive(links.second, datagram));
        }
        assertThat(links.signatures).hasValue(1);
    }

    @Test
    void aRecordedHandshakeIsWorthNothing() {
        TwoLinks links = new TwoLinks();
        links.pass(10_000);
        List<TwoLinks.Sent> recorded = List.copyOf(links.recorded);
        int signatures = links.signatures.get();
        long received = links.second.status().receivedBytes();
        recorded.forEach(sent -> TwoLinks.receive(sent.toFirst() ? links.first : links.second, sent.datagram()));
        links.pass(2_000);
        assertThat(TwoLinks.passes(links.first, links.second)).as("it does not disturb").isTrue();
        assertThat(TwoLinks.passes(links.second, links.first)).isTrue();
        assertThat(links.signatures.get() - signatures).as("one for the old hello, two for new keys after the old wake").isLessThanOrEqualTo(3);
        assertThat(links.second.status().receivedBytes()).isEqualTo(received);

        links.restartSecond();
        recorded.stream().filter(sent -> !sent.toFirst()).forEach(sent -> TwoLinks.receive(links.second, sent.datagram()));
        assertThat(links.second.status().up()).isFalse();
    }

    @Property(tries = 200)
    void garbageOfAllKindsIsCountedAndForgotten(@ForAll("garbage") List<byte[]> garbage, @ForAll @IntRange(max = 6) int type) {
        TwoLinks links = new TwoLinks();
        links.pass(200);
        for (byte[] datagram : garbage) {
            datagram[0] = (byte) type;
            assertThat(TwoLinks.receive(links.first, datagram)).isEmpty();
            assertThat(TwoLinks.receive(links.second, datagram)).isEmpty();
        }
        links.pass(300);
        assertThat(TwoLinks.passes(links.first, links.second)).isTrue();
        assertThat(TwoLinks.passes(links.second, links.first)).isTrue();
    }

    @Provide
    Arbitrary<List<byte[]>> garbage() {
        return Arbitraries.bytes().array(byte[].class).ofMinSize(1).ofMaxSize(1500).list().ofMaxSize(20);
    }
}
