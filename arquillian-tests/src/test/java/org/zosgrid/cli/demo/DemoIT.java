package org.zosgrid.cli.demo;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.zosgrid.cli.Zos;
import org.zosgrid.cli.image.ImagePublication;
import org.zosgrid.cli.stage.Cast;
import org.zosgrid.cli.stage.Installation;
import org.zosgrid.cli.stage.Leftovers;
import org.zosgrid.cli.stage.Stage;
import org.zosgrid.cli.terminal.Json;
import org.zosgrid.cli.terminal.Steps;
import org.zosgrid.contract.document.Deployment;
import org.zosgrid.contract.document.Receipt.Outcome;
import org.zosgrid.contract.envelope.Envelope;
import org.zosgrid.contract.envelope.PayloadType;
import org.zosgrid.contract.ledger.LedgerKey;
import org.zosgrid.contract.ledger.Witness;
import org.zosgrid.contract.transport.ManagementIdentity;
import org.zosgrid.contract.transport.ManagementTls;
import org.zosgrid.node.api.NodeApiClient;
import org.zosgrid.tests.container.StageNumber;

/**
 * The demonstration itself, the benchmark, and what neither shows: nodes that are killed. Needs root; each test has a stage of its own. Stands here and not
 * beside the demonstration, since it needs everything built; in its package, since it looks over its shoulder.
 */
class DemoIT {
    private static final Path HOME = Path.of("target/zos").toAbsolutePath();
    private Optional<Stage> stage = Optional.empty();

    @BeforeAll
    static void installation() {
        System.setProperty("zos.install", Path.of("..").toAbsolutePath().normalize().toString());
        System.setProperty("zos.home", HOME.toString());
    }

    @AfterEach
    void tearDown() {
        stage.ifPresent(used -> {
            used.down();
            new Leftovers(used).check();
        });
    }

    @Test
    void theWholeStoryIsPlayedAndLeavesNothingBehind() throws Exception {
        assertThat(Zos.run("demo", "--once", "--stage", Integer.toString(StageNumber.take()))).isZero();
    }

    @Test
    void aDemonstrationThatIsEndedByASignalTakesItsStageDown() throws Exception {
        Stage played = numbered();
        Process demo = zos("demo", "--once", "--stage", Integer.toString(played.network().number()));
        try (BufferedReader said = demo.inputReader()) {
            assertThat(said.lines().anyMatch(line -> line.contains("both nodes boot"))).as("nodes run").isTrue();
            demo.toHandle().destroy(); // the process itself would close what it says, too
            String rest = said.readAllAsString();
            assertThat(demo.onExit()).succeedsWithin(Duration.ofMinutes(2));
            assertThat(played.isUp()).as(rest).isFalse();
        }
        new Leftovers(played).check();
    }

    @Test
    void commandsFindAStageWhoseStartWasGivenUp() throws Exception {
        Stage begun = numbered();
        Path secret = Files.writeString(Files.createDirectories(HOME).resolve("database-password"), "secret");
        Process up = zos("up", "--stage", Integer.toString(begun.network().number()), "--set", "zos.database.url=jdbc:postgresql://127.0.0.1:1/nobody", "--set", "zos.database.user=zos", "--set",
                "zos.database.password-file=" + secret);
        String said = up.inputReader().readAllAsString();
        assertThat(up.onExit()).succeedsWithin(Duration.ofMinutes(4));
        assertThat(up.exitValue()).isEqualTo(1);
        assertThat(said).contains("control-plane ended before it was ready").contains("'./zos down --stage " + begun.network().number() + "' stops it all");
        assertThat(HOME.resolve("context.properties")).content().contains("server=" + begun.controlPlaneAddress(), "trust-root=" + begun.cast().trustRootFile());
    }

    private Stage numbered() throws IOException {
        int number = StageNumber.take();
        Stage numbered = new Stage(HOME.resolve("stage-" + number), Installation.here(), number);
        stage = Optional.of(numbered);
        return numbered;
    }

