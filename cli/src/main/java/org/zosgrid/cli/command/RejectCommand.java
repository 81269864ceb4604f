package org.zosgrid.cli.command;

import com.fasterxml.jackson.databind.JsonNode;
import org.jspecify.annotations.Nullable;
import org.zosgrid.cli.client.ControlPlane;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "reject",
        mixinStandardHelpOptions = true,
        description = "Reject a submitted version; its author reads why.",
        footer = {"", "Example:", "  zos reject shop --reason \"port 22 must not be open\" --key carol.pem"})
public final class RejectCommand implements Runnable {
    @Parameters(paramLabel = "NAME")
    String name = "";

    @Option(names = "--version", paramLabel = "N", description = "Which version (default: the newest).")
    @Nullable Long version;

    @Option(names = "--reason", required = true, paramLabel = "TEXT", description = "Why; it goes into the ledger.")
    String reason = "";

    @Mixin
    Caller caller = new Caller();

    @Mixin
    Output output = new Output();

    @Override
    public void run() {
        ControlPlane controlPlane = caller.controlPlane();
        long wanted = version == null ? controlPlane.show(name).path("version").asLong() : version;
        JsonNode answer = controlPlane.reject(name, wanted, reason);
        output.print(answer, () -> "rejected " + name + " version " + wanted);
    }
}
