package org.zosgrid.cli.command;

import com.fasterxml.jackson.databind.JsonNode;
import org.zosgrid.cli.client.ControlPlane;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "withdraw",
        description = "Take a version back that you submitted and that is not approved yet; its number is free again.",
        footer = {"", "Example:", "  zos withdraw shop --reason \"the port is wrong\" --key alice.pem"})
public final class WithdrawCommand implements Runnable {
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
        JsonNode answer = controlPlane.withdraw(name, wanted, reason);
        output.print(answer, () -> "took back " + name + " version " + wanted);
    }
}
