package org.zosgrid.cli.command;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import org.zosgrid.cli.terminal.Json;
import org.zosgrid.cli.terminal.Table;
import org.zosgrid.contract.document.ChangeDocument;
import org.zosgrid.contract.document.NodeAdmission;
import org.zosgrid.contract.document.NodeRetirement;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(
        name = "node",
        mixinStandardHelpOptions = true,
        description = "Nodes: which there are, and by which approved documents they come and go.",
        subcommands = {NodeCommand.Admit.class, NodeCommand.Retire.class, NodeCommand.ListAll.class},
        footer = {"", "Admissions and retirements are approved like any change: 'zos status', 'zos approve', 'zos reject', with the node's name. Who a node is, the trust root says:",
            "'zos trust rotate --node' names an admitted one, 'zos trust rotate --remove-node' leaves a retiring one out once it is empty.", "", "Examples:",
            "  zos node admit compute-2 --public-key compute-2.pub.pem --capability compute --address 10.0.0.12 --reason \"more room\" --requester alice --key alice.pem",
            "  zos node retire compute-1 --reason \"end of lease\" --requester alice --key alice.pem",
            "  zos node list --key alice.pem"})
public final class NodeCommand implements Callable<Integer> {
    @Spec
    CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() {
        spec.commandLine().usage(System.out);
        return CommandLine.ExitCode.USAGE;
    }

    /** What both documents are asked for with. */
    abstract static class Ordering implements Runnable {
        @Parameters(paramLabel = "NAME", description = "The node.")
        String name = "";

        @Option(names = "--reason", required = true, paramLabel = "TEXT", description = "Why; it is signed and goes into the ledger.")
        String reason = "";

        @Option(names = "--requester", required = true, paramLabel = "PERSON", description = "Your name in the trust root.")
        String requester = "";

        @Mixin
        ChangeOptions change = new ChangeOptions();

        @Mixin
        Caller caller = new Caller();

        @Mixin
        Output output = new Output();

        abstract ChangeDocument document(long version, Instant created, Instant expires);

        abstract String what();

        @Override
        public final void run() {
            // Most nodes were there before any document was about them.
            ChangeOptions.Submitted submitted = change.submit(caller, (controlPlane, created, expires) -> document(ChangeOptions.next(controlPlane, name), created, expires));
            output.print(submitted.answer(), () -> "submitted " + what() + " of " + name + " as version " + submitted.document().version() + "; it waits for approvals");
        }
    }

    @Command(name = "admit", mixinStandardHelpOptions = true, description = {"Ask for a node to belong to the system. Once approved, it stands in the inventory; it is admitted when a trust root names it with this key and these capabilities.",
            "An admission of a node that is there already says where it answers from now on."},
        footer = {"", "Example:", "  zos node admit compute-2 --public-key compute-2.pub.pem --capability compute --address 10.0.0.12 --reason \"more room\" --requester alice --key alice.pem"})
    static final class Admit extends Ordering {
        @Option(names = "--public-key", required = true, paramLabel = "PUB.PEM", description = "The node's public key, from 'zos keys new'.")
        Path publicKey = Path.of("");

        @Option(names = "--capability", required = true, paramLabel = "CAPABILITY", split = ",", description = "What it may be used for: compute, gateway.")
        List<String> capabilities = new ArrayList<>();

        @Option(names = "--address", required = true, paramLabel = "IP", description = "Where it answers on the management network.")
        String address = "";

        @Option(names = "--store-port", paramLabel = "PORT", defaultValue = "9900", description = "Of its Zero-DB over TLS (default: ${DEFAULT-VALUE}).")
        int storePort;

        @Option(names = "--api-port", paramLabel = "PORT", defaultValue = "9443", description = "Of its HTTPS interface (default: ${DEFAULT-VALUE}).")
        int apiPort;

        @Override
        ChangeDocument document(long version, Instant created, Instant expires) {
            TrustCommand.publicKey(publicKey);
            return new NodeAdmission(name, version, requester, created, expires, reason, Context.read(publicKey), Set.copyOf(capabilities), address, storePort, apiPort);
        }

        @Override
        String what() {
            return "the admission";
        }
    }

    @Command(name = "retire", mixinStandardHelpOptions = true, description = {"Ask for a node to leave the system. Once approved, nothing new comes to it; 'zos status NAME' says what is left on it.",
            "It is retired when it is empty and a trust root leaves it out."},
        footer = {"", "Example:", "  zos node retire compute-1 --reason \"end of lease\" --requester alice --key alice.pem"})
    static final class Retire extends Ordering {
        @Override
        ChangeDocument document(long version, Instant created, Instant expires) {
            return new NodeRetirement(name, version, requester, created, expires, reason);
        }

        @Override
        String what() {
            return "the retirement";
        }
    }

    @Command(name = "list", mixinStandardHelpOptions = true, description = "List the nodes that the trust root names or the inventory knows, and how they are.", footer = {"", "Example:", "  zos node list --key alice.pem"})
    static final class ListAll implements Runnable {
        @Mixin
        Caller caller = new Caller();

        @Mixin
        Output output = new Output();

        @Override
        public void run() {
            List<JsonNode> all = caller.controlPlane().nodes();
            output.print(Json.of(all), () -> readable(all));
        }

        private static String readable(List<JsonNode> all) {
            Table table = new Table("NODE", "STANDING", "FOR", "TRUST ROOT", "WORKLOADS", "PROBLEM");
            for (JsonNode each : all) {
                List<String> capabilities = new ArrayList<>();
                each.path("capabilities").forEach(capability -> capabilities.add(capability.asText()));
                JsonNode status = each.path("status");
                table.row(each.path("name").asText(), each.path("standing").asText(), String.join(",", capabilities), status.path("trustRootVersion").asText(""),
                        status.isNull() ? "" : Integer.toString(status.path("workloads").size()), each.path("problem").asText());
            }
            return table.toString().stripTrailing();
        }
    }
}
