package org.zosgrid.node.zdb;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** With a clock of the test's own. */
class RateLimitTest {
    private static final long SECOND = 1_000_000_000;

    @Test
    void aSecondsWorthMayComeAtOnceAndThenAtTheRate() {
        RateLimit limit = new RateLimit(0);
        int passed = 0;
        for (int i = 0; i < 100; i++) {
            passed += limit.admits(0, 1, 10) ? 1 : 0;
        }
        assertThat(passed).isEqualTo(10);
        assertThat(limit.admits(SECOND / 10, 1, 10)).isTrue();
        assertThat(limit.admits(SECOND / 10, 1, 10)).isFalse();
    }

    @Test
    void whoWasQuietForLongMayCatchUpOneSecond() {
        RateLimit limit = new RateLimit(0);
        assertThat(limit.admits(100 * SECOND, 10, 10)).isTrue();
        assertThat(limit.admits(100 * SECOND, 1, 10)).isFalse();
    }

    @Test
    void moreThanMayComeAtOnceIsRefusedAndTakesNothing() {
        RateLimit limit = new RateLimit(0);
        assertThat(limit.admits(0, 11, 10)).isFalse();
        assertThat(limit.admits(0, 10, 10)).isTrue();
    }
}
