package org.zosgrid.tests;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.zosgrid.tests.container.ControlPlaneContainer;

/** Who watches the control plane: an orchestrator that asks for its health, and a collector of figures. */
final class Watchers {
    private static final HttpClient HTTP = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    private Watchers() {}

    static void seeADatabaseHang() throws Exception {
        assertThat(status("/health/started")).isEqualTo(200);
        assertThat(status("/health/live")).isEqualTo(200);
        assertThat(status("/health/ready")).isEqualTo(200);
        List<String> database = database();
        signal("-STOP", database);
        try {
            await("/health/ready", 503);
            assertThat(status("/health/live")).as("live while the database hangs").isEqualTo(200);
            assertThat(status("/api/health")).isEqualTo(503);
            assertThat(status("/metrics")).as("figures while the database hangs").isEqualTo(503);
            HttpResponse<String> refused = ask("/api/deployments", "nobody's");
            assertThat(refused.statusCode()).as("who asks is looked up in the database").isEqualTo(503);
            assertThat(refused.body()).contains("The database does not answer");
        } finally {
            signal("-CONT", database);
        }
        await("/health/ready", 200);
    }

    static void collect() throws Exception {
        assertThat(ask("/metrics", "wrong").statusCode()).isEqualTo(401);
        HttpResponse<String> figures = ask("/metrics", ControlPlaneContainer.METRICS_TOKEN);
        assertThat(figures.statusCode()).isEqualTo(200);
        assertThat(figures.body()).contains("# TYPE zos_changes gauge", "zos_ledger_entries ", "zos_witness_lag_entries{witness=\"compute-1\"}", "zos_engine_jobs_failed 0", "zos_webhook_dead_letters ",
                "zos_mail_waiting ");
    }

    static void followATrace() throws Exception {
        Set<String> others = traces().keySet(); // Of tests in which a control plane is killed, with the spans that it had not sent.
        Story story = new Story(ControlPlaneContainer.stage(), "traced", 35);
        story.open();
        story.approve(1);
        story.reach(1, "running");
        story.remove();
        Instant end = Instant.now().plus(Duration.ofSeconds(60));
        // One trace for the deployment, one for its removal.
        while (complete(others).isEmpty()) {
            assertThat(Instant.now()).as("a whole trace within a minute; told were " + ControlPlaneContainer.traces().spans()).isBefore(end);
            Thread.sleep(200);
        }
        assertThat(complete(others)).allSatisfy(names -> assertThat(names).contains("POST /api/deployments", "submitted", "approved", "sealed", "receipt"));
    }

    /** The names of spans, of every trace that a node's receipt is in and that is not one of others. */
    private static List<Set<String>> complete(Set<String> others) {
        Map<String, Set<String>> traces = traces();
        traces.keySet().removeAll(others);
        return traces.values().stream().filter(names -> names.contains("receipt") && names.contains("POST /api/deployments")).toList();
    }

    /** The names of spans, by trace. */
    private static Map<String, Set<String>> traces() {
        Map<String, Set<String>> traces = new HashMap<>();
        ControlPlaneContainer.traces().spans().forEach(span -> traces.computeIfAbsent(span.trace(), first -> new TreeSet<>()).add(span.name()));
        return traces;
    }

    private static void await(String path, int expected) throws Exception {
        Instant end = Instant.now().plus(Duration.ofSeconds(60));
        while (status(path) != expected) {
            assertThat(Instant.now()).as(path + " answers " + expected + " within a minute").isBefore(end);
            Thread.sleep(200);
        }
    }

    private static int status(String path) throws Exception {
        return ask(path, "").statusCode();
    }

    private static HttpResponse<String> ask(String path, String token) throws Exception {
        URI server = ControlPlaneContainer.stage().controlPlaneAddress();
        return HTTP.send(HttpRequest.newBuilder(server.resolve(path)).timeout(Duration.ofSeconds(20)).header("Authorization", "Bearer " + token).build(), BodyHandlers.ofString());
    }

    /** PostgreSQL's own process and one for each connection. */
    private static List<String> database() throws Exception {
        Path pidFile = ControlPlaneContainer.stage().home().resolve("control-plane/state/database/data/postmaster.pid");
        long server = Long.parseLong(Files.readAllLines(pidFile).getFirst().strip());
        List<String> all = new ArrayList<>(List.of(Long.toString(server)));
        ProcessHandle.of(server).orElseThrow().descendants().forEach(each -> all.add(Long.toString(each.pid())));
        return all;
    }

    private static void signal(String signal, List<String> processes) throws Exception {
        List<String> command = new ArrayList<>(List.of("kill", signal));
        command.addAll(processes);
        new ProcessBuilder(command).inheritIO().start().waitFor();
    }
}
