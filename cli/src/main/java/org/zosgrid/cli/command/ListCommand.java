package org.zosgrid.cli.command;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import org.zosgrid.cli.terminal.Json;
import org.zosgrid.cli.terminal.Table;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

@Command(name = "list", mixinStandardHelpOptions = true, description = "List every deployment with its newest version and state.")
public final class ListCommand implements Runnable {
    @Mixin
    Caller caller = new Caller();

    @Mixin
    Output output = new Output();

    @Override
    public void run() {
        List<JsonNode> deployments = caller.controlPlane().list();
        output.print(Json.of(deployments), () -> {
            if (deployments.isEmpty()) {
                return "nothing is deployed; 'zos deploy -f FILE' submits a document";
            }
            Table table = new Table("NAME", "VERSION", "STATE", "REQUESTER", "CHANGED");
            for (JsonNode each : deployments) {
                table.row(each.path("name").asText(), each.path("version").asText(), each.path("state").asText(),
                        each.path("requester").asText(), each.path("changedAt").asText());
            }
            return table.toString().stripTrailing();
        });
    }
}
