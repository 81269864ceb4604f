package org.zosgrid.node.planetary;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;
import org.junit.jupiter.api.Test;

class ReplayWindowTest {
    @Property
    void agreesWithASetOfAllThatWasSeen(@ForAll("steps") List<Long> steps) {
        ReplayWindow window = new ReplayWindow();
        Set<Long> seen = new HashSet<>();
        long highest = -1;
        for (long step : steps) {
            long counter = Math.max(0, highest + step);
            boolean fresh = counter > highest - ReplayWindow.SIZE && !seen.contains(counter);
            assertThat(window.expects(counter)).as("expects %d", counter).isEqualTo(fresh);
            assertThat(window.accept(counter)).as("accepts %d", counter).isEqualTo(fresh);
            seen.add(counter);
            highest = Math.max(highest, counter);
        }
    }

    /** Distances from the highest counter so far: mostly near, sometimes around the window's edges, sometimes far. */
    @Provide
    Arbitrary<List<Long>> steps() {
        return Arbitraries.frequencyOf(
                        Tuple.of(6, Arbitraries.longs().between(-8, 8)),
                        Tuple.of(2, Arbitraries.longs().between(-ReplayWindow.SIZE - 70, -ReplayWindow.SIZE + 70)),
                        Tuple.of(1, Arbitraries.longs().between(-3000, 3000)),
                        Tuple.of(1, Arbitraries.longs().between(1, 1L << 40)))
                .list().ofMaxSize(400);
    }

    @Test
    void refusesWhatNoCounterCanBe() {
        ReplayWindow window = new ReplayWindow();
        assertThat(window.accept(-1)).isFalse();
        assertThat(window.accept(Long.MIN_VALUE)).isFalse();
        assertThat(window.accept(Long.MAX_VALUE)).isTrue();
        assertThat(window.accept(Long.MAX_VALUE)).isFalse();
        assertThat(window.accept(0)).isFalse();
        assertThat(window.accept(Long.MAX_VALUE - 1)).isTrue();
    }
}
