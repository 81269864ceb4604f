package org.zosgrid.cli.command;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
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

    @Mixin
    Caller caller = new Caller();

    @Mixin
    ChangeOptions change = new ChangeOptions();

    @Mixin
    Output output = new Output();

    @Override
    public void run() {
        ChangeOptions.Submitted submitted = change.submit(caller, this::again);
        output.print(submitted.answer(), () -> "submitted version " + submitted.document().version() + " of " + name + ", which says what version " + version + " said; it waits for approvals");
    }

    private Deployment again(ControlPlane controlPlane, Instant created, Instant expires) {
        JsonNode newest = controlPlane.newest(name);
        DeploymentVersion earlier = controlPlane.show(name, version);
        Envelope approved = earlier.envelope();
        if (!(ChangeDocument.parse(approved.payloadType(), approved.payload()) instanceof Deployment then)) {
            throw new CliException("--to: version " + version + " of " + name + " is no deployment but a " + earlier.json().path("kind").asText());
        }
        if (OrderArguments.UNSEALED.contains(earlier.state())) {
            throw new CliException("--to: version " + version + " of " + name + " was never sealed (it is " + earlier.state() + ")");
        }
        return new Deployment(name, OrderArguments.next(newest), requester.isEmpty() ? newest.path("requester").asText() : requester, then.environment(), created, expires, then.description(), then.network(),
                then.machines(), then.gateways(), then.approval(), then.workflow()).withDataClass(then.dataClass());
    }
}
