package org.zosgrid.cli.command;

import org.zosgrid.contract.document.Decommission;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

@Command(
        name = "decommission",
        mixinStandardHelpOptions = true,
        description = {"Ask for a deployment's removal. A removal is a change: it gets the next version and needs approvals like any other."},
        footer = {"", "Example:", "  zos decommission shop --reason \"moved to the new shop\" --key alice.pem"})
public final class DecommissionCommand implements Runnable {
    @Mixin
    OrderArguments order = new OrderArguments();

    @Override
    public void run() {
        order.submit("the removal", Decommission::new);
    }
}
