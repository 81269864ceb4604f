package org.zosgrid.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.zosgrid.cli.client.RestServer;
import org.zosgrid.contract.document.Model;
import org.zosgrid.contract.document.Model.Language;
import org.zosgrid.contract.envelope.Envelope;
import org.zosgrid.contract.key.SigningKey;

/** {@code zos model} as it is typed. */
class ModelCommandTest {
    private static final SigningKey ALICE = SigningKey.generate();
    private static final Instant NOW = Instant.now().truncatedTo(ChronoUnit.SECONDS);

    private final RestServer server = new RestServer(ALICE.verificationKey());

    @TempDir
    Path directory = Path.of("");

    @BeforeEach
    void key() {
        ALICE.write(directory.resolve("alice.pem"), Optional.empty());
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void theFileIsPrintedAsItWasSigned() {
        answerVersion(1, "<a>\n  ß</a>");
        answerVersion(2, "");
        assertThat(model("file", "own", "1")).extracting(Ran::exit, Ran::out).containsExactly(0, "<a>\n  ß</a>");
        assertThat(model("file", "own", "2").err()).contains("VERSION: takes the model out of force and has no file (is: 2)");
        assertThat(model("file", "own", "first").err()).contains("first");
    }

    private void answerVersion(long version, String file) {
        Model model = new Model("own", version, "alice", NOW, NOW.plus(Duration.ofHours(1)), "ours", Language.BPMN, file, "");
        Envelope envelope = Envelope.sign(model.payloadType(), model.toJson(), ALICE);
        server.answer("GET /api/deployments/own/versions/" + version, 200, "{\"name\":\"own\",\"version\":" + version + ",\"envelope\":\"" + Base64.getEncoder().encodeToString(envelope.toJson()) + "\"}");
    }

    @Test
    void templatesArePrintedAsTheModelerReadsThem() {
        server.answer("GET /api/models/templates", 200, "{\"templates\":[{\"id\":\"org.zosgrid.verify\"}]}");
        assertThat(model("templates").out().replaceAll("\\s", "")).isEqualTo("[{\"id\":\"org.zosgrid.verify\"}]");
    }

    @Test
    void aFileThatIsNoModelIsNamed() {
        Ran ran = model("check", directory.resolve("shop.yaml").toString());
        assertThat(ran.exit()).isEqualTo(1);
        assertThat(ran.err()).contains("FILE: must be a process, which ends with .bpmn, or a decision table, which ends with .dmn (is: ").contains("shop.yaml");
    }

    @Test
    void nothingThatCouldBeMovedIsSaid() {
        server.answer("GET /api/models/own/migrations/1", 200, "{\"instances\":[{\"instance\":\"i-1\",\"change\":\"shop:1\",\"at\":[\"seal\"],\"obstacles\":[\"seal is under way\"]}]}");
        assertThat(model("preview", "own", "--from", "1").out()).contains("shop:1").contains("seal is under way");
        Ran none = model("migrate", "own", "--from", "1", "--all");
        assertThat(none.exit()).isEqualTo(1);
        assertThat(none.err()).contains("--all: nothing is under way by version 1 of own that could be moved");
        assertThat(server.received()).noneMatch(each -> each.line().startsWith("POST"));
    }

    @Test
    void aNameThatIsNoneIsAskedForAsItIs() {
        server.answer("GET /api/models/no%20such/migrations/1", 404, "{\"title\":\"There is no such model\",\"status\":404}");
        assertThat(model("preview", "no such", "--from", "1").err()).contains("zos: There is no such model");
    }

    private Ran model(String... arguments) {
        List<String> all = new ArrayList<>(List.of("model"));
        all.addAll(List.of(arguments));
        all.addAll(List.of("--server", server.address().toString(), "--key", directory.resolve("alice.pem").toString()));
        return Ran.zos(all.toArray(String[]::new));
    }
}
