package org.zosgrid.cli.command;

import org.zosgrid.cli.CliException;
import picocli.CommandLine.Command;

/** Listed here for the help's sake: the launcher script {@code ./zos} hands over to a program of its own (packages/builder), which nobody needs who runs the product. */
@Command(name = "package", mixinStandardHelpOptions = true, description = "Pack the control plane: OCI image, Debian package, bill of materials (from a clone).")
public final class PackageCommand implements Runnable {
    @Override
    public void run() {
        throw new CliException("run './zos package' in a clone of the repository: it packs what was built there");
    }
}
