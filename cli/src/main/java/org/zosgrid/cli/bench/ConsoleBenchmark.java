package org.zosgrid.cli.bench;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.zosgrid.cli.CliException;
import org.zosgrid.cli.stage.Installation;
import org.zosgrid.cli.stage.Stage;
import org.zosgrid.cli.terminal.Json;
import org.zosgrid.cli.terminal.Steps;

/**
 * How the console feels: Debian's Chromium in front of a stage on which many deployments were submitted through the door that everybody uses. They ask for an image
 * that nobody signed, so their workflows end at once. What is measured stands in {@code console/web/bench}.
 */
public final class ConsoleBenchmark {
    private static final String UNSIGNED = "bench/none:1@sha256:" + "0".repeat(64);
    private static final double MILLION = 1e6;

    private final Stage stage;
    private final Installation installation;
    private final Steps steps;
    private final int deployments;

    public ConsoleBenchmark(Stage stage, Installation installation, Steps steps, int deployments) {
        this.stage = stage;
        this.installation = installation;
        this.steps = steps;
        this.deployments = deployments;
    }

    public List<Figure> run() throws Exception {
        ManyDeployments many = new ManyDeployments(stage, UNSIGNED, "bench", deployments);
        steps.longStep(deployments + " deployments submitted", progress -> {
            many.submit(progress);
            return true;
        });
        steps.step("Their workflows have ended, and do not work beside what is measured", () -> {
            many.await("invalid");
            return true;
        });
        return figures(steps.step("Measured in Chromium", this::browser));
    }

    private JsonNode browser() throws Exception {
        Path figures = Files.createTempFile("zos-bench-console", ".json");
        try {
            ProcessBuilder command = new ProcessBuilder(installation.home().resolve("console/web/build.sh").toString(), "bench").redirectErrorStream(true);
            command.environment().putAll(Map.of(
                    "CONSOLE", stage.controlPlaneAddress().toString(),
                    "KEYS", stage.cast().keyFile("bob").getParent().toString(),
                    "NAMES", Integer.toString(deployments),
                    "OUT", figures.toString()));
            Process measuring = command.start();
            String said = new String(measuring.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            if (measuring.waitFor() != 0) {
                throw new CliException("the browser's part failed:\n" + said);
            }
            return Json.parse(Files.readAllBytes(figures), "figures");
        } finally {
            Files.delete(figures);
        }
    }

    private static List<Figure> figures(JsonNode measured) {
        return List.of(
                new Figure("first load, cold: interactive (median of 10)", "ms", measured.path("interactive").asDouble(), 1000, "goal", false),
                new Figure("from the key to the first page with its content (median of 10)", "ms", measured.path("opened").asDouble(), 1000, "goal", false),
                new Figure("transferred until then", "bytes", measured.path("bytes").asDouble(), 300 * 1024, "goal", false),
                new Figure("interactions while " + measured.path("listed").asInt() + " deployments are listed and searched, 95th percentile", "ms", measured.path("interaction").asDouble(), 100, "goal", false),
                new Figure("the worst of these", "ms", measured.path("interactionWorst").asDouble(), 100, "goal", false),
                new Figure("100 more rows, from the click, 95th percentile", "ms", measured.path("page").asDouble(), 1000, "goal", false),
                new Figure("a search's answer, from the last key, 95th percentile", "ms", measured.path("answer").asDouble(), 1000, "goal", false),
                new Figure("signing a document in the browser, 95th percentile", "ms", measured.path("signDocument").asDouble(), 200, "goal", false),
                new Figure("signing a request in the browser, 95th percentile", "ms", measured.path("signRequest").asDouble(), 200, "goal", false),
                new Figure("memory after 3,600 live updates", "MB", measured.path("memoryAfter").asDouble() / MILLION, measured.path("memoryBefore").asDouble() / MILLION, "after the first 360", false));
    }
}
