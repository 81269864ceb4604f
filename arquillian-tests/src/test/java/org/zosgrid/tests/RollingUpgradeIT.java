package org.zosgrid.tests;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.zosgrid.cli.CliException;
import org.zosgrid.cli.stage.Cast;
import org.zosgrid.cli.stage.Installation;
import org.zosgrid.cli.stage.Leftovers;
import org.zosgrid.cli.stage.SecondServer;
import org.zosgrid.cli.stage.Stage;
import org.zosgrid.cli.terminal.Steps;
import org.zosgrid.client.ControlPlaneClient;
import org.zosgrid.client.rest.api.DeploymentsApi;
import org.zosgrid.client.rest.model.ProcessTrack;
import org.zosgrid.tests.container.ControlPlaneContainer;
import org.zosgrid.tests.container.StageNumber;
import org.zosgrid.workloads.ticket.JiraServer;

/**
 * A server of the next version joins, works beside the old one, and takes over; callers notice nothing. On a stage of its own, since no server of
 * this version could go on afterwards with what the next one began. Its tickets lie in Jira, so people decide there first: the shared stage has the other system.
 */
class RollingUpgradeIT {
    private static final Path HOME = Path.of("target/rolling").toAbsolutePath();

    private final Stage stage;
    private final JiraServer jira = new JiraServer();

    RollingUpgradeIT() throws IOException {
        Path password = Files.writeString(Files.createDirectories(HOME).resolve("jira-password"), JiraServer.PASSWORD);
        stage = new Stage(HOME.resolve("stage"), new Installation(Path.of("..").toAbsolutePath().normalize()), StageNumber.take()).with("zos.workflow.retry-pause", "PT1S")
                .with("zos.tickets.system", "jira")
                .with("zos.tickets.url", jira.address().toString())
                .with("zos.tickets.user", JiraServer.USER)
                .with("zos.tickets.password-file", password.toString())
                .with("zos.tickets.project", JiraServer.PROJECT)
                .with("zos.tickets.pause", "PT1S");
    }

    @AfterEach
    void tearDown() {
        jira.close();
        stage.down();
        new Leftovers(stage).check();
        stage.erase();
    }

    @Test
    void processesFinishOnTheVersionTheyBeganWithAndNobodyIsTurnedAway() throws Exception {
        stage.erase();
        List<String> whileItStarts = new CopyOnWriteArrayList<>();
        try (Proxy proxy = new Proxy(whileItStarts)) {
            stage.up(new Steps(System.out));
            stage.await("control-plane", () -> !whileItStarts.isEmpty());
        }
        assertThat(whileItStarts).as("what a proxy is told before everything answers").allSatisfy(answer -> assertThat(answer).contains("\"name\":\"ready\"").endsWith(" 200"));
        TicketReaders.decideInJira(stage, jira);
        Story begun = new Story(stage, "begun-before", 61);
        begun.open();
        try (Caller caller = new Caller(stage.controlPlaneAddress());
                SecondServer next = SecondServer.join(stage, ControlPlaneContainer.installation(HOME.resolve("next"), NextVersion.application()))) {
            Story between = new Story(stage, "begun-between", 62);
            between.open(); // submitted to the old server; its diagram has a step that only the new one can do
            caller.through(next.address());
            begun.through(next.address()).approve(1);
            begun.reach(1, "running");
            try (Frozen old = Frozen.controlPlaneOf(stage)) {
                Story after = new Story(stage, "begun-after", 63).through(next.address());
                after.open();
                for (Story story : List.of(between.through(next.address()), after)) {
                    story.approve(1);
                    story.reach(1, "running");
                    assertThat(story.answers()).as("the page of " + story.name()).isTrue();
                }
                assertThat(track(begun, next.address()).getDone()).doesNotContain(NextVersion.STEP);
                assertThat(track(between, next.address()).getDone()).contains(NextVersion.STEP);
                assertThat(track(after, next.address()).getDone()).contains(NextVersion.STEP);
                assertThat(track(after, next.address()).getVersion()).isGreaterThan(track(begun, next.address()).getVersion());
            }
            assertThat(caller.failures()).as("calls that failed").isEmpty();
            assertThat(caller.calls()).as("calls in all").isGreaterThan(100);
        }
    }

    private ProcessTrack track(Story story, URI server) {
        return new DeploymentsApi(ControlPlaneClient.signing(server, stage.cast().key(Cast.REQUESTER))).versionProcess(story.name(), 1L, null);
    }

    /** Asks the first server whether it is ready, and when it says yes, lets a caller through; keeps what both were answered. Nobody who listens is no answer. */
    private final class Proxy implements AutoCloseable {
        private final HttpClient http = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
        private final List<String> answers;
        private final Thread thread;
        private volatile boolean over;

        Proxy(List<String> answers) {
            this.answers = answers;
            thread = Thread.ofPlatform().name("proxy").start(this::watch);
        }

        private void watch() {
            while (!over) {
                try {
                    HttpResponse<String> ready = ask("/health/ready");
                    if (ready.statusCode() == 200) {
                        answers.add(ready.body() + " " + ask("/api/health").statusCode());
                    }
                    Thread.sleep(Duration.ofMillis(100));
                } catch (IOException | CliException nobodyListens) {
                    LockSupport.parkNanos(Duration.ofMillis(100).toNanos());
                } catch (InterruptedException ended) {
                    return;
                }
            }
        }

        private HttpResponse<String> ask(String path) throws IOException, InterruptedException {
            return http.send(HttpRequest.newBuilder(stage.controlPlaneAddress().resolve(path)).timeout(Duration.ofSeconds(30)).build(), BodyHandlers.ofString());
        }

        @Override
        public void close() throws InterruptedException {
            over = true;
            thread.join();
        }
    }

    /** Calls again and again whichever server a proxy would send it to, and remembers what went wrong. */
    private final class Caller implements AutoCloseable {
        private final AtomicReference<URI> server;
        private final List<String> failures = new CopyOnWriteArrayList<>();
        private final Thread thread;
        private volatile int calls;
        private volatile boolean over;

        Caller(URI first) {
            server = new AtomicReference<>(first);
            thread = Thread.ofPlatform().name("caller").start(this::call);
        }

        void through(URI other) {
            server.set(other);
        }

        List<String> failures() {
            return List.copyOf(failures);
        }

        int calls() {
            return calls;
        }

        private void call() {
            while (!over) {
                URI called = server.get();
                try {
                    new DeploymentsApi(ControlPlaneClient.signing(called, stage.cast().key(Cast.REQUESTER))).listDeployments(null, null, null, 10, null, null);
                    calls = calls + 1;
                    Thread.sleep(Duration.ofMillis(100));
                } catch (InterruptedException ended) {
                    return;
                } catch (RuntimeException failed) {
                    failures.add(called + ": " + failed);
                }
            }
        }

        @Override
        public void close() throws InterruptedException {
            over = true;
            thread.join();
        }
    }
}
