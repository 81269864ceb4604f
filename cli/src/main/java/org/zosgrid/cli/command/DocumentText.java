package org.zosgrid.cli.command;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.stream.Collectors;
import org.zosgrid.cli.terminal.Json;
import org.zosgrid.contract.document.ChangeDocument;
import org.zosgrid.contract.document.Decommission;
import org.zosgrid.contract.document.Demand;
import org.zosgrid.contract.document.Deployment;
import org.zosgrid.contract.document.DocumentDiff;
import org.zosgrid.contract.document.EmergencyReview;
import org.zosgrid.contract.document.ImagePromotion;
import org.zosgrid.contract.document.Model;
import org.zosgrid.contract.document.NodeAdmission;
import org.zosgrid.contract.document.NodeRetirement;
import org.zosgrid.contract.document.Pause;
import org.zosgrid.contract.document.Resume;
import org.zosgrid.contract.document.Skip;

/** A document in words, for somebody who is about to sign it. */
final class DocumentText {
    private DocumentText() {}

    static String of(ChangeDocument document) {
        String head = document.name() + " version " + document.version() + ", requested by " + document.requester() + ", created " + document.created() + ", to be accepted until " + document.expires() + "\n";
        String demand = document.demand().equals(Demand.NONE) ? "" : "  DEMANDS " + DocumentDiff.escaped(document.demand().toString()) + ", whatever the rules say\n";
        return head + demand + switch (document) {
            case Deployment deployment -> deployment(deployment);
            case Pause pause -> "  PAUSES the deployment: " + DocumentDiff.escaped(pause.reason()) + "\n";
            case Resume resume -> "  RESUMES the deployment: " + DocumentDiff.escaped(resume.reason()) + "\n";
            case Model model -> model(model);
            case Skip skip -> "  SKIPS the stuck step " + skip.incident() + ": " + DocumentDiff.escaped(skip.reason()) + "\n";
            case EmergencyReview review -> review(review);
            case ImagePromotion promotion -> "  " + (promotion.isRevocation() ? "REVOKES the promotion of " : "PROMOTES ") + promotion.image() + " to " + promotion.environment()
                    + promotion.until().map(end -> " until " + end).orElse("") + ": " + DocumentDiff.escaped(promotion.reason()) + "\n";
            case NodeAdmission admission -> admission(admission);
            case NodeRetirement retirement -> "  RETIRES the node: " + DocumentDiff.escaped(retirement.reason()) + "\n";
            case Decommission removal -> removal(removal);
        };
    }

    private static String removal(Decommission removal) {
        StringBuilder text = new StringBuilder("  REMOVES the deployment: " + DocumentDiff.escaped(removal.reason()) + "\n");
        removal.workflow().ifPresent(name -> line(text, "workflow", name));
        return text.toString();
    }

    private static String review(EmergencyReview review) {
        StringBuilder text = new StringBuilder("  FINDS the emergency " + review.subject() + " version " + review.subjectVersion() + (review.verdict() == EmergencyReview.Verdict.JUSTIFIED ? " JUSTIFIED" : " NOT JUSTIFIED")
                + ": " + DocumentDiff.escaped(review.findings()) + "\n");
        line(text, "asked for by", review.askedBy() + ", in " + review.environment());
        line(text, "its digest", review.digest());
        return text.toString();
    }

    private static String admission(NodeAdmission admission) {
        StringBuilder text = new StringBuilder("  ADMITS the node: " + DocumentDiff.escaped(admission.reason()) + "\n");
        line(text, "key", admission.verificationKey().id().hex());
        line(text, "for", String.join(", ", admission.capabilities()));
        line(text, "address", admission.address() + ", store at port " + admission.storePort() + ", interface at port " + admission.apiPort());
        return text.toString();
    }

    /** Every line of it: what is signed is what is read. */
    private static String model(Model model) {
        if (model.isRemoval()) {
            return "  TAKES the " + (model.language() == Model.Language.DMN ? "decision table" : "process") + " OUT OF FORCE: " + DocumentDiff.escaped(model.reason()) + "\n";
        }
        StringBuilder text = new StringBuilder("  PUTS a " + (model.language() == Model.Language.DMN ? "decision table" : "process") + " IN FORCE: " + DocumentDiff.escaped(model.reason()) + "\n");
        model.file().lines().forEach(line -> text.append("  | ").append(DocumentDiff.escaped(line)).append('\n'));
        if (!model.examples().isEmpty()) {
            text.append("  with the examples\n");
            model.examples().lines().forEach(line -> text.append("  | ").append(DocumentDiff.escaped(line)).append('\n'));
        }
        return text.toString();
    }

    private static String deployment(Deployment deployment) {
        StringBuilder text = new StringBuilder();
        deployment.emergency().ifPresent(emergency -> text.append("""
                  !! THIS IS AN EMERGENCY CHANGE !!
                  !! fewer people approve it than usual: the trust root's rule for emergencies alone counts
                  !! it ends at %s on every node by itself, and is reviewed afterwards
                  !! reason: %s
                """.formatted(emergency.until(), DocumentDiff.escaped(emergency.reason())).indent(2)));
        line(text, "environment", deployment.environment().toString());
        line(text, "description", deployment.description());
        deployment.dataClass().ifPresent(data -> line(text, "data", data.toString()));
        deployment.workflow().ifPresent(name -> line(text, "workflow", name));
        line(text, "network", deployment.network().name() + " " + deployment.network().subnet());
        deployment.machines().forEach(machine -> {
            line(text, "machine", machine.name() + " on " + machine.node() + ", " + machine.cpuMillis() / 1000.0 + " processors, " + machine.memory() + ", ports "
                    + machine.ports().stream().map(String::valueOf).collect(Collectors.joining(", ")));
            line(text, "  image", machine.image().toString());
            line(text, "  command", String.join(" ", machine.command()));
            machine.environment().forEach((name, value) -> line(text, "  variable", name + "=" + value));
            line(text, "  terminals", machine.terminal().isEmpty() ? "" : "opened into it by " + String.join(", ", machine.terminal()));
        });
        deployment.gateways().forEach(route -> line(text, "route", route.host() + " → " + route.machine() + ":" + route.port() + " through " + route.node()));
        ObjectNode own = Json.object();
        deployment.approval().write(own, "approval");
        own.get("approval").forEach(rule -> line(text, "own rule", rule.toString()));
        return text.toString();
    }

    private static void line(StringBuilder text, String label, String value) {
        if (!value.isEmpty()) {
            text.append(String.format("  %-12s %s%n", label, DocumentDiff.escaped(value)));
        }
    }
}
