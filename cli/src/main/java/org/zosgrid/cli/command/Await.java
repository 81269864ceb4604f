package org.zosgrid.cli.command;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import org.zosgrid.cli.CliException;
import org.zosgrid.cli.client.ControlPlane;

/** Waits for a submission to come to an end, good or bad. */
final class Await {
    static final Set<String> ENDS = Set.of("running", "failed", "rejected", "expired", "invalid", "withdrawn", "removed", "compensated");
    private static final Duration PAUSE = Duration.ofMillis(250);

    private Await() {}

    static JsonNode end(ControlPlane controlPlane, String name, long version, Duration limit) {
        Instant until = Instant.now().plus(limit);
        while (true) {
            JsonNode shown = controlPlane.show(name, version);
            if (ENDS.contains(shown.path("state").asText())) {
                return shown;
            }
            if (Instant.now().isAfter(until)) {
                throw new CliException(name + " version " + version + " is still '" + shown.path("state").asText() + "' after " + limit.toSeconds()
                        + " s; it goes on, 'zos status " + name + "' shows where it is");
            }
            try {
                Thread.sleep(PAUSE);
            } catch (InterruptedException interrupted) {
                Thread.currentThread().interrupt();
                throw new CliException("interrupted");
            }
        }
    }
}
