package org.zosgrid.cli.command;

import org.zosgrid.cli.terminal.Json;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

@Command(
        name = "logs",
        mixinStandardHelpOptions = true,
        description = "Print what a machine of a deployment wrote to its standard output and error.",
        footer = {"", "Example:", "  zos logs shop web --key alice.pem"})
public final class LogsCommand implements Runnable {
    @Parameters(index = "0", paramLabel = "NAME", description = "The deployment.")
    String name = "";

    @Parameters(index = "1", paramLabel = "MACHINE", description = "One of its machines.")
    String machine = "";

    @Mixin
    Caller caller = new Caller();

    @Mixin
    Output output = new Output();

    @Override
    public void run() {
        String text = caller.controlPlane().logs(name, machine);
        output.print(Json.object().put("name", name).put("machine", machine).put("text", text), text::stripTrailing);
    }
}
