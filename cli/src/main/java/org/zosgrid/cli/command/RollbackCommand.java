package org.zosgrid.cli.command;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.zosgrid.cli.CliException;
import org.zosgrid.cli.client.ControlPlane;
import org.zosgrid.cli.client.DeploymentVersion;
import org.zosgrid.contract.document.ChangeDocument;
import org.zosgrid.contract.document.Deployment;
import org.zosgrid.contract.envelope.Envelope;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "rollback",
        mixinStandardHelpOptions = true,
        description = {
            "Ask for an earlier version to run again. What it says is taken from the bytes that were approved then, and submitted as the next version.",
            "A rollback is a change: it needs the approvals that the policy in force asks for."
        },
        footer = {"", "Example:", "  zos rollback shop --to 3 --key alice.pem"})
public final class RollbackCommand implements Runnable {
    @Parameters(paramLabel = "NAME", description = "The deployment.")
    String name = "";

    @Option(names = "--to", required = true, paramLabel = "VERSION", description = "The version to go back to: a deployment that was approved and sealed.")
    long version;

    @Option(names = "--requester", paramLabel = "PERSON", defaultValue = "", description = "Your name in the trust root (default: whoever requested the newest version).")
    String requester = "";

    @Option(names = "--valid", paramLabel = "HOURS", defaultValue = "24", description = "How long it may take to be approved (default: ${DEFAULT-VALUE}).")
    int validHours;

    @Mixin
    Caller caller = new Caller();

    @Mixin
    DemandOptions demand = new DemandOptions();

    @Mixin
    Output output = new Output();

    @Override
    public void run() {
        if (validHours < 1) {
            throw new CliException("--valid: must be at least 1 hour (is: " + validHours + ")");
        }
        ControlPlane controlPlane = caller.controlPlane();
        JsonNode newest = controlPlane.newest(name);
        DeploymentVersion earlier = controlPlane.show(name, version);
        Envelope approved = earlier.envelope();
        if (!(ChangeDocument.parse(approved.payloadType(), approved.payload()) instanceof Deployment then)) {
            throw new CliException("--to: version " + version + " of " + name + " is no deployment but a " + earlier.json().path("kind").asText());
        }
        if (OrderArguments.UNSEALED.contains(earlier.state())) {
            throw new CliException("--to: version " + version + " of " + name + " was never sealed (it is " + earlier.state() + ")");
        }
        Instant now = Instant.now().truncatedTo(ChronoUnit.SECONDS);
        ChangeDocument again = demand.bind(controlPlane, new Deployment(name, OrderArguments.next(newest), requester.isEmpty() ? newest.path("requester").asText() : requester, then.environment(), now,
                now.plus(Duration.ofHours(validHours)), then.description(), then.network(), then.machines(), then.gateways(), then.approval(), then.workflow()));
        JsonNode accepted = controlPlane.submit(Envelope.sign(again.payloadType(), again.toJson(), caller.signingKey()));
        output.print(accepted, () -> "submitted version " + again.version() + " of " + name + ", which says what version " + version + " said; it waits for approvals");
    }
}
