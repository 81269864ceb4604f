package org.zosgrid.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.Base64;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.zosgrid.cli.client.RestServer;
import org.zosgrid.contract.document.Deployment;
import org.zosgrid.contract.document.Emergency;
import org.zosgrid.contract.document.EmergencyReview;
import org.zosgrid.contract.envelope.Envelope;
import org.zosgrid.contract.envelope.PayloadType;
import org.zosgrid.contract.key.SigningKey;

/** Emergencies and their reviews as they are typed. */
class EmergencyCommandTest {
    private static final SigningKey DAVE = SigningKey.generate();
    private static final Instant NOW = Instant.now().truncatedTo(ChronoUnit.SECONDS);
    private static final String YAML = """
            name: shop
            version: 3
            requester: alice
            environment: production
            expires: %s
            network: {name: shop-net, subnet: 10.40.0.0/24}
            machines:
              - {name: web, node: compute-1, image: "demo/web:1.0@sha256:%s", cpuMillis: 500, memory: 64MiB}
            """.formatted(NOW.plus(Duration.ofHours(1)), "a".repeat(64));
    private static final Envelope URGENT = Envelope.sign(PayloadType.DEPLOYMENT, Deployment.fromYaml(YAML).withEmergency(Optional.of(new Emergency("the shop is \u001b[31mdown", NOW.plus(Duration.ofHours(4))))).toJson(), DAVE);
    private static final String EMERGENCY = "{\"name\":\"shop\",\"version\":3,\"state\":\"ended\",\"requester\":\"alice\",\"approvedBy\":[\"bob\"],\"environment\":\"production\",\"reason\":\"the shop is down\",\"digest\":\"d\","
            + "\"sealedAt\":\"2026-11-26T02:00:00Z\",\"until\":\"2026-11-26T06:00:00Z\",\"endedAt\":\"2026-11-26T06:00:00Z\",\"reviewedAt\":null,\"overdueAt\":\"2026-12-03T06:00:00Z\",\"review\":null}";

    private final RestServer server = new RestServer(DAVE.verificationKey());

    @TempDir
    Path directory = Path.of("");

    @BeforeEach
    void files() throws Exception {
        DAVE.write(directory.resolve("dave.pem"), Optional.empty());
        Files.writeString(directory.resolve("shop.yaml"), YAML);
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void aDeploymentIsMadeAnEmergencyAndSignedAsOne() {
        server.answer("POST /api/deployments", 202, "{}");
        assertThat(zos("deploy", "-f", directory.resolve("shop.yaml").toString(), "--emergency", "the shop is down", "--until", "PT2H").exit()).isZero();
        Deployment sent = Deployment.parse(Envelope.parse(server.received().getLast().body()).payload());
        assertThat(sent.emergency()).hasValueSatisfying(emergency -> {
            assertThat(emergency.reason()).isEqualTo("the shop is down");
            assertThat(emergency.until()).isBetween(NOW.plus(Duration.ofHours(2)), Instant.now().plus(Duration.ofHours(2)));
        });
        assertThat(zos("deploy", "-f", directory.resolve("shop.yaml").toString(), "--until", "PT2H").err()).contains("--until: is for emergency changes");
        assertThat(zos("deploy", "-f", directory.resolve("shop.yaml").toString(), "--emergency", "now", "--until", "soon").err()).contains("--until: must be a duration in ISO 8601");
    }

    @Test
    void whoeverApprovesIsToldLoudlyFromTheSignedBytes() {
        assertThat(DocumentText.of(Deployment.parse(URGENT.payload()))).contains("!! THIS IS AN EMERGENCY CHANGE !!").contains("it ends at " + NOW.plus(Duration.ofHours(4)) + " on every node by itself")
                .contains("reason: the shop is \\u{1b}[31mdown").doesNotContain("\u001b");
        assertThat(DocumentText.of(Deployment.fromYaml(YAML))).doesNotContain("EMERGENCY");
    }

    @Test
    void emergenciesAreListedWithWhatIsOwed() {
        server.answer("GET /api/emergencies", 200, "{\"items\":[" + EMERGENCY + "," + EMERGENCY.replace("\"version\":3", "\"version\":2").replace("\"reviewedAt\":null", "\"reviewedAt\":\"2026-11-27T00:00:00Z\"")
                .replace("\"review\":null", "\"review\":{\"name\":\"review-shop\",\"version\":1,\"verdict\":\"justified\"}") + "]}");
        assertThat(zos("emergency", "list").out()).contains("OWED since 2026-11-26T06:00:00Z, no other emergency from 2026-12-03T06:00:00Z on").contains("justified, by review-shop version 1");
        assertThat(zos("emergency", "list", "--unreviewed").out()).contains("OWED").doesNotContain("justified");
    }

    @Test
    void aReviewNamesTheEmergencyByItsSignedBytes() {
        server.answer("GET /api/deployments/shop/versions/3", 200, "{\"name\":\"shop\",\"version\":3,\"envelope\":\"" + Base64.getEncoder().encodeToString(URGENT.toJson()) + "\"}")
                .answer("GET /api/deployments/review-shop", 404, "{\"title\":\"none\",\"status\":404}").answer("POST /api/reviews", 202, "{}");
        Ran ran = zos("review", "shop", "3", "--verdict", "not-justified", "--findings", "there was time", "--requester", "dave");
        assertThat(ran).extracting(Ran::exit, Ran::err).containsExactly(0, "");
        assertThat(ran.out()).startsWith("submitted the review of shop version 3 as review-shop version 1");
        EmergencyReview sent = EmergencyReview.parse(Envelope.parse(server.received().getLast().body()).payload());
        assertThat(sent.digest()).isEqualTo(URGENT.digest());
        assertThat(sent.askedBy()).isEqualTo("alice");
        assertThat(DocumentText.of(sent)).contains("FINDS the emergency shop version 3 NOT JUSTIFIED: there was time").contains(URGENT.digest());
        assertThat(zos("review", "shop", "3", "--verdict", "fine", "--findings", "x", "--requester", "dave").err()).contains("--verdict: must be justified or not-justified (is: fine)");
        assertThat(zos("review", "shop", "3", "--verdict", "justified", "--findings", "x", "--requester", "alice").err()).contains("must not be who asked for the emergency");
    }

    private Ran zos(String... arguments) {
        String[] all = Arrays.copyOf(arguments, arguments.length + 4);
        System.arraycopy(new String[] {"--server", server.address().toString(), "--key", directory.resolve("dave.pem").toString()}, 0, all, arguments.length, 4);
        return Ran.zos(all);
    }
}
