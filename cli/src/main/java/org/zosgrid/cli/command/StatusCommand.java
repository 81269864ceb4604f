package org.zosgrid.cli.command;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.zosgrid.cli.client.ControlPlane;
import org.zosgrid.cli.terminal.Table;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "status",
        mixinStandardHelpOptions = true,
        description = "Show where a deployment is: its step in the workflow, who signed, whose seat is open, each workload, what happened.",
        footer = {"", "Examples:", "  zos status shop", "  zos status shop --version 2 --json"})
public final class StatusCommand implements Runnable {
    @Parameters(paramLabel = "NAME")
    String name = "";

    @Option(names = "--version", paramLabel = "N", description = "Which version (default: the newest).")
    @Nullable Long version;

    @Mixin
    Caller caller = new Caller();

    @Mixin
    Output output = new Output();

    @Override
    public void run() {
        ControlPlane controlPlane = caller.controlPlane();
        long wanted = version == null ? controlPlane.show(name).path("version").asLong() : version;
        JsonNode shown = controlPlane.show(name, wanted);
        output.print(shown, () -> readable(shown));
    }

    static String readable(JsonNode shown) {
        StringBuilder text = new StringBuilder();
        text.append(shown.path("name").asText()).append(" version ").append(shown.path("version").asText()).append(": ")
                .append(shown.path("state").asText()).append('\n');
        line(text, "step", join(shown.path("position")));
        line(text, "digest", shown.path("digest").asText());
        line(text, "requester", shown.path("requester").asText());
        line(text, "approved by", people(shown.path("approvals")));
        line(text, "rejected by", people(shown.path("rejections")));
        line(text, "open seats", join(shown.path("openSeats")));
        for (JsonNode route : shown.path("routes")) {
            line(text, "route", route.path("host").asText() + " → " + route.path("machine").asText() + ":" + route.path("port").asText() + "  "
                    + route.path("state").asText());
        }
        if (!shown.path("workloads").isEmpty()) {
            Table table = new Table("WORKLOAD", "NODE", "STATE", "ADDRESS", "MESSAGE");
            shown.path("workloads").forEach(each -> table.row(each.path("name").asText(), each.path("node").asText(),
                    each.path("state").asText(), each.path("address").asText(), each.path("message").asText()));
            text.append('\n').append(table);
        }
        if (!shown.path("timeline").isEmpty()) {
            Table table = new Table("WHEN", "WHAT", "WHO", "DETAIL");
            shown.path("timeline").forEach(each -> table.row(each.path("at").asText(), each.path("kind").asText(), each.path("actor").asText(),
                    each.path("detail").asText()));
            text.append('\n').append(table);
        }
        return text.toString().stripTrailing();
    }

    private static void line(StringBuilder text, String label, String value) {
        if (!value.isEmpty()) {
            text.append(String.format("  %-12s %s%n", label, value));
        }
    }

    private static String join(JsonNode list) {
        List<String> parts = new ArrayList<>();
        list.forEach(each -> parts.add(each.isValueNode() ? each.asText() : each.path("person").asText()));
        return String.join(", ", parts);
    }

    private static String people(JsonNode signatures) {
        List<String> parts = new ArrayList<>();
        signatures.forEach(each -> parts.add(each.path("person").asText() + " (" + each.path("at").asText()
                + (each.path("reason").asText().isEmpty() ? "" : ", \"" + each.path("reason").asText() + "\"") + ")"));
        return String.join(", ", parts);
    }
}
