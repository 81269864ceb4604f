package org.zosgrid.cli.command;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.zosgrid.cli.CliException;
import org.zosgrid.cli.client.ControlPlane;
import org.zosgrid.contract.document.Decommission;
import org.zosgrid.contract.envelope.Envelope;
import org.zosgrid.contract.envelope.PayloadType;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "decommission",
        mixinStandardHelpOptions = true,
        description = {"Ask for a deployment's removal. A removal is a change: it gets the next version and needs approvals like any other."},
        footer = {"", "Example:", "  zos decommission shop --reason \"moved to the new shop\" --key alice.pem"})
public final class DecommissionCommand implements Runnable {
    @Parameters(paramLabel = "NAME", description = "The deployment.")
    String name = "";

    @Option(names = "--reason", required = true, paramLabel = "TEXT", description = "Why; it is signed and goes into the ledger.")
    String reason = "";

    @Option(names = "--requester", paramLabel = "PERSON", defaultValue = "", description = "Your name in the trust root (default: whoever requested the newest version).")
    String requester = "";

    @Option(names = "--valid", paramLabel = "HOURS", defaultValue = "24", description = "How long it may take to be approved (default: ${DEFAULT-VALUE}).")
    int validHours;

    @Mixin
    Caller caller = new Caller();

    @Mixin
    Output output = new Output();

    @Override
    public void run() {
        if (validHours < 1) {
            throw new CliException("--valid: must be at least 1 hour (is: " + validHours + ")");
        }
        ControlPlane controlPlane = caller.controlPlane();
        Instant now = Instant.now().truncatedTo(ChronoUnit.SECONDS);
        JsonNode newest = controlPlane.newest(name);
        Decommission document = new Decommission(name, newest.path("version").asLong() + 1,
                requester.isEmpty() ? newest.path("requester").asText() : requester,
                now, now.plus(Duration.ofHours(validHours)), reason);
        JsonNode accepted = controlPlane.submit(Envelope.sign(PayloadType.DECOMMISSION, document.toJson(), caller.signingKey()));
        output.print(accepted, () -> "submitted the removal of " + name + " as version " + document.version() + "; it waits for approvals");
    }
}
