package org.zosgrid.cli.command;

import java.nio.file.Path;
import org.zosgrid.cli.terminal.Json;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
        name = "backup",
        mixinStandardHelpOptions = true,
        description = {
            "Back up a control plane while it works: its database, with every entry of the ledger, and the versions of the trust root that it followed.",
            "Keys and certificates are not in it. A database of your own (zos.database.url) is backed up by its own means; docs/operations.md."
        },
        footer = {"", "Examples:", "  ./zos backup --to backup-2026-11-26.zip", "  ./zos backup --config /etc/zos/control-plane.properties --to /mnt/backups/zos.zip --json"})
public final class BackupCommand implements Runnable {
    @Option(names = "--to", required = true, paramLabel = "FILE", description = "Must not exist; appears when it is whole, and only its owner can read it.")
    Path file = Path.of("");

    @Mixin
    ControlPlaneOption controlPlane = new ControlPlaneOption();

    @Mixin
    Output output = new Output();

    @Override
    public void run() {
        Path to = file.toAbsolutePath();
        controlPlane.task().run("--backup", to, System.err::println);
        output.print(Json.object().put("file", to.toString()).put("bytes", to.toFile().length()), () -> to + ": " + to.toFile().length() + " bytes");
    }
}
