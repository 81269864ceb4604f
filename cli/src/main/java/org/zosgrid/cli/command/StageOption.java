package org.zosgrid.cli.command;

import java.nio.file.Path;
import org.zosgrid.cli.CliException;
import org.zosgrid.cli.stage.Installation;
import org.zosgrid.cli.stage.Stage;
import org.zosgrid.cli.terminal.Steps;
import picocli.CommandLine.Option;

/** Which stage: several can stand beside each other, each with its own directory, namespaces and management network. */
public final class StageOption {
    @Option(names = "--stage", paramLabel = "N", defaultValue = "0", description = "The stage's number, 0 to 254; 100 and above are the tests' own (default: ${DEFAULT-VALUE}).")
    int number;

    /** Where a stage that is up is looked at, with which keys, and how it is stopped; begins a line of its own. */
    String whereToLook(Stage up) {
        return "\nConsole and REST: " + up.controlPlaneAddress() + "\nKeys to open it with: " + up.cast().keyFile("alice") + " and others beside it"
                + "\n'" + down() + "' stops it.";
    }

    /** Starts a stage for people to use, and says how to go on where that was given up. */
    void up(Stage stage, Steps steps) throws Exception {
        if (stage.isUp()) {
            throw new CliException("it is up already; '" + down() + "' stops it");
        }
        try {
            stage.upForCommands(steps);
        } catch (CliException gaveUp) {
            throw stage.isUp() ? new CliException(gaveUp.getMessage() + "\nWhat was started goes on, and a control plane that was only slow answers yet: see 'zos list'. '" + down() + "' stops it all.", gaveUp) : gaveUp;
        }
    }

    private String down() {
        return "./zos down" + (number == 0 ? "" : " --stage " + number);
    }

    public Stage stage() {
        if (number < 0 || number > 254) {
            throw new CliException("--stage must lie between 0 and 254 (is: " + number + ")");
        }
        return new Stage(Path.of(System.getProperty("zos.home", ".zos"), "stage-" + number), Installation.here(), number);
    }
}
