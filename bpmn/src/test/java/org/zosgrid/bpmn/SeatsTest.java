package org.zosgrid.bpmn;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class SeatsTest {
    private static Seats seats(int quorum, String... people) {
        return new Seats(List.of(people), quorum, Instant.EPOCH, Instant.EPOCH);
    }

    @Test
    void nobodyHasTwoSeats() {
        assertThatThrownBy(() -> seats(1, "bob", "carol", "bob")).hasMessage("people: must have one seat each (is: bob, carol, bob)");
    }

    @Test
    void theQuorumCanBeReached() {
        seats(2, "bob", "carol");
        assertThatThrownBy(() -> seats(3, "bob", "carol")).hasMessage("quorum: must lie between 1 and 2 (is: 3)");
        assertThatThrownBy(() -> seats(0, "bob", "carol")).hasMessageContaining("(is: 0)");
    }
}
