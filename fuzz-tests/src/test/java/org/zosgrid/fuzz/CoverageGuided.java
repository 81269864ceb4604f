package org.zosgrid.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * Makes sure that a target was not thrown at blindly: libFuzzer keeps each input that reached code, or a number of rounds, that none before it reached. Without instrumentation it would
 * keep no more than it was given (five at most), and everything would look well. How many it keeps depends on how many rounds there are in the time: a loaded machine has few.
 */
final class CoverageGuided implements AfterAllCallback {
    private static final int LEAST = 8;

    @Override
    public void afterAll(ExtensionContext context) throws IOException {
        if ("1".equals(System.getenv("JAZZER_FUZZ"))) {
            try (Stream<Path> kept = Files.walk(Path.of(".cifuzz-corpus", context.getRequiredTestClass().getName()))) {
                assertThat(kept.filter(Files::isRegularFile).count()).as("inputs that reached something new").isGreaterThan(LEAST);
            }
        }
    }
}
