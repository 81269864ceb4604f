package org.zosgrid.node.core0;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.api.Test;

class RepairsTest {
    private static final Instant NOON = Instant.parse("2026-11-26T12:00:00Z");

    private final Repairs repairs = new Repairs();

    @Test
    void theFirstRepairIsDoneAtOnceAndEachFurtherOneLater() {
        assertThat(repairs.due(NOON)).isTrue();
        repairs.begin(NOON);
        assertThat(repairs.due(NOON)).isTrue();
        repairs.begin(NOON);
        assertThat(repairs.due(NOON.plusMillis(999))).isFalse();
        assertThat(repairs.due(NOON.plusSeconds(1))).isTrue();
        repairs.begin(NOON.plusSeconds(1));
        assertThat(repairs.due(NOON.plusMillis(2_999))).isFalse();
        assertThat(repairs.due(NOON.plusSeconds(3))).isTrue();
    }

    @Test
    void thePauseNeverExceedsFiveMinutes() {
        Instant now = NOON;
        for (int i = 0; i < 100; i++) {
            repairs.begin(now);
            now = now.plusSeconds(300);
            assertThat(repairs.due(now)).isTrue();
        }
        assertThat(repairs.due(now.minusSeconds(1))).isFalse();
    }

    @Test
    void theSixthInARowIsForPeopleAndAQuietMinuteForgetsThem() {
        for (int i = 0; i < 5; i++) {
            repairs.begin(NOON);
        }
        assertThat(repairs.tooMany()).isFalse();
        repairs.begin(NOON);
        assertThat(repairs.tooMany()).isTrue();
        assertThat(repairs.well(NOON.plusSeconds(59))).isFalse();
        assertThat(repairs.tooMany()).isTrue();
        assertThat(repairs.well(NOON.plusSeconds(60))).isTrue();
        assertThat(repairs.tooMany()).isFalse();
    }

    @Test
    void receiptsOfRepairsComeOncePerMinuteAndTellOfAllBetween() {
        assertThat(repairs.tell(NOON)).isZero();
        repairs.begin(NOON);
        assertThat(repairs.tell(NOON)).isEqualTo(1);
        repairs.begin(NOON.plusSeconds(10));
        repairs.begin(NOON.plusSeconds(20));
        assertThat(repairs.tell(NOON.plusSeconds(59))).isZero();
        assertThat(repairs.tell(NOON.plusSeconds(60))).isEqualTo(2);
        assertThat(repairs.tell(NOON.plusSeconds(600))).isZero();
    }

    @Test
    void aSilenceIsTooLongAfterHalfAMinuteAndEndsWithAnAnswer() {
        assertThat(repairs.silentTooLong(NOON)).isFalse();
        assertThat(repairs.silentTooLong(NOON.plusSeconds(29))).isFalse();
        assertThat(repairs.well(NOON.plusSeconds(29))).isTrue();
        assertThat(repairs.silentTooLong(NOON.plusSeconds(31))).isFalse();
        assertThat(repairs.silentTooLong(NOON.plusSeconds(61))).isTrue();
    }
}
