package org.zosgrid.cli.command;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import org.zosgrid.cli.terminal.Json;
import org.zosgrid.cli.terminal.Table;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

@Command(
        name = "list",
        mixinStandardHelpOptions = true,
        description = "List every deployment with its newest version and state.",
        footer = {"", "Examples:", "  zos list --key alice.pem", "  zos list --key alice.pem --json"})
public final class ListCommand implements Runnable {
    @Mixin
    Caller caller = new Caller();

    @Mixin
    Output output = new Output();

    @Override
    public void run() {
        List<JsonNode> deployments = caller.controlPlane().list();
        output.print(Json.of(deployments), () -> readable(deployments));
    }

    private static String readable(List<JsonNode> deployments) {
        if (deployments.isEmpty()) {
            return "nothing is deployed; 'zos deploy -f FILE' submits a document";
        }
        Table table = new Table("NAME", "VERSION", "KIND", "STATE", "REQUESTER", "SUBMITTED");
        for (JsonNode each : deployments) {
            table.row(each.path("name").asText(), each.path("version").asText(), each.path("kind").asText(), each.path("state").asText(),
                    each.path("requester").asText(), each.path("submittedAt").asText());
        }
        return table.toString().stripTrailing();
    }
}
