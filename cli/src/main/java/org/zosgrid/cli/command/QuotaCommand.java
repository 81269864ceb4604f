package org.zosgrid.cli.command;

import com.fasterxml.jackson.databind.JsonNode;
import org.zosgrid.cli.terminal.Table;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

@Command(
        name = "quota",
        mixinStandardHelpOptions = true,
        description = "Show what your organisation may have at once at the control plane, and what it has.",
        footer = {"", "Deployments count that run, are paused, or are on their way there. Processors are counted in thousandths, memory in bytes.", "", "Examples:", "  zos quota --key alice.pem", "  zos quota --json"})
public final class QuotaCommand implements Runnable {
    @Mixin
    Caller caller = new Caller();

    @Mixin
    Output output = new Output();

    @Override
    public void run() {
        JsonNode quota = caller.controlPlane().quota();
        output.print(quota, () -> readable(quota));
    }

    private static String readable(JsonNode quota) {
        Table table = new Table("OF " + quota.path("organisation").asText(), "USED", "LIMIT");
        for (String what : new String[] {"deployments", "cpuMillis", "memoryBytes"}) {
            JsonNode line = quota.path(what);
            table.row(what, line.path("used").asText(), line.path("limit").isNull() ? "none" : line.path("limit").asText());
        }
        return table.toString().stripTrailing();
    }
}
