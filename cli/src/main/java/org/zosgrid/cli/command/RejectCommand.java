package org.zosgrid.cli.command;

import com.fasterxml.jackson.databind.JsonNode;
import org.zosgrid.cli.client.ControlPlane;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "reject",
        description = "Reject a submitted version; its author reads why.",
        footer = {"", "Example:", "  zos reject shop --reason \"port 22 must not be open\" --key carol.pem"})
public final class RejectCommand implements Runnable {
    @Parameters(paramLabel = "NAME", description = "The deployment.")
    String name = "";

    @Mixin
    VersionOption version = new VersionOption();

    @Option(names = "--reason", required = true, paramLabel = "TEXT", description = "Why; it goes into the ledger.")
    String reason = "";

    @Mixin
    Caller caller = new Caller();

    @Mixin
    Output output = new Output();

    @Override
    public void run() {
        ControlPlane controlPlane = caller.controlPlane();
        long wanted = version.of(name, controlPlane);
        JsonNode answer = controlPlane.reject(name, wanted, reason);
        output.print(answer, () -> "rejected " + name + " version " + wanted);
    }
}
