package org.zosgrid.cli.command;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.zosgrid.cli.CliException;
import org.zosgrid.cli.terminal.Json;
import org.zosgrid.contract.ContractException;
import org.zosgrid.contract.Fault;
import org.zosgrid.contract.audit.AuditBundle;
import org.zosgrid.contract.audit.AuditReport;
import org.zosgrid.contract.document.Demand;
import org.zosgrid.contract.document.DocumentDiff;
import org.zosgrid.contract.envelope.Envelope;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "audit",
        mixinStandardHelpOptions = true,
        description = "Prove who approved what, to anybody, with no service running.",
        subcommands = {AuditCommand.Export.class, AuditCommand.Verify.class})
public final class AuditCommand {

    @Command(
            name = "export",
            mixinStandardHelpOptions = true,
            description = {
                "Fetch the whole history of a deployment as one file that proves itself, for 'zos audit verify' anywhere.",
                "It is verified before it is written; the control plane is not believed."
            },
            footer = {"", "Example:", "  zos audit export shop --key alice.pem"})
    static final class Export implements Runnable {
        @Parameters(paramLabel = "NAME", description = "The deployment, whether it runs, was removed or was never approved.")
        String name = "";

        @Option(names = "--out", paramLabel = "FILE", description = "Where the bundle goes (default: NAME.audit.json).")
        @Nullable Path out;

        @Option(names = "--root", paramLabel = "ROOT", description = "The signed trust root by which it is verified (default: ZOS_TRUST_ROOT, then what 'zos up' wrote down).")
        @Nullable Path root;

        @Option(names = "--at-least", paramLabel = "VERSION", defaultValue = "0", description = "The newest version of the trust root that you know of.")
        long atLeast;

        @Mixin
        Caller caller = new Caller();

        @Mixin
        Output output = new Output();

        @Override
        public void run() {
            Path pinned = Path.of(Context.setting(root == null ? null : root.toString(), "ZOS_TRUST_ROOT", "trust-root", "--root"));
            Path file = out == null ? Path.of(name + ".audit.json") : out;
            byte[] bundle = caller.controlPlane().audit(name);
            AuditReport report = verified(bundle, Envelope.parse(bytes(pinned)));
            try {
                Files.write(file, bundle);
            } catch (IOException unwritable) {
                throw new CliException("cannot write " + file + ": " + unwritable.getMessage());
            }
            output.print(json(report).put("file", file.toString()), () -> "wrote " + file + ", verified: " + report.events().size() + " entries of the ledger "
                    + report.checkpoint().origin() + " at size " + report.checkpoint().size() + ", trust root up to version " + report.rootVersion());
        }

        private AuditReport verified(byte[] bundle, Envelope pinned) {
            AuditReport report;
            try {
                report = AuditBundle.verify(bundle, pinned, atLeast);
            } catch (ContractException wrong) {
                throw new ContractException(wrong.faults().stream()
                        .map(each -> new Fault("what the control plane handed out does not hold, nothing was written; " + each.field(), each.problem(), each.value())).toList());
            }
            if (!report.name().equals(name)) {
                throw new CliException("the control plane handed out the history of '" + report.name() + "' instead of '" + name + "'; nothing was written");
            }
            return report;
        }
    }

    private static byte[] bytes(Path file) {
        return Context.read(file).getBytes(StandardCharsets.UTF_8);
    }

    @Command(
            name = "verify",
            mixinStandardHelpOptions = true,
            description = {
                "Verify an audit bundle and tell its history: who approved which version, when, under which trust root and rules.",
                "Nothing is believed but the trust root that you give; exit code 1 if anything does not hold."
            },
            footer = {"", "Example:", "  zos audit verify shop.audit.json --root root-1.json --at-least 3"})
    static final class Verify implements Runnable {
        @Parameters(paramLabel = "FILE", description = "The audit bundle.")
        Path file = Path.of("");

        @Option(names = "--root", required = true, paramLabel = "ROOT", description = "A signed trust root that you trust: version 1, or the one that was in force when the history began.")
        Path root = Path.of("");

