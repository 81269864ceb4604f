package org.zosgrid.cli.command;

import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.zosgrid.contract.document.Decommission;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
        name = "decommission",
        mixinStandardHelpOptions = true,
        description = {"Ask for a deployment's removal. A removal is a change: it gets the next version and needs approvals like any other."},
        footer = {"", "Examples:", "  zos decommission shop --reason \"moved to the new shop\" --key alice.pem",
            "  zos decommission shop --reason \"moved to the new shop\" --workflow own-removal --key alice.pem"})
public final class DecommissionCommand implements Runnable {
    @Option(names = "--workflow", paramLabel = "MODEL", description = "A process of your own in force, by which it is approved and done (default: the built-in one).")
    @Nullable String workflow;

    @Mixin
    OrderArguments order = new OrderArguments();

    @Override
    public void run() {
        order.submit("the removal", (name, version, requester, created, expires, reason) -> new Decommission(name, version, requester, created, expires, reason, Optional.ofNullable(workflow)));
    }
}
