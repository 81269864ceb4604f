package org.zosgrid.cli.command;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.zosgrid.cli.client.ControlPlane;
import org.zosgrid.cli.client.Pinning;
import org.zosgrid.cli.client.VersionThere;
import org.zosgrid.contract.document.Demand;
import org.zosgrid.contract.document.Deployment;
import org.zosgrid.contract.document.DocumentDiff;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
        name = "plan",
        mixinStandardHelpOptions = true,
        description = {
            "Show what a deployment document would change on which node, which approvals it needs and why, and whether there is room for it.",
            "Nothing is signed or submitted. Exit code 1 if it would not come to run as things stand."
        },
        footer = {"", "Example:", "  zos plan -f shop.yaml --key alice.pem"})
public final class PlanCommand implements Callable<Integer> {
    @Option(names = {"-f", "--file"}, required = true, paramLabel = "YAML", description = "The deployment document.")
    Path file = Path.of("");

    @Mixin
    EmergencyOption emergency = new EmergencyOption();

    @Mixin
    Caller caller = new Caller();

    @Mixin
    Output output = new Output();

    @Override
    public Integer call() {
        Deployment written = emergency.of(Deployment.fromYaml(Context.read(file)));
        ControlPlane controlPlane = caller.controlPlane();
        Deployment document = Pinning.pin(written, controlPlane);
        JsonNode plan = controlPlane.plan(document.toJson());
        output.print(plan, () -> text(controlPlane, document, plan));
        return plan.path("faults").isEmpty() ? 0 : 1;
    }

    private static String text(ControlPlane controlPlane, Deployment document, JsonNode plan) {
        StringBuilder text = new StringBuilder(document.name() + " version " + document.version() + ": " + words(plan.path("kinds")) + "\n");
        document.emergency().ifPresent(emergency -> text.append("\nEMERGENCY: ").append(DocumentDiff.escaped(emergency.reason())).append("\n  it ends at ").append(emergency.until())
                .append(" on every node by itself, is reviewed afterwards, and needs the approvals of the trust root's rule for emergencies alone\n"));
        VersionThere.before(controlPlane, document.name(), document.version()).ifPresent(before -> {
            text.append("\nagainst version ").append(before.version()).append(", which is ").append(before.state()).append(":\n");
            DocumentDiff.between(before.envelope().payload(), document.toJson()).forEach(each -> text.append("  ").append(each).append('\n'));
        });
        text.append(nodes(plan));
        text.append("\nneeds ").append(plan.path("quorum").asInt()).append(" of ").append(words(plan.path("mayApprove"))).append(", because\n");
        plan.path("rules").forEach(rule -> text.append("  ").append(DocumentDiff.escaped(rule.asText())).append('\n'));
        Demand demand = ControlPlane.demand(plan.path("demand"));
        if (!document.demand().covers(demand)) {
            text.append("  decision tables demand ").append(DocumentDiff.escaped(demand.toString())).append(": 'zos deploy' binds that into what is signed\n");
        }
        if (plan.path("opensAt").isTextual() && Instant.parse(plan.path("opensAt").asText()).isAfter(Instant.now())) {
            text.append("  its time windows are open at once from ").append(plan.path("opensAt").asText()).append(" on\n");
        }
        plan.path("faults").forEach(fault -> text.append("\nIN THE WAY  ").append(DocumentDiff.escaped(fault.asText())));
        return text + (plan.path("faults").isEmpty() ? "\nnothing is in its way: submit it with 'zos deploy'" : "");
    }

    /** What each node would do, and whether it has room for that. */
    static String nodes(JsonNode plan) {
        StringBuilder text = new StringBuilder();
        for (JsonNode node : plan.path("nodes")) {
            text.append('\n').append(node.path("node").asText()).append(": ").append(room(node)).append('\n');
            node.path("actions").forEach(action -> text.append("  ").append(DocumentDiff.escaped(action.asText())).append('\n'));
            if (node.path("actions").isEmpty()) {
                text.append("  nothing changes here\n");
            }
        }
        return text.toString();
    }

    private static String room(JsonNode node) {
        JsonNode asked = node.path("asked");
        JsonNode free = node.path("free");
        return amount(asked) + " asked for, " + (free.isObject() ? amount(free) + " free" : "room unknown");
    }

    private static String amount(JsonNode amount) {
        return String.format(Locale.ROOT, "%.2f processors and %d MiB", amount.path("cpuMillis").asLong() / 1000.0, amount.path("memoryBytes").asLong() >> 20);
    }

    private static String words(JsonNode list) {
        StringBuilder words = new StringBuilder();
        list.forEach(each -> words.append(words.isEmpty() ? "" : ", ").append(each.asText()));
        return words.toString();
    }
}
