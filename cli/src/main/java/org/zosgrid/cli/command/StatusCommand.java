package org.zosgrid.cli.command;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.Optional;
import org.zosgrid.cli.client.ControlPlane;
import org.zosgrid.cli.client.DeploymentVersion;
import org.zosgrid.cli.client.Watch;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "status",
        description = "Show where a deployment is: its step in the workflow, who signed, whose seat is open, each workload, what happened.",
        footer = {
            "",
            "Examples:",
            "  zos status shop --key alice.pem",
            "  zos status shop --watch --key alice.pem             follow it until it runs or has failed",
            "  zos status shop --version 2 --json --key alice.pem"
        })
public final class StatusCommand implements Runnable {
    private static final Duration LONGEST_WATCH = Duration.ofDays(7);

    @Parameters(paramLabel = "NAME", description = "The deployment.")
    String name = "";

    @Mixin
    VersionOption version = new VersionOption();

    @Option(names = "--watch", description = "Print every change until nothing more happens, then the whole status.")
    boolean watch;

    @Mixin
    Caller caller = new Caller();

    @Mixin
    Output output = new Output();

    @Override
    public void run() {
        ControlPlane controlPlane = caller.controlPlane();
        long wanted = version.of(name, controlPlane);
        DeploymentVersion shown = watch
                ? new Watch(controlPlane, name, wanted).until(DeploymentVersion::ended, LONGEST_WATCH, each -> System.err.println(StatusText.oneLine(each)))
                : controlPlane.show(name, wanted);
        output.print(shown.json(), () -> StatusText.of(shown, controlPlane.incidents().path("incidents"), emergency(controlPlane, shown)));
    }

    /** What is owed of a version that was sealed as an emergency. */
    private static Optional<JsonNode> emergency(ControlPlane controlPlane, DeploymentVersion shown) {
        return controlPlane.emergencies().stream().filter(each -> each.path("name").asText().equals(shown.name()) && each.path("version").asLong() == shown.version()).findFirst();
    }
}
