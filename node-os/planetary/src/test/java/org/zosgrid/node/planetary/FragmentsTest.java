package org.zosgrid.node.planetary;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.Size;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class FragmentsTest {
    private static final byte[] COOKIE = new byte[Cookies.BYTES];
    private static final int MAX = Fragments.MAX_PIECES * Fragments.PIECE;

    @Property(tries = 300)
    void putsMessagesTogetherInAnyOrderWithCopies(
            @ForAll @Size(min = 1, max = Fragments.MAX_WAITING) List<@IntRange(max = MAX) Integer> lengths, @ForAll Random random) {
        List<byte[]> datagrams = new ArrayList<>();
        List<byte[]> messages = new ArrayList<>();
        for (int i = 0; i < lengths.size(); i++) {
            byte[] message = new byte[lengths.get(i)];
            random.nextBytes(message);
            messages.add(message);
            datagrams.addAll(Fragments.cut(COOKIE, i, message));
        }
        assertThat(datagrams).allSatisfy(datagram -> assertThat(datagram.length).isLessThanOrEqualTo(1200));
        Collections.shuffle(datagrams, random);
        Fragments fragments = new Fragments();
        List<byte[]> whole = new ArrayList<>();
        for (byte[] datagram : datagrams) {
            Optional<byte[]> first = fragments.take(ByteBuffer.wrap(datagram), 0);
            first.ifPresent(whole::add);
            if (first.isEmpty()) {
                assertThat(fragments.take(ByteBuffer.wrap(datagram), 0)).as("a copy of a piece").isEmpty();
            }
        }
        assertThat(whole).containsExactlyInAnyOrderElementsOf(messages);
        assertThat(fragments.waiting()).isZero();
    }

    @Property
    void survivesAnything(@ForAll("garbage") List<byte[]> datagrams) {
        Fragments fragments = new Fragments();
        for (byte[] datagram : datagrams) {
            if (Fragments.cookieOf(ByteBuffer.wrap(datagram)).isPresent()) {
                fragments.take(ByteBuffer.wrap(datagram), 0).ifPresent(message -> assertThat(message.length).isLessThanOrEqualTo(MAX));
                assertThat(fragments.waiting()).isLessThanOrEqualTo(Fragments.MAX_WAITING);
            }
        }
    }

    @Test
    void refusesToCutWhatIsTooLong() {
        assertThat(Fragments.cut(COOKIE, 1, new byte[MAX])).hasSize(Fragments.MAX_PIECES);
        assertThatThrownBy(() -> Fragments.cut(COOKIE, 1, new byte[MAX + 1])).isInstanceOf(PlanetaryException.class).hasMessageContaining("" + (MAX + 1));
    }

    @Test
    void ignoresPiecesOfTheWrongSize() {
        assertThat(Fragments.cookieOf(ByteBuffer.allocate(Fragments.HEADER - 1))).isEmpty();
        assertThat(Fragments.cookieOf(ByteBuffer.allocate(Fragments.HEADER + Fragments.PIECE + 1))).isEmpty();
        Fragments fragments = new Fragments();
        assertThat(fragments.take(piece(1, 0, 2, 10), 0)).as("a short piece that is not the last").isEmpty();
        assertThat(fragments.take(piece(1, 0, 0, 10), 0)).as("of none").isEmpty();
        assertThat(fragments.take(piece(1, 2, 2, 10), 0)).as("behind the last").isEmpty();
        assertThat(fragments.take(piece(1, 0, 255, Fragments.PIECE), 0)).as("of too many").isEmpty();
        assertThat(fragments.waiting()).isZero();
    }

    @Test
    void forgetsWhatIsNeverCompleted() {
        Fragments fragments = new Fragments();
        for (int number = 0; number < 1000; number++) {
            fragments.take(piece(number, 0, 2, Fragments.PIECE), 0);
            assertThat(fragments.waiting()).isLessThanOrEqualTo(Fragments.MAX_WAITING);
        }
        fragments.take(piece(5000, 0, 2, Fragments.PIECE), 6_000_000_000L);
        assertThat(fragments.waiting()).isEqualTo(1);
    }

    private static ByteBuffer piece(int number, int index, int count, int length) {
        return ByteBuffer.allocate(Fragments.HEADER + length)
                .put(Datagram.FRAGMENT).put(COOKIE).putInt(number).put((byte) index).put((byte) count).rewind();
    }

    @Provide
    Arbitrary<List<byte[]>> garbage() {
        return Arbitraries.bytes().array(byte[].class).ofMinSize(1).ofMaxSize(1300).list().ofMaxSize(20);
    }
}
