package org.zosgrid.cli.command;

import org.jspecify.annotations.Nullable;
import org.zosgrid.cli.client.ControlPlane;
import picocli.CommandLine.Option;

/** Which version of a deployment is meant. */
final class VersionOption {
    // Not --version alone: picocli's standard options claim that one, so these commands bring their own --help.
    @Option(names = "--version", paramLabel = "N", description = "Which version (default: the newest).")
    @Nullable Long version;

    @Option(names = {"-h", "--help"}, usageHelp = true, description = "Show this help message and exit.")
    boolean help;

    long of(String name, ControlPlane controlPlane) {
        return version == null ? controlPlane.newestVersion(name) : version;
    }
}
