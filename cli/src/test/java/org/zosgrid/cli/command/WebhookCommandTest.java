package org.zosgrid.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.zosgrid.cli.client.RestServer;
import org.zosgrid.cli.stage.Cast;
import org.zosgrid.contract.key.SigningKey;

/** {@code zos webhook} and {@code zos config} as they are typed. */
class WebhookCommandTest {
    private static final SigningKey DAVE = SigningKey.generate();
    private static final String WEBHOOK = "{\"id\":3,\"url\":\"https://hooks.example.org/zos\",\"types\":[],\"secret\":%s,\"secretFile\":null,\"creator\":\"dave\",\"createdAt\":\"x\",\"waiting\":2,\"dead\":1}";

    private final RestServer server = new RestServer(DAVE.verificationKey());

    @TempDir
    Path directory = Path.of("");

    @BeforeEach
    void key() {
        DAVE.write(directory.resolve("dave.pem"), Optional.empty());
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void aSubscriptionIsMadeAndItsSecretShown() {
        server.answer("POST /api/webhooks", 201, WEBHOOK.formatted("\"whsec_c2VjcmV0\""));
        Ran ran = webhook("add", "https://hooks.example.org/zos", "--type", "org.zosgrid.change.sealed");
        assertThat(ran).extracting(Ran::exit, Ran::err).containsExactly(0, "");
        assertThat(ran.out()).contains("webhook 3 to https://hooks.example.org/zos").contains("whsec_c2VjcmV0").contains("not shown again");
        assertThat(new String(server.received().getLast().body(), StandardCharsets.UTF_8).replaceAll("\\s", "")).isEqualTo("{\"url\":\"https://hooks.example.org/zos\",\"types\":[\"org.zosgrid.change.sealed\"]}");
    }

    @Test
    void whoIsSubscribedIsListed() {
        server.answer("GET /api/webhooks", 200, "{\"items\":[" + WEBHOOK.formatted("null") + "]}");
        assertThat(webhook("list").out()).contains("https://hooks.example.org/zos").contains("all").contains("made here");
    }

    @Test
    void aTestThatDoesNotArriveIsAFailure() {
        server.answer("POST /api/webhooks/3/tests", 200, "{\"delivered\":false,\"failure\":\"answered 503\"}").answer("POST /api/webhooks/4/tests", 200, "{\"delivered\":true,\"failure\":\"\"}");
        assertThat(webhook("test", "3")).extracting(Ran::exit, Ran::out).containsExactly(1, "it did not arrive: answered 503\n");
        assertThat(webhook("test", "4")).extracting(Ran::exit, Ran::out).containsExactly(0, "it arrived\n");
    }

    @Test
    void deadLettersAreReadPageByPageRetriedAndDropped() {
        String letter = "{\"webhook\":3,\"index\":%d,\"subject\":\"shop\",\"attempts\":12,\"failure\":\"answered 500\",\"at\":\"x\"}";
        server.answer("GET /api/webhooks/dead-letters?limit=100", 200, "{\"items\":[" + letter.formatted(7) + "],\"next\":\"3.7\"}")
                .answer("GET /api/webhooks/dead-letters?limit=100&cursor=3.7", 200, "{\"items\":[" + letter.formatted(8) + "],\"next\":null}")
                .answer("POST /api/webhooks/3/dead-letters/7/retries", 204, "").answer("DELETE /api/webhooks/3/dead-letters/8", 204, "").answer("DELETE /api/webhooks/3", 204, "");
        assertThat(webhook("dead-letters").out().lines()).hasSize(3);
        assertThat(webhook("retry", "3", "7")).extracting(Ran::exit, Ran::err).containsExactly(0, "");
        assertThat(webhook("drop", "3", "8")).extracting(Ran::exit, Ran::err).containsExactly(0, "");
        assertThat(webhook("remove", "3")).extracting(Ran::exit, Ran::err).containsExactly(0, "");
        assertThat(server.received()).extracting(RestServer.Received::line).endsWith("POST /api/webhooks/3/dead-letters/7/retries", "DELETE /api/webhooks/3/dead-letters/8", "DELETE /api/webhooks/3");
    }

    @Test
    void theConfigurationIsShownWithItsSourcesAndFailsAsTheControlPlaneWould() throws IOException {
        Cast.in(directory).trustRoot();
        Files.createFile(directory.resolve("ledger.json"));
        Files.writeString(directory.resolve("nodes.json"), "{\"nodes\": []}");
        Path file = directory.resolve("zos.properties");
        String good = "zos.state=%1$s/state\nzos.trust-root=%1$s/root.json\nzos.ledger-key=%1$s/ledger.json\nzos.inventory=%1$s/nodes.json\nzos.management-tls=%1$s\nzos.http.port=8080\n".formatted(directory)
                + "zos.hub=http://me:hunter2@hub.example\n";
        Files.writeString(file, good);
        Ran ran = Ran.zos("config", "show", "--config", file.toString());
        assertThat(ran).extracting(Ran::exit, Ran::err).containsExactly(0, "");
        assertThat(ran.out()).containsPattern("zos\\.webhooks\\.attempts +12 +default").containsPattern("zos\\.http\\.port +8080 +" + file).contains("http://***@hub.example").doesNotContain("hunter2");
        assertThat(Ran.zos("config", "show", "--config", Files.writeString(directory.resolve("wrong.properties"), good + "zos.workflow.windows=" + directory.resolve("ledger.json") + "\n").toString()))
                .satisfies(refused -> assertThat(refused.err()).contains("zos.workflow.windows: must have windows such as {\"windows\":"));
        Files.writeString(file, good + "zos.http.prot=1\n");
        assertThat(Ran.zos("config", "show", "--config", file.toString())).satisfies(refused -> {
            assertThat(refused.exit()).isEqualTo(1);
            assertThat(refused.err()).contains("zos.http.prot: is unknown; the nearest known one is zos.http.port");
        });
    }

    private Ran webhook(String... arguments) {
        List<String> all = new ArrayList<>(List.of("webhook"));
        all.addAll(List.of(arguments));
        all.addAll(List.of("--server", server.address().toString(), "--key", directory.resolve("dave.pem").toString()));
        return Ran.zos(all.toArray(String[]::new));
    }
}
