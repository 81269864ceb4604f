package org.zosgrid.cli.command;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import java.util.List;
import java.util.concurrent.Callable;
import org.zosgrid.cli.terminal.Json;
import org.zosgrid.cli.terminal.Table;
import org.zosgrid.contract.document.DocumentDiff;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

@Command(
        name = "emergency",
        mixinStandardHelpOptions = true,
        description = "Emergency changes: see which there were, and which still wait for their review.",
        subcommands = EmergencyCommand.ListAll.class,
        footer = {"", "One is asked for with 'zos deploy --emergency', and reviewed with 'zos review'.", "", "Examples:", "  zos emergency list --key alice.pem", "  zos emergency list --unreviewed --key alice.pem"})
public final class EmergencyCommand implements Callable<Integer> {
    @Spec
    CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() {
        spec.commandLine().usage(System.out);
        return CommandLine.ExitCode.USAGE;
    }

    @Command(name = "list", mixinStandardHelpOptions = true, description = "List emergency changes: those first that nobody has reviewed, then the youngest first.")
    static final class ListAll implements Runnable {
        @Option(names = "--unreviewed", description = "Only those that nobody has reviewed.")
        boolean unreviewed;

        @Mixin
        Caller caller = new Caller();

        @Mixin
        Output output = new Output();

        @Override
        public void run() {
            List<JsonNode> all = caller.controlPlane().emergencies().stream().filter(each -> !unreviewed || !isReviewed(each)).toList();
            ArrayNode shown = Json.object().putArray("emergencies").addAll(all);
            output.print(shown, () -> readable(all));
        }

        private static String readable(List<JsonNode> all) {
            if (all.isEmpty()) {
                return "there is none";
            }
            Table table = new Table("DEPLOYMENT", "VERSION", "STATE", "UNTIL", "ASKED FOR BY", "APPROVED BY", "REVIEW", "REASON");
            all.forEach(each -> {
                StringBuilder people = new StringBuilder();
                each.path("approvedBy").forEach(person -> people.append(people.isEmpty() ? "" : ", ").append(person.asText()));
                table.row(each.path("name").asText(), each.path("version").asText(), each.path("state").asText(), each.path("until").asText(), each.path("requester").asText(), people.toString(), review(each),
                        DocumentDiff.escaped(each.path("reason").asText()));
            });
            return table.toString().stripTrailing();
        }
    }

    static boolean isReviewed(JsonNode emergency) {
        return emergency.path("reviewedAt").isTextual();
    }

    /** How far its review has come, in words. */
    static String review(JsonNode emergency) {
        JsonNode review = emergency.path("review");
        if (isReviewed(emergency)) {
            return review.path("verdict").asText() + ", by " + review.path("name").asText() + " version " + review.path("version").asText();
        }
        if (review.isObject()) {
            return "under way: " + review.path("name").asText() + " version " + review.path("version").asText();
        }
        if (!emergency.path("endedAt").isTextual()) {
            return "when it has ended";
        }
        return "OWED since " + emergency.path("endedAt").asText() + ", no other emergency from " + emergency.path("overdueAt").asText() + " on";
    }
}
