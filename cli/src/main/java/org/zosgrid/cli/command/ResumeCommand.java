package org.zosgrid.cli.command;

import org.zosgrid.contract.document.Resume;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

@Command(
        name = "resume",
        mixinStandardHelpOptions = true,
        description = {"Ask for a paused deployment to run again, as it was approved. A resumption is a change: it gets the next version and needs approvals like any other."},
        footer = {"", "Example:", "  zos resume shop --reason \"the auditors are gone\" --key alice.pem"})
public final class ResumeCommand implements Runnable {
    @Mixin
    OrderArguments order = new OrderArguments();

    @Override
    public void run() {
        order.submit("the resumption", Resume::new);
    }
}