    /** The command line in a process of its own. */
    private static Process zos(String... arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of(Installation.here().java().toString(), "--enable-native-access=ALL-UNNAMED", "-Dzos.install=" + System.getProperty("zos.install"), "-Dzos.home=" + HOME, "-cp",
                Installation.here().home().resolve("cli/target/release/lib") + "/*", "org.zosgrid.cli.Zos"));
        command.addAll(List.of(arguments));
        Files.createDirectories(HOME);
        return new ProcessBuilder(command).redirectErrorStream(true).start();
    }

    @Test
    void theBenchmarkMeasuresAndLeavesNothingBehind() throws Exception {
        Path file = HOME.resolve("main.json");
        Files.createDirectories(HOME);
        assertThat(Zos.run("bench", "main", "--runs", "1", "--stage", Integer.toString(StageNumber.take()), "--json", file.toString())).isZero();
        JsonNode measured = Json.parse(Files.readAllBytes(file), file.toString()).path(0);
        assertThat(measured.path("name").asText()).isEqualTo("main: last approval to first HTTP 200");
        assertThat(measured.path("ours").asDouble()).isPositive();
    }

    @Test
    void nodesThatAreKilledCarryOn() throws Exception {
        Stage played = new Stage(HOME.resolve("killed"), Installation.here(), StageNumber.take());
        stage = Optional.of(played);
        played.erase();
        played.up(new Steps(new PrintStream(PrintStream.nullOutputStream())));
        Cast cast = played.cast();
        byte[] sealed = seal(played, cast);
        Internet internet = new Internet(played);
        for (String node : List.of(Stage.COMPUTE, Stage.GATEWAY)) {
            try (NodeLog log = new NodeLog(played, node)) {
                log.append(sealed);
                // Killed at once: the contract is in the log, and perhaps half of it done.
                played.process(node).kill();
            }
            played.startNode(node);
            played.await(node, () -> played.answers(played.store(node)));
            try (NodeLog log = new NodeLog(played, node)) {
                assertThat(log.await(0, receipt -> receipt.outcome() == Outcome.RUNNING).version()).isEqualTo(1);
            }
        }
        new NodeApiClient(played.address(Stage.GATEWAY), ManagementTls.context(ManagementIdentity.read(played.controlPlaneTls()))).expose(Documents.NAME, Documents.ROUTE);
        answers(internet);
        for (String node : List.of(Stage.COMPUTE, Stage.GATEWAY)) {
            played.process(node).kill();
            played.startNode(node);
            played.await(node, () -> played.answers(played.store(node)));
        }
        answers(internet);
        try (NodeLog log = new NodeLog(played, Stage.COMPUTE)) {
            long receipts = log.receipts();
            log.append(sealed);
            assertThat(log.await(receipts, receipt -> true).reason()).isEqualTo("replayed");
        }
        // A killed control plane cannot take its PostgreSQL along; taking the stage down must find and end it.
        played.process("control-plane").kill();
    }

    private static byte[] seal(Stage played, Cast cast) throws Exception {
        Path directory = Files.createTempDirectory("zos-demo-it");
        try {
            String fingerprint = new ImagePublication(played.hub(), cast.key(Cast.IMAGE_SIGNER))
                    .publish(DemoImage.build(directory, "1.0"), "1.0", "demo/web:1.0", (done, total) -> {})
                    .flist();
            Deployment document = Documents.deployment(Documents.NAME, 1, "demo/web:1.0@sha256:" + fingerprint, Documents.HOST);
            Envelope approved = Envelope.sign(PayloadType.DEPLOYMENT, document.toJson(), cast.key(Cast.REQUESTER), cast.key("bob"), cast.key("dave"));
            Witness witness = new Witness(LedgerKey.read(cast.witnessFile(Stage.GATEWAY)), cast.ledger().verifiers(), Optional.empty());
            return new Notary(cast.ledger()).seal(approved, Documents.NAME, 1, note -> witness.cosign(note, List.of(), Instant.now()).lines());
        } finally {
            DemoImage.remove(directory);
        }
    }

    /** The overlay shakes hands again after a start, so the page may take some seconds. */
    private static void answers(Internet internet) {
        assertThat(CompletableFuture.runAsync(() -> {
            while (!internet.get(Documents.HOST).output().equals(DemoImage.PAGE)) {
                Thread.onSpinWait();
            }
        })).succeedsWithin(Duration.ofSeconds(40));
    }
}