        @Option(names = "--at-least", paramLabel = "VERSION", defaultValue = "0",
                description = "The newest version of the trust root that you know of: a bundle that stops before it hides a rotation.")
        long atLeast;

        @Mixin
        Output output = new Output();

        @Override
        public void run() {
            AuditReport report = AuditBundle.verify(bytes(file), Envelope.parse(bytes(root)), atLeast);
            output.print(json(report), () -> text(report));
        }
    }

    private static String text(AuditReport report) {
        StringBuilder text = new StringBuilder(report.name() + ": verified in the ledger " + report.checkpoint().origin() + " at size " + report.checkpoint().size()
                + (report.cosigners().isEmpty() ? "" : ", cosigned by " + String.join(", ", report.cosigners())) + "; trust root up to version " + report.rootVersion() + "\n");
        for (AuditReport.Event event : report.events()) {
            text.append(String.format("%8d  %s  %-13s version %d  %s%n", event.index(), event.entry().at(), event.entry().kind(), event.entry().version(), event.entry().detail()));
            event.change().ifPresent(change -> {
                text.append("          requested by ").append(change.document().requester()).append(", approved by ").append(String.join(", ", change.approvers()))
                        .append(", under trust root version ").append(change.rootVersion()).append('\n');
                text.append("          satisfies ").append(String.join(", ", change.rules())).append('\n');
                if (!change.document().demand().equals(Demand.NONE)) {
                    text.append("          and its own demand: ").append(DocumentDiff.escaped(change.document().demand().toString())).append('\n');
                }
                text.append("          digest ").append(change.digest()).append('\n');
            });
            event.receipts().forEach(receipt -> text.append("          ").append(receipt.node()).append(" signed: ").append(receipt.outcome()).append(" at ").append(receipt.at())
                    .append(receipt.reason().isEmpty() ? "" : " (" + receipt.reason() + ")").append('\n'));
        }
        report.emergencies().forEach(each -> text.append("EMERGENCY version ").append(each.document().version()).append(", asked for by ").append(each.document().requester()).append(", until ")
                .append(each.document().emergency().orElseThrow().until()).append(": ").append(each.review().map(review -> "reviewed by " + review.name() + " version " + review.version() + " of " + review.requester() + ": "
                        + review.verdict() + ", " + DocumentDiff.escaped(review.findings())).orElse("NO REVIEW IN THIS BUNDLE")).append('\n'));
        return text.toString().stripTrailing();
    }

    private static ObjectNode json(AuditReport report) {
        ObjectNode object = Json.object().put("name", report.name()).put("size", report.checkpoint().size()).put("rootVersion", report.rootVersion());
        report.cosigners().forEach(object.withArray("cosigners")::add);
        var events = object.putArray("events");
        for (AuditReport.Event event : report.events()) {
            ObjectNode each = events.addObject().put("index", event.index()).put("at", event.entry().at().toString()).put("kind", event.entry().kind())
                    .put("version", event.entry().version()).put("detail", event.entry().detail());
            event.change().ifPresent(change -> {
                each.put("digest", change.digest()).put("requester", change.document().requester()).put("rootVersion", change.rootVersion());
                change.approvers().forEach(each.withArray("approvers")::add);
                change.rules().forEach(each.withArray("rules")::add);
                ObjectNode demand = each.putObject("demand").put("people", change.document().demand().people());
                change.document().demand().groups().forEach(demand.withArray("groups")::add);
            });
            event.receipts().forEach(receipt -> each.withArray("receipts").addObject().put("node", receipt.node()).put("outcome", receipt.outcome().toString())
                    .put("reason", receipt.reason()).put("at", receipt.at().toString()));
        }
        report.emergencies().forEach(emergency -> {
            ObjectNode each = object.withArray("emergencies").addObject().put("version", emergency.document().version()).put("digest", emergency.digest())
                    .put("requester", emergency.document().requester()).put("until", emergency.document().emergency().orElseThrow().until().toString()).putNull("review");
            emergency.review().ifPresent(review -> each.putObject("review").put("name", review.name()).put("version", review.version()).put("requester", review.requester())
                    .put("verdict", review.verdict().toString()).put("findings", review.findings()));
        });
        return object;
    }
}
