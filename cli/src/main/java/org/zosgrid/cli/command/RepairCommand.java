package org.zosgrid.cli.command;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Optional;
import org.zosgrid.cli.client.ControlPlane;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "repair",
        mixinStandardHelpOptions = true,
        description = {
            "Have what drifted made anew by the sealed contract that its nodes accepted before. No approval is needed: it is what was approved.",
            "What a machine had written is lost where its files are gone. 'zos status' shows what drifted; 'zos rollback' and 'zos decommission' are the other ways out."
        },
        footer = {"", "Examples:", "  zos repair shop --key alice.pem", "  zos repair shop --node compute-1 --key alice.pem"})
public final class RepairCommand implements Runnable {
    @Parameters(paramLabel = "NAME", description = "The deployment.")
    String name = "";

    @Mixin
    VersionOption version = new VersionOption();

    @Option(names = "--node", paramLabel = "NODE", defaultValue = "", description = "Only on this node (default: wherever it drifted).")
    String node = "";

    @Mixin
    Caller caller = new Caller();

    @Mixin
    Output output = new Output();

    @Override
    public void run() {
        ControlPlane controlPlane = caller.controlPlane();
        long wanted = version.of(name, controlPlane);
        JsonNode answer = controlPlane.repair(name, wanted, Optional.of(node).filter(each -> !each.isEmpty()));
        output.print(answer, () -> name + " version " + wanted + " is sent again to the node on which it drifted; 'zos status " + name + "' shows when it runs");
    }
}
