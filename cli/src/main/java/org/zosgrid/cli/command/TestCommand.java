package org.zosgrid.cli.command;

import org.zosgrid.cli.CliException;
import picocli.CommandLine.Command;

/** Listed here for the help's sake: the launcher script {@code ./zos} runs the tests itself, before this program is built. */
@Command(name = "test", mixinStandardHelpOptions = true, description = "Set up the machine, build, and run every test (as root, from a clone).")
public final class TestCommand implements Runnable {
    @Override
    public void run() {
        throw new CliException("run './zos test' in a clone of the repository: it builds what it tests");
    }
}
