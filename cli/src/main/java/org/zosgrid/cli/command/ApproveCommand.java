package org.zosgrid.cli.command;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.Console;
import java.util.Optional;
import org.zosgrid.cli.CliException;
import org.zosgrid.cli.client.Approval;
import org.zosgrid.cli.client.ControlPlane;
import org.zosgrid.cli.client.DeploymentVersion;
import org.zosgrid.cli.client.VersionThere;
import org.zosgrid.contract.document.ChangeDocument;
import org.zosgrid.contract.document.Deployment;
import org.zosgrid.contract.document.DocumentDiff;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "approve",
        description = {
            "Approve a submitted version: sign the very bytes its requester signed.",
            "What you sign is printed from those bytes themselves, not from what the control plane says of them; then what is different from the version that runs, and what nodes would do."
        },
        footer = {"", "Examples:", "  zos approve shop --key bob.pem", "  zos approve shop --version 3 --key bob.pem --yes"})
public final class ApproveCommand implements Runnable {

    @Parameters(paramLabel = "NAME", description = "The deployment.")
    String name = "";

    @Mixin
    VersionOption version = new VersionOption();

    @Option(names = "--yes", description = "Sign without asking.")
    boolean yes;

    @Mixin
    Caller caller = new Caller();

    @Mixin
    Output output = new Output();

    @Override
    public void run() {
        ControlPlane controlPlane = caller.controlPlane();
        Approval approval = Approval.of(controlPlane, name, version.of(name, controlPlane));
        System.err.print(DocumentText.of(approval.document()));
        System.err.println("  digest       " + approval.envelope().digest());
        there(controlPlane, approval.document()).ifPresent(before -> {
            System.err.println("  against version " + before.version() + ", which is " + before.state() + ", says the control plane (digest " + before.envelope().digest() + "):");
            DocumentDiff.between(before.envelope().payload(), approval.envelope().payload()).forEach(each -> System.err.println("  " + each));
        });
        if (approval.document() instanceof Deployment) {
            System.err.print(plan(controlPlane, approval.envelope().payload()));
        }
        if (!yes) {
            confirm();
        }
        DeploymentVersion answer = approval.give(controlPlane, caller.signingKey());
        output.print(answer.json(), () -> "approved " + name + " version " + approval.document().version() + "\n" + StatusText.oneLine(answer));
    }

    /** What nodes would do by it. Nobody signs that: it helps to understand what is signed, and does not keep anybody from signing. */
    private static String plan(ControlPlane controlPlane, byte[] document) {
        try {
            JsonNode plan = controlPlane.plan(document);
            StringBuilder text = new StringBuilder("  what nodes would do, says the control plane:\n").append(PlanCommand.nodes(plan).indent(4));
            plan.path("faults").forEach(fault -> text.append("    IN THE WAY  ").append(DocumentDiff.escaped(fault.asText())).append('\n'));
            return text.toString();
        } catch (CliException none) {
            return "  the control plane has no plan for it: " + DocumentDiff.escaped(String.valueOf(none.getMessage())) + "\n";
        }
    }

    private static void confirm() {
        Console console = System.console();
        if (console == null || !console.isTerminal()) {
            throw new CliException("there is no terminal to ask at: read what is printed above, then give --yes");
        }
        if (!"yes".equals(console.readLine("Sign exactly this? Type yes: "))) {
            throw new CliException("nothing was signed");
        }
    }
    private static Optional<DeploymentVersion> there(ControlPlane controlPlane, ChangeDocument document) {
        return document instanceof Deployment ? VersionThere.before(controlPlane, document.name(), document.version()) : Optional.empty();
    }

}
