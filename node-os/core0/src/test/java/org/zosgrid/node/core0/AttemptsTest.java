package org.zosgrid.node.core0;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.api.Test;

class AttemptsTest {
    private static final Instant NOW = Instant.parse("2026-11-27T03:00:00Z");

    @Test
    void whatCannotStartHasFailedAfterAFewRounds() {
        Attempts attempts = new Attempts(NOW);
        for (int round = 1; round < Attempts.LEAST; round++) {
            assertThat(attempts.fail(NOW, false)).isFalse();
        }
        assertThat(attempts.fail(NOW, false)).isTrue();
    }

    @Test
    void whatIsStartingHasTimeHoweverFastRoundsFollowEachOther() {
        Attempts attempts = new Attempts(NOW);
        for (int round = 0; round < 10 * Attempts.LEAST; round++) {
            assertThat(attempts.fail(NOW.plus(Attempts.STARTING).minusMillis(1), true)).isFalse();
        }
        assertThat(attempts.fail(NOW.plus(Attempts.STARTING), true)).isTrue();
        assertThat(new Attempts(NOW).fail(NOW.plus(Attempts.STARTING), true)).as("seen once").isFalse();
    }

    @Test
    void whatEndsWhileItStartsHasFailed() {
        Attempts attempts = new Attempts(NOW);
        for (int round = 1; round < Attempts.LEAST; round++) {
            attempts.fail(NOW, true);
        }
        assertThat(attempts.fail(NOW, false)).isTrue();
    }
}
