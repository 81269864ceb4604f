package org.zosgrid.workloads.health;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Figures as a collector reads them. */
class ExpositionTest {
    @Test
    void aGaugeHasItsHelpItsTypeAndAValueForEachLabel() {
        assertThat(new Exposition().gauge("zos_a", "How many", 7).gauge("zos_b", "Each", "state", Map.of("running", 2L, "a\"b\\c\nd", 1L)).toString()).isEqualTo("""
                # HELP zos_a How many
                # TYPE zos_a gauge
                zos_a 7
                # HELP zos_b Each
                # TYPE zos_b gauge
                zos_b{state="a\\"b\\\\c\\nd"} 1
                zos_b{state="running"} 2
                """);
    }

    @Test
    void bucketsOfAHistogramCountWhatIsNotLonger() {
        Histogram histogram = new Histogram(new long[] {1, 5});
        histogram.add(Duration.ofMillis(500));
        histogram.add(Duration.ofSeconds(1));
        histogram.add(Duration.ofSeconds(2));
        histogram.add(Duration.ofSeconds(9));
        Exposition text = new Exposition();
        text.histogram("zos_d", "How long", "step", Map.of("seal", histogram));
        assertThat(text.toString()).isEqualTo("""
                # HELP zos_d How long
                # TYPE zos_d histogram
                zos_d_bucket{step="seal",le="1"} 2
                zos_d_bucket{step="seal",le="5"} 3
                zos_d_bucket{step="seal",le="+Inf"} 4
                zos_d_sum{step="seal"} 12.5
                zos_d_count{step="seal"} 4
                """);
    }
}
