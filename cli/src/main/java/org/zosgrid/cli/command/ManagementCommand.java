package org.zosgrid.cli.command;

import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.zosgrid.cli.CliException;
import org.zosgrid.cli.terminal.Json;
import org.zosgrid.contract.transport.ManagementAuthority;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Certificates by which the control plane and nodes know each other. They say who answers, never what may run: that takes signatures. */
@Command(
        name = "management",
        mixinStandardHelpOptions = true,
        description = {"Make the key and certificate (ML-DSA-65, a year) of the control plane or a node on the management network.",
            "The authority is made where there is none yet. Keep it apart; the directory with the certificate goes to its machine."},
        footer = {"", "Examples:", "  zos keys management control-plane --authority authority --out tls", "  zos keys management compute-1 --authority authority --address 10.0.0.11 --out compute-1-tls"})
final class ManagementCommand implements Runnable {
    /** As nodes are called. */
    private static final Pattern NAME = Pattern.compile("[a-z0-9](?:[a-z0-9-]{0,34}[a-z0-9])?");

    @Parameters(paramLabel = "NAME", description = "control-plane, or the node's name.")
    String name = "";

    @Option(names = "--authority", required = true, paramLabel = "DIR", description = "Where the authority's key and certificate are.")
    Path authority = Path.of("");

    @Option(names = "--address", paramLabel = "IP", description = "Where it answers on the management network; repeat for more.")
    List<String> addresses = new ArrayList<>();

    @Option(names = "--out", required = true, paramLabel = "DIR", description = "Where certificate.pem, key.pem and authority.pem go; it must not exist yet.")
    Path out = Path.of("");

    @Mixin
    Output output = new Output();

    @Override
    public void run() {
        if (!NAME.matcher(name).matches()) {
            throw new CliException("NAME: must be 1 to 36 of a-z, 0-9 and '-', beginning and ending with a letter or digit, is " + name);
        }
        List<InetAddress> literal = addresses.stream().map(ManagementCommand::address).toList();
        if (Files.exists(out)) {
            throw new CliException("--out: " + out + " exists; a key is never overwritten");
        }
        (Files.exists(authority) ? ManagementAuthority.read(authority) : ManagementAuthority.create(authority)).issue(name, literal, out);
        output.print(Json.object().put("name", name).put("directory", out.toString()).put("authority", authority.toString()), () -> "certificate of " + name + "  " + out + "\nauthority  " + authority);
    }

    private static InetAddress address(String text) {
        try {
            return InetAddress.ofLiteral(text);
        } catch (IllegalArgumentException malformed) {
            throw new CliException("--address: must be an IP address, is " + text);
        }
    }
}
