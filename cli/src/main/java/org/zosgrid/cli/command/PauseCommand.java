package org.zosgrid.cli.command;

import org.zosgrid.contract.document.Pause;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

@Command(
        name = "pause",
        mixinStandardHelpOptions = true,
        description = {"Ask for a deployment to stand still: its routes close, its machines stop, what they wrote stays. A pause is a change: it gets the next version and needs approvals like any other."},
        footer = {"", "Example:", "  zos pause shop --reason \"the auditors are here\" --key alice.pem"})
public final class PauseCommand implements Runnable {
    @Mixin
    OrderArguments order = new OrderArguments();

    @Override
    public void run() {
        order.submit("the pause", Pause::new);
    }
}
