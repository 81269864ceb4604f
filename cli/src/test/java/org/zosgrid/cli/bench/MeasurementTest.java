package org.zosgrid.cli.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.zosgrid.cli.terminal.Json;

class MeasurementTest {
    @Test
    void theMedianOfOddAndEvenRuns() {
        assertThat(new Measurement("x", List.of(3.0, 1.0, 2.0), 4, "goal").median()).isEqualTo(2.0);
        assertThat(new Measurement("x", List.of(3.0, 1.0, 2.0, 8.0), 4, "goal").median()).isEqualTo(2.5);
    }

    @Test
    void theJsonOfEveryBenchmark() {
        Measurement measured = new Measurement("main", List.of(1.6, 0.8, 1.0004), 2.0, "goal");
        assertThat(measured.least()).isEqualTo(0.8);
        assertThat(measured.most()).isEqualTo(1.6);
        assertThat(measured.toJson()).isEqualTo(Json.parse("{\"name\":\"main\",\"unit\":\"s\",\"ours\":1.0,\"peer\":2.0,\"peer_name\":\"goal\",\"ratio\":1.999}".getBytes(), "the test"));
    }
}
