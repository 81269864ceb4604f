package org.zosgrid.cli.command;

import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import org.zosgrid.cli.CliException;
import org.zosgrid.contract.document.Deployment;
import org.zosgrid.contract.document.Emergency;
import picocli.CommandLine.Option;

/** Makes a deployment an emergency change, where its document does not say so itself. */
final class EmergencyOption {
    @Option(names = "--emergency", paramLabel = "REASON", defaultValue = "", description = {"Make it an emergency change: it needs the approvals of the trust root's rule for emergencies alone, every node ends it by itself, and people review it afterwards.",
        "The reason is signed. The field 'emergency' of the document says the same."})
    String reason = "";

    @Option(names = "--until", paramLabel = "DURATION", defaultValue = "", description = "How long the emergency lasts from now, in ISO 8601 (default: PT4H); the trust root says how long is allowed.")
    String until = "";

    Deployment of(Deployment written) {
        if (reason.isEmpty()) {
            if (!until.isEmpty()) {
                throw new CliException("--until: is for emergency changes; give --emergency with the reason too");
            }
            return written;
        }
        if (written.emergency().isPresent()) {
            throw new CliException("--emergency: the document has a field 'emergency' already");
        }
        return written.withEmergency(Optional.of(new Emergency(reason, Instant.now().truncatedTo(ChronoUnit.SECONDS).plus(duration()))));
    }

    private Duration duration() {
        try {
            Duration duration = Duration.parse(until.isEmpty() ? "PT4H" : until);
            if (duration.isPositive()) {
                return duration;
            }
        } catch (DateTimeParseException wrong) {
            // said below
        }
        throw new CliException("--until: must be a duration in ISO 8601 such as PT4H or PT30M (is: " + until + ")");
    }
}
