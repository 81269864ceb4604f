package org.zosgrid.cli.command;

import java.nio.file.Path;
import org.zosgrid.cli.terminal.Json;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
        name = "restore",
        mixinStandardHelpOptions = true,
        description = {
            "Put a backup of a control plane where nothing is yet: into the folder zos.state of a configuration. Every file is compared with its hash first.",
            "The next start brings it up and makes the ledger's tiles again. What was decided after the backup is not in it; docs/operations.md says what that means for the nodes."
        },
        footer = {"", "Examples:", "  ./zos restore --from backup-2026-11-26.zip", "  ./zos restore --from /mnt/backups/zos.zip --config /etc/zos/control-plane.properties"})
public final class RestoreCommand implements Runnable {
    @Option(names = "--from", required = true, paramLabel = "FILE", description = "What 'zos backup' wrote.")
    Path file = Path.of("");

    @Mixin
    ControlPlaneOption controlPlane = new ControlPlaneOption();

    @Mixin
    Output output = new Output();

    @Override
    public void run() {
        Path from = file.toAbsolutePath();
        controlPlane.task().run("--restore", from, System.err::println);
        output.print(Json.object().put("restored", from.toString()), () -> "Restored from " + from + ".");
    }
}
