package org.zosgrid.cli.command;

import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.zosgrid.cli.CliException;
import org.zosgrid.cli.stage.ControlPlaneTask;
import org.zosgrid.cli.stage.Installation;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Which control plane, by its configuration: a stage's unless a file is named. */
final class ControlPlaneOption {
    @Mixin
    StageOption stage = new StageOption();

    @Option(names = "--config", paramLabel = "FILE", description = "The control plane's properties (default: the stage's).")
    @Nullable Path configuration;

    ControlPlaneTask task() {
        Path file = configuration != null ? configuration : stage.stage().controlPlaneConfiguration();
        if (!Files.isReadable(file)) {
            throw new CliException("--config: " + file + " cannot be read" + (configuration == null ? "; the stage was never up" : ""));
        }
        return new ControlPlaneTask(Installation.here(), file);
    }
}
