package org.zosgrid.cli.command;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.zosgrid.cli.CliException;
import org.zosgrid.cli.client.ControlPlane;
import org.zosgrid.cli.terminal.Json;
import org.zosgrid.cli.terminal.Table;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "top",
        mixinStandardHelpOptions = true,
        description = "Show what each machine of a deployment takes: processors, memory, network, beside what its contract allows.",
        footer = {"", "Examples:", "  zos top shop --key alice.pem", "  zos top shop --every 5 --times 12 --key alice.pem     a minute long", "  zos top shop --json --key alice.pem"})
public final class TopCommand implements Runnable {
    private static final double KIBIBYTE = 1024;

    @Parameters(paramLabel = "NAME", description = "The deployment.")
    String name = "";

    @Option(names = "--every", paramLabel = "SECONDS", defaultValue = "1", description = "Seconds over which rates are taken (default: ${DEFAULT-VALUE}).")
    int every;

    @Option(names = "--times", paramLabel = "COUNT", defaultValue = "1", description = "How often it is printed (default: ${DEFAULT-VALUE}).")
    int times;

    @Mixin
    Caller caller = new Caller();

    @Mixin
    Output output = new Output();

    @Override
    public void run() {
        if (every < 1 || times < 1) {
            throw new CliException((every < 1 ? "--every: must be 1 or more seconds (is: " + every : "--times: must be 1 or more (is: " + times) + ")");
        }
        ControlPlane controlPlane = caller.controlPlane();
        List<String> machines = new ArrayList<>();
        controlPlane.show(name, controlPlane.newestVersion(name)).json().path("workloads").forEach(each -> machines.add(each.path("name").asText()));
        if (machines.isEmpty()) {
            throw new CliException("no node runs a machine of " + name + " now");
        }
        Map<String, JsonNode> before = read(controlPlane, machines);
        for (int i = 0; i < times; i++) {
            rest();
            Map<String, JsonNode> now = read(controlPlane, machines);
            Map<String, JsonNode> earlier = before;
            output.print(Json.of(List.copyOf(now.values())), () -> readable(earlier, now));
            before = now;
        }
    }

    private Map<String, JsonNode> read(ControlPlane controlPlane, List<String> machines) {
        Map<String, JsonNode> all = new LinkedHashMap<>();
        machines.forEach(machine -> all.put(machine, controlPlane.usage(name, machine)));
        return all;
    }

    static String readable(Map<String, JsonNode> before, Map<String, JsonNode> now) {
        Table table = new Table("MACHINE", "PROCESSORS", "ALLOWED", "THROTTLED", "MEMORY", "ALLOWED", "PROCESSES", "RECEIVED/S", "SENT/S");
        now.forEach((machine, taken) -> {
            JsonNode earlier = before.get(machine);
            double seconds = Math.max(1e-3, Duration.between(at(earlier), at(taken)).toNanos() / 1e9);
            double cpu = grown(earlier, taken, "cpuNanos") / seconds / 1e9;
            double throttled = grown(earlier, taken, "throttledNanos") / seconds / 1e9;
            table.row(machine, "%.2f".formatted(cpu), "%.2f".formatted(taken.path("allowedCpuMillis").asLong() / 1000.0), "%.0f %%".formatted(100 * throttled),
                size(taken.path("memoryBytes").asDouble()), size(taken.path("allowedMemoryBytes").asDouble()), taken.path("processes").asText(),
                size(grown(earlier, taken, "receivedBytes") / seconds), size(grown(earlier, taken, "sentBytes") / seconds));
        });
        return table.toString().stripTrailing();
    }

    private static Instant at(JsonNode usage) {
        return Instant.parse(usage.path("at").asText());
    }

    /** A machine that was started again meanwhile counts from nothing. */
    private static double grown(JsonNode before, JsonNode now, String field) {
        long difference = now.path(field).asLong() - before.path(field).asLong();
        return difference < 0 ? now.path(field).asLong() : difference;
    }

    private static String size(double bytes) {
        return bytes < KIBIBYTE ? "%.0f B".formatted(bytes) : bytes < KIBIBYTE * KIBIBYTE ? "%.1f KiB".formatted(bytes / KIBIBYTE) : "%.1f MiB".formatted(bytes / KIBIBYTE / KIBIBYTE);
    }

    private void rest() {
        try {
            Thread.sleep(Duration.ofSeconds(every));
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new CliException("interrupted");
        }
    }
}
