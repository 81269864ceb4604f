package org.zosgrid.cli.command;

import java.nio.file.Path;
import org.zosgrid.cli.stage.Installation;
import org.zosgrid.cli.stage.Stage;
import picocli.CommandLine.Option;

/** Which stage: several can stand beside each other, each with its own directory, namespaces and management network. */
public final class StageOption {
    @Option(names = "--stage", paramLabel = "N", defaultValue = "0", description = "The stage's number, 0 to 254; 100 and above are the tests' own (default: ${DEFAULT-VALUE}).")
    int number;

    /** Where a stage that is up is looked at, with which keys, and how it is stopped; begins a line of its own. */
    String whereToLook(Stage up) {
        return "\nConsole and REST: " + up.controlPlaneAddress() + "\nKeys to open it with: " + up.cast().keyFile("alice") + " and others beside it"
                + "\n'./zos down" + (number == 0 ? "" : " --stage " + number) + "' stops it.";
    }

    public Stage stage() {
        if (number < 0 || number > 254) {
            throw new org.zosgrid.cli.CliException("--stage must lie between 0 and 254 (is: " + number + ")");
        }
        return new Stage(Path.of(System.getProperty("zos.home", ".zos"), "stage-" + number), Installation.here(), number);
    }
}
