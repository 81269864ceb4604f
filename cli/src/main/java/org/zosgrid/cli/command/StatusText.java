package org.zosgrid.cli.command;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.zosgrid.cli.client.DeploymentVersion;
import org.zosgrid.cli.terminal.Table;
import org.zosgrid.contract.document.DocumentDiff;

/** A version's status in words. */
final class StatusText {
    private StatusText() {}

    /** State and place in the workflow. */
    static String oneLine(DeploymentVersion shown) {
        return shown.name() + " version " + shown.version() + ": " + shown.state()
                + (shown.position().isEmpty() ? "" : ", at " + String.join(" and ", shown.position()))
                + (shown.state().equals("approval") && !shown.openSeats().isEmpty() ? ", open seats: " + shown.openSeats() : "");
    }

    static String of(DeploymentVersion shown) {
        return of(shown, List.of(), Optional.empty());
    }

    /**
     * @param stuck steps of processes that do not get on, of whatever version
     * @param emergency what is owed of it, if it was sealed as an emergency
     */
    static String of(DeploymentVersion shown, Iterable<JsonNode> stuck, Optional<JsonNode> emergency) {
        JsonNode json = shown.json();
        StringBuilder text = new StringBuilder(shown.name() + " version " + shown.version() + ": " + shown.state() + "\n");
        line(text, "kind", json.path("kind").asText());
        emergency.ifPresent(each -> {
            line(text, "EMERGENCY", (each.path("endedAt").isTextual() ? "ended " + each.path("endedAt").asText() : "ends " + each.path("until").asText() + " by itself") + ": " + DocumentDiff.escaped(each.path("reason").asText()));
            line(text, "review", EmergencyCommand.review(each));
        });
        line(text, "message", json.path("message").asText());
        line(text, "workflow", String.join(", ", shown.position()));
        line(text, "digest", json.path("digest").asText());
        line(text, "requester", json.path("requester").asText());
        line(text, "approved by", people(json.path("approvals"), each -> ""));
        line(text, "rejected by", people(json.path("rejections"), each -> ", \"" + each.path("reason").asText() + "\""));
        line(text, "open seats", shown.openSeats());
        json.path("deputies").forEach(each -> line(text, "stands in", each.path("person").asText() + " for " + String.join(", ", texts(each.path("groups"))) + " from " + each.path("from").asText() + " on"));
        json.path("missing").forEach(lack -> line(text, "missing", lack.asText()));
        if (json.path("escalation").isObject()) {
            line(text, "escalated", "since " + json.path("escalation").path("since").asText() + " to " + String.join(", ", texts(json.path("escalation").path("to"))));
        }
        for (JsonNode step : stuck) {
            if (step.path("name").asText().equals(shown.name()) && step.path("version").asLong() == shown.version()) {
                line(text, "stuck", step.path("id").asText() + ", " + step.path("kind").asText() + " since " + step.path("since").asText() + ": " + DocumentDiff.escaped(step.path("error").asText()));
            }
        }
        for (JsonNode route : json.path("routes")) {
            line(text, "route", "http://" + route.path("host").asText() + " through " + route.path("node").asText() + ", "
                    + (route.path("open").asBoolean() ? "open" : "closed"));
        }
        table(text, json.path("workloads"), new Table("WORKLOAD", "NODE", "STATE", "ADDRESS", "MESSAGE"), "name", "node", "state", "address", "message");
        table(text, json.path("receipts"), new Table("RECEIPT", "OUTCOME", "REASON", "MESSAGE"), "node", "outcome", "reason", "message");
        table(text, json.path("timeline"), new Table("WHEN", "WHAT", "WHO", "DETAIL"), "at", "kind", "actor", "detail");
        return text.toString().stripTrailing();
    }

    private static void line(StringBuilder text, String label, String value) {
        if (!value.isEmpty()) {
            text.append(String.format("  %-12s %s%n", label, value));
        }
    }

    private static void table(StringBuilder text, JsonNode rows, Table table, String... fields) {
        if (rows.isEmpty()) {
            return;
        }
        for (JsonNode row : rows) {
            String[] cells = new String[fields.length];
            for (int i = 0; i < fields.length; i++) {
                cells[i] = row.path(fields[i]).asText("");
            }
            table.row(cells);
        }
        text.append('\n').append(table);
    }

    private static List<String> texts(JsonNode list) {
        List<String> texts = new ArrayList<>();
        list.forEach(each -> texts.add(each.asText()));
        return texts;
    }

    private static String people(JsonNode signatures, Function<JsonNode, String> more) {
        List<String> parts = new ArrayList<>();
        signatures.forEach(each -> parts.add(each.path("person").asText() + " (" + each.path("at").asText() + more.apply(each) + ")"));
        return String.join(", ", parts);
    }
}
