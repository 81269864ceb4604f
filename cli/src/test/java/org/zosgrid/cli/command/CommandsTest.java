package org.zosgrid.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.zosgrid.cli.client.RestServer;
import org.zosgrid.cli.terminal.Json;
import org.zosgrid.contract.document.DataClass;
import org.zosgrid.contract.document.Decommission;
import org.zosgrid.contract.document.Demand;
import org.zosgrid.contract.document.Deployment;
import org.zosgrid.contract.document.Pause;
import org.zosgrid.contract.envelope.Envelope;
import org.zosgrid.contract.envelope.PayloadType;
import org.zosgrid.contract.key.SigningKey;

/** What people type and what they read, with a real HTTP server behind it. */
class CommandsTest {
    private static final SigningKey ALICE = SigningKey.generate();
    private static final String FINGERPRINT = "cd".repeat(32);
    private static final String DOCUMENT = """
            name: shop
            version: 1
            requester: alice
            environment: production
            expires: 2030-01-01T00:00:00Z
            description: The shop
            network:
              name: shop-net
              subnet: 10.40.0.0/24
            machines:
              - name: web
                node: compute-1
                image: demo/web:1.0
                command: []
                environment: {}
                cpuMillis: 500
                memory: 64MiB
                ports: [8080]
            gateways:
              - name: shop
                node: gateway-1
                host: shop.example
                machine: web
                port: 8080
            """;

    private final RestServer server = new RestServer(ALICE.verificationKey());

    @TempDir
    Path directory = Path.of("");

    @BeforeEach
    void files() throws IOException {
        ALICE.write(directory.resolve("alice.pem"), Optional.empty());
        Files.writeString(directory.resolve("shop.yaml"), DOCUMENT);
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void deployPinsSignsAndSubmits() {
        server.answer("GET /api/images?reference=demo/web:1.0", 200, "{\"reference\":\"demo/web:1.0@sha256:" + FINGERPRINT + "\"}");
        server.answer("POST /api/deployments", 202, "{\"name\":\"shop\",\"version\":1,\"digest\":\"d\",\"state\":\"approval\"}");
        Ran ran = zos("deploy", "-f", directory.resolve("shop.yaml").toString());
        assertThat(ran).extracting(Ran::exit, Ran::err).containsExactly(0, "");
        assertThat(ran.out()).contains("submitted shop version 1").contains("it waits for approvals");
        Envelope submitted = Envelope.parse(server.received().getLast().body());
        assertThat(submitted.verifiedBy(id -> Optional.of(ALICE.verificationKey()))).containsExactly(ALICE.id());
        assertThat(Deployment.parse(submitted.payload()).machines().getFirst().image().fingerprint()).contains(FINGERPRINT);
    }

    @Test
    void whatTablesAndTheirAuthorDemandIsBoundIntoWhatIsSigned() {
        server.answer("GET /api/images?reference=demo/web:1.0", 200, "{\"reference\":\"demo/web:1.0@sha256:" + FINGERPRINT + "\"}");
        server.answer("POST /api/demand", 200, "{\"binding\":{\"people\":3,\"groups\":[\"security\"]},\"tables\":[{\"table\":\"quorum\",\"people\":3,\"groups\":[]},{\"table\":\"own\",\"people\":1,\"groups\":[\"security\"]}]}");
        server.answer("POST /api/deployments", 202, "{}").answer("POST /api/pauses", 202, "{}");
        server.answer("GET /api/deployments/shop", 200, "{\"name\":\"shop\",\"version\":7,\"kind\":\"deployment\",\"requester\":\"alice\",\"state\":\"running\"}");
        Ran deployed = zos("deploy", "-f", directory.resolve("shop.yaml").toString(), "--demand-people", "2", "--demand-group", "legal");
        assertThat(deployed.exit()).as(deployed.err()).isZero();
        assertThat(deployed.err()).contains("binds the demand: 3 people, somebody of each of legal, security").contains("the decision table own demands 1 person, somebody of each of security");
        assertThat(Deployment.parse(Envelope.parse(server.received().getLast().body()).payload()).demand()).isEqualTo(new Demand(3, Set.of("legal", "security")));
        Ran paused = zos("pause", "shop", "--reason", "x", "--demand-people", "5");
        assertThat(paused.exit()).as(paused.err()).isZero();
        assertThat(Pause.parse(Envelope.parse(server.received().getLast().body()).payload()).demand()).isEqualTo(new Demand(5, Set.of("security")));
    }

    @Test
    void anApproverReadsWhatIsDemanded() {
        Envelope envelope = Envelope.sign(PayloadType.DEPLOYMENT, Deployment.fromYaml(DOCUMENT + "\ndemand: {people: 3, groups: [security]}\n").toJson(), SigningKey.generate());
        server.answer("GET /api/deployments/shop/versions/1", 200, shown(envelope, "approval"));
        assertThat(zos("approve", "shop", "--version", "1").err()).contains("DEMANDS 3 people, somebody of each of security, whatever the rules say");
    }

    @Test
    void deployWaitsAndItsExitCodeTellsTheEnd() {
        server.answer("GET /api/images?reference=demo/web:1.0", 200, "{\"reference\":\"demo/web:1.0@sha256:" + FINGERPRINT + "\"}");
        server.answer("POST /api/deployments", 202, "{}");
        server.answer("GET /api/deployments/shop/versions/1", 200, "{\"name\":\"shop\",\"version\":1,\"state\":\"provisioning\",\"position\":[\"Append to the nodes' logs\"]}")
                .answer("GET /api/deployments/shop/versions/1", 200, "{\"name\":\"shop\",\"version\":1,\"state\":\"compensated\"}");
        Ran ran = zos("deploy", "-f", directory.resolve("shop.yaml").toString(), "--wait", "30");
        assertThat(ran.exit()).isEqualTo(1);
        assertThat(ran.err()).contains("shop version 1: provisioning, at Append to the nodes' logs");
        assertThat(ran.out()).startsWith("shop version 1: compensated");
    }

    @Test
    void aWrongDocumentIsToldWithoutAnyServer() throws IOException {
        Files.writeString(directory.resolve("shop.yaml"), DOCUMENT.replace("port: 8080", "port: 81").replace("10.40.0.0/24", "10.40.0.0/8"));
        Ran ran = zos("deploy", "-f", directory.resolve("shop.yaml").toString());
        assertThat(ran.exit()).isEqualTo(1);
        assertThat(ran.err()).contains("subnet").contains("10.40.0.0/8").contains("gateways.shop.port").contains("(is: 81)");
        assertThat(server.received()).isEmpty();
        Files.write(directory.resolve("shop.yaml"), new byte[] {'a', (byte) 0xff, 0});
        assertThat(zos("deploy", "-f", directory.resolve("shop.yaml").toString()).err()).contains("shop.yaml: must be text in UTF-8");
    }

    @Test
    void aPlanTellsWhatChangesAndExitsWithOneIfSomethingIsInItsWay() throws IOException {
        Files.writeString(directory.resolve("shop.yaml"), DOCUMENT.replace("version: 1", "version: 2"));
        server.answer("GET /api/images?reference=demo/web:1.0", 200, "{\"reference\":\"demo/web:1.0@sha256:" + FINGERPRINT + "\"}");
        server.answer("GET /api/deployments/shop/versions/1", 200, shown(Envelope.sign(PayloadType.DEPLOYMENT, Deployment.fromYaml(DOCUMENT).toJson(), SigningKey.generate()), "paused"));
        String plan = """
                {"name":"shop","version":2,"faults":[%s],"kinds":["change"],"quorum":2,"mayApprove":["bob","carol"],"rules":["2 people of approver must have approved (0 did)"],
                 "demand":{"people":3,"groups":["security"]},"opensAt":null,"nodes":[{"node":"compute-1","actions":["replace machine web"],"asked":{"cpuMillis":500,"memoryBytes":67108864},"free":null}]}""";
        server.answer("POST /api/plans", 200, plan.formatted("")).answer("POST /api/plans", 200, plan.formatted("\"version: must be 3\""));
        Ran good = zos("plan", "-f", directory.resolve("shop.yaml").toString());
        assertThat(good.exit()).isZero();
        assertThat(good.out()).contains("against version 1, which is paused:").contains("~ version: 1 → 2").contains("compute-1: 0.50 processors and 64 MiB asked for, room unknown")
                .contains("  replace machine web").contains("needs 2 of bob, carol").contains("decision tables demand 3 people, somebody of each of security: 'zos deploy' binds that").contains("nothing is in its way");
        Ran bad = zos("plan", "-f", directory.resolve("shop.yaml").toString());
        assertThat(bad.exit()).isEqualTo(1);
        assertThat(bad.out()).contains("IN THE WAY  version: must be 3").doesNotContain("nothing is in its way");
    }

    @Test
    void aRollbackSubmitsWhatWasApprovedThenAsTheNextVersion() {
        server.answer("GET /api/deployments/shop", 200, "{\"name\":\"shop\",\"version\":7,\"kind\":\"deployment\",\"requester\":\"alice\",\"state\":\"running\"}");
        server.answer("GET /api/deployments/shop/versions/1", 200, shown(Envelope.sign(PayloadType.DEPLOYMENT, Deployment.fromYaml(DOCUMENT + "dataClass: confidential\n").toJson(), SigningKey.generate()), "superseded"));
        server.answer("POST /api/deployments", 202, "{}");
        Ran ran = zos("rollback", "shop", "--to", "1");
        assertThat(ran.exit()).as(ran.err()).isZero();
        Envelope sent = Envelope.parse(server.received().getLast().body());
        Deployment again = Deployment.parse(sent.payload());
        assertThat(again.version()).isEqualTo(8);
        assertThat(again.machines()).isEqualTo(Deployment.fromYaml(DOCUMENT).machines());
        assertThat(again.dataClass()).contains(DataClass.CONFIDENTIAL);
        server.answer("GET /api/deployments/shop/versions/2", 200, shown(Envelope.sign(PayloadType.DEPLOYMENT, Deployment.fromYaml(DOCUMENT).toJson(), SigningKey.generate()), "rejected"));
        assertThat(zos("rollback", "shop", "--to", "2").err()).contains("was never sealed (it is rejected)");
    }

    @Test
    void approveShowsWhatIsDifferentFromTheVersionThatRuns() {
        Envelope running = Envelope.sign(PayloadType.DEPLOYMENT, Deployment.fromYaml(DOCUMENT).toJson(), SigningKey.generate());
        Envelope next = Envelope.sign(PayloadType.DEPLOYMENT,
                Deployment.fromYaml(DOCUMENT.replace("version: 1", "version: 2").replace("64MiB", "1GiB").replaceFirst("description: .*", "description: \"\\\\e[2Jhidden\"")).toJson(), SigningKey.generate());
        server.answer("GET /api/deployments/shop", 200, "{\"name\":\"shop\",\"version\":2,\"kind\":\"deployment\",\"requester\":\"alice\",\"state\":\"approval\"}");
        server.answer("GET /api/deployments/shop/versions/2", 200, shown(next, "approval").replace("\"version\":1", "\"version\":2"));
        server.answer("GET /api/deployments/shop/versions/1", 200, shown(running, "running"));
        assertThat(zos("approve", "shop").err()).contains("the control plane has no plan for it: Not prepared: POST /api/plans");
        server.answer("POST /api/plans", 200, """
                {"faults":["nodes.compute-1: has no room for it"],"nodes":[{"node":"compute-1","actions":["replace machine web; what it wrote is lost"],"asked":{"cpuMillis":500,"memoryBytes":1073741824},"free":{"cpuMillis":900,"memoryBytes":67108864}}]}""");
        Ran unasked = zos("approve", "shop");
        assertThat(unasked.err()).contains("what nodes would do, says the control plane:", "compute-1: 0.50 processors and 1024 MiB asked for, 0.90 processors and 64 MiB free", "replace machine web; what it wrote is lost", "IN THE WAY  nodes.compute-1: has no room for it");
        assertThat(unasked.err()).contains("against version 1, which is running").contains("~ machines[web].memory: \"64MiB\" → \"1GiB\"").contains("~ version: 1 → 2")
                .contains("\\u{1b}[2Jhidden").doesNotContain("\u001b");
    }

    @Test
    void approveShowsWhatIsSigned() {
        Envelope envelope = Envelope.sign(PayloadType.DEPLOYMENT, Deployment.fromYaml(DOCUMENT).toJson(), SigningKey.generate());
        String shown = shown(envelope, "approval");
        server.answer("GET /api/deployments/shop", 200, "{\"name\":\"shop\",\"version\":1,\"kind\":\"deployment\",\"requester\":\"alice\",\"state\":\"approval\"}");
        server.answer("GET /api/deployments/shop/versions/1", 200, shown);
        server.answer("POST /api/deployments/shop/versions/1/approvals", 202, shown);
        Ran unasked = zos("approve", "shop");
        assertThat(unasked.exit()).isEqualTo(1);
        assertThat(unasked.err()).contains("machine      web on compute-1, 0.5 processors, 64MiB, ports 8080").contains("route        shop.example → web:8080 through gateway-1")
                .contains("digest       " + envelope.digest()).contains("--yes");
        Ran approved = zos("approve", "shop", "--yes");
        assertThat(approved.exit()).isZero();
        assertThat(approved.out()).contains("approved shop version 1").contains("open seats: 1");
    }

    @Test
    void withdrawGivesTheReason() {
        server.answer("POST /api/deployments/shop/versions/3/withdrawals", 202, "{\"state\":\"withdrawn\"}");
        assertThat(zos("withdraw", "shop", "--version", "3", "--reason", "a better one comes").out()).contains("took back shop version 3");
        assertThat(new String(server.received().getLast().body(), java.nio.charset.StandardCharsets.UTF_8)).contains("a better one comes");
    }

    @Test
    void rejectGivesTheReason() {
        server.answer("POST /api/deployments/shop/versions/3/rejections", 202, "{\"state\":\"rejected\"}");
        assertThat(zos("reject", "shop", "--version", "3", "--reason", "not \"today\"").out()).contains("rejected shop version 3");
        assertThat(Json.parse(server.received().getLast().body(), "the test").path("reason").asText()).isEqualTo("not \"today\"");
    }

    @Test
    void statusTellsWhereItIsAndWhoSigned() {
        server.answer("GET /api/deployments/shop", 200, "{\"name\":\"shop\",\"version\":2}");
        server.answer("GET /api/deployments/shop/versions/2", 200, """
                {"name":"shop","version":2,"kind":"deployment","requester":"alice","digest":"abc","state":"exposing","position":["Open the routes"],
                 "approvals":[{"person":"bob","keyid":"1","sig":"","at":"12:00"},{"person":"carol","keyid":"2","sig":"","at":"12:01"}],
                 "rejections":[],"openSeats":0,
                 "workloads":[{"name":"web","node":"compute-1","state":"running","address":"fd00::1","message":""}],
                 "routes":[{"name":"shop","node":"gateway-1","host":"shop.example","open":false}],
                 "receipts":[{"node":"compute-1","outcome":"RUNNING","reason":"","message":"1 machine","at":"12:02"}],
                 "timeline":[{"at":"11:59","kind":"submitted","actor":"alice","detail":""}]}""");
        server.answer("GET /api/incidents", 200, """
                {"incidents":[{"id":"shop:2:send:compute-1","name":"shop","version":2,"kind":"silent","since":"12:03","error":"nothing was heard"},
                              {"id":"blog:1:send:compute-1","name":"blog","version":1,"kind":"away","since":"12:04","error":"it is another's"}]}""");
        server.answer("GET /api/emergencies", 200, """
                {"items":[{"name":"shop","version":2,"until":"13:00","endedAt":null,"reviewedAt":null,"reason":"the shop is down","review":null},
                          {"name":"shop","version":1,"until":"11:00","endedAt":"11:00","reviewedAt":null,"overdueAt":"11:30","reason":"it is another version's","review":null}]}""");
        Ran ran = zos("status", "shop");
        assertThat(ran.exit()).isZero();
        assertThat(ran.out()).contains("EMERGENCY    ends 13:00 by itself: the shop is down").contains("review       when it has ended").doesNotContain("another version's");
        assertThat(ran.out()).startsWith("shop version 2: exposing").contains("workflow     Open the routes").contains("approved by  bob (12:00), carol (12:01)")
                .contains("http://shop.example through gateway-1, closed").containsPattern("web +compute-1 +running +fd00::1").containsPattern("11:59 +submitted +alice")
                .contains("shop:2:send:compute-1, silent since 12:03: nothing was heard").doesNotContain("it is another's");
        assertThat(Json.parse(zos("status", "shop", "--json").out().getBytes(StandardCharsets.UTF_8), "the test").path("state").asText()).isEqualTo("exposing");
    }

    @Test
    void listAndLogs() {
        server.answer("GET /api/deployments?limit=100", 200,
                "{\"items\":[{\"name\":\"shop\",\"version\":2,\"kind\":\"decommission\",\"requester\":\"alice\",\"state\":\"removed\",\"submittedAt\":\"12:00\"}],\"next\":null}");
        server.answer("GET /api/deployments/shop/logs/web", 200, "text/plain", "hello\n");
        assertThat(zos("list").out()).containsPattern("shop +2 +decommission +removed +alice +12:00");
        assertThat(zos("list", "--json").out()).startsWith("[");
        assertThat(zos("logs", "shop", "web").out()).isEqualTo("hello" + System.lineSeparator());
    }

    @Test
    void topTellsRatesBesideWhatIsAllowed() {
        String usage = "{\"at\":\"2026-11-25T12:00:0%d.500Z\",\"cpuNanos\":%d,\"throttledNanos\":%d,\"allowedCpuMillis\":500,\"memoryBytes\":7340032,\"memoryPeakBytes\":0,\"allowedMemoryBytes\":67108864,"
            + "\"processes\":3,\"receivedBytes\":%d,\"sentBytes\":100}";
        server.answer("GET /api/deployments/shop", 200, "{\"version\":2}")
                .answer("GET /api/deployments/shop/versions/2", 200, "{\"name\":\"shop\",\"version\":2,\"workloads\":[{\"name\":\"web\"}]}")
                .answer("GET /api/deployments/shop/usage/web", 200, usage.formatted(0, 1_000_000_000, 0, 5000))
                .answer("GET /api/deployments/shop/usage/web", 200, usage.formatted(2, 1_500_000_000, 1_000_000_000, 2048));
        assertThat(zos("top", "shop").out()).containsPattern("MACHINE +PROCESSORS +ALLOWED +THROTTLED +MEMORY +ALLOWED +PROCESSES +RECEIVED/S +SENT/S")
                .containsPattern("web +0[.,]25 +0[.,]50 +50 % +7[.,]0 MiB +64[.,]0 MiB +3 +1[.,]0 KiB +0 B");
        assertThat(zos("top", "shop", "--every", "0").err()).contains("--every: must be 1 or more seconds (is: 0)");
    }

    @Test
    void anExportIsWrittenWhenItIsProved() throws IOException {
        Path vectors = Path.of("../contract/src/test/resources/vectors");
        String bundle = Files.readString(vectors.resolve("bundle.json"));
        server.answer("GET /api/deployments/shop/audit", 200, bundle).answer("GET /api/deployments/shop/audit", 200, bundle.replace("\"name\":\"shop\"", "\"name\":\"blog\""));
        Path out = directory.resolve("shop.audit.json");
        Ran ran = zos("audit", "export", "shop", "--root", vectors.resolve("root-1.json").toString(), "--out", out.toString());
        assertThat(ran).extracting(Ran::exit, Ran::err).containsExactly(0, "");
        assertThat(ran.out()).contains("wrote " + out + ", verified").contains("trust root up to version 2");
        assertThat(Files.readString(out)).isEqualTo(bundle);
        Path other = directory.resolve("other.json");
        Ran forged = zos("audit", "export", "shop", "--root", vectors.resolve("root-1.json").toString(), "--out", other.toString());
        assertThat(forged.exit()).isEqualTo(1);
        assertThat(forged.err()).contains("does not hold, nothing was written").contains("must be about blog");
        assertThat(other).doesNotExist();
    }

    @Test
    void anExportThatHidesARotationIsFound() {
        Path vectors = Path.of("../contract/src/test/resources/vectors");
        server.answer("GET /api/deployments/shop/audit", 200, Context.read(vectors.resolve("bundle.json")));
        Ran ran = zos("audit", "export", "shop", "--root", vectors.resolve("root-1.json").toString(), "--at-least", "3", "--out", directory.resolve("x").toString());
        assertThat(ran.exit()).isEqualTo(1);
        assertThat(ran.err()).contains("must reach version 3");
    }

    @Test
    void aTrustRootIsHandedInAndItsWayToTheNodesIsTold() {
        Path next = Path.of("../contract/src/test/resources/vectors/root-2.json");
        Envelope envelope = Envelope.parse(Context.read(next).getBytes(StandardCharsets.UTF_8));
        String answer = "{\"version\":2,\"digest\":\"" + envelope.digest() + "\",\"index\":9,\"nodes\":[{\"node\":\"compute-1\",\"state\":\"%s\",\"message\":\"%s\"}]}";
        server.answer("POST /api/trust-roots", 202, answer.formatted("waiting", ""));
        server.answer("GET /api/trust-roots/current", 200, answer.formatted("sent", "")).answer("GET /api/trust-roots/current", 200, answer.formatted("in-force", ""))
                .answer("GET /api/trust-roots/current", 200, answer.formatted("refused", "trust-root-refused: no"));
        Ran ran = zos("trust", "submit", next.toString(), "--wait", "30");
        assertThat(ran).extracting(Ran::exit, Ran::err).containsExactly(0, "");
        assertThat(ran.out()).contains("trust root version 2 is in force, entry 9").containsPattern("compute-1 +in-force");
        assertThat(server.received().getFirst().body()).isEqualTo(envelope.toJson());
        Ran refused = zos("trust", "submit", next.toString(), "--wait", "30");
        assertThat(refused.exit()).isEqualTo(1);
        assertThat(refused.out()).contains("refused: trust-root-refused: no");
        server.answer("POST /api/trust-roots", 202, answer.formatted("waiting", ""));
        assertThat(zos("trust", "submit", next.toString()).out()).containsPattern("compute-1 +waiting");
    }

    @Test
    void theChainIsVerifiedBeforeItIsShown() {
        Path vectors = Path.of("../contract/src/test/resources/vectors");
        String line = "{\"version\":%d,\"digest\":\"%s\",\"expires\":\"2030\",\"envelope\":\"%s\",\"index\":null,\"submitter\":null,\"at\":null,\"nodes\":[{\"node\":\"compute-1\",\"state\":\"in-force\",\"message\":\"\"}]}";
        Envelope first = Envelope.parse(Context.read(vectors.resolve("root-1.json")).getBytes(StandardCharsets.UTF_8));
        Envelope second = Envelope.parse(Context.read(vectors.resolve("root-2.json")).getBytes(StandardCharsets.UTF_8));
        Envelope forged = Envelope.sign(PayloadType.TRUST_ROOT, second.payload(), ALICE);
        String good = "{\"items\":[" + line.formatted(1, first.digest(), base64(first)) + "," + line.formatted(2, second.digest(), base64(second)) + "]}";
        server.answer("GET /api/trust-roots", 200, good).answer("GET /api/trust-roots", 200, good.replace(base64(second), base64(forged)));
        Ran ran = zos("trust", "list", "--root", vectors.resolve("root-1.json").toString());
        assertThat(ran).extracting(Ran::exit, Ran::err).containsExactly(0, "");
        assertThat(ran.out()).containsPattern("2 +2030").containsPattern("compute-1 +in-force");
        Ran lie = zos("trust", "list", "--root", vectors.resolve("root-1.json").toString());
        assertThat(lie.exit()).isEqualTo(1);
        assertThat(lie.err()).contains("chain of trust roots does not hold");
    }

    private static String base64(Envelope envelope) {
        return Base64.getEncoder().encodeToString(envelope.toJson());
    }

    @Test
    void decommissionTakesTheNextVersion() {
        server.answer("GET /api/deployments/shop", 200, "{\"name\":\"shop\",\"version\":4,\"requester\":\"alice\"}");
        server.answer("POST /api/decommissions", 202, "{\"name\":\"shop\",\"version\":5}");
        assertThat(zos("decommission", "shop", "--reason", "over").out()).contains("as version 5");
        Decommission sent = Decommission.parse(Envelope.parse(server.received().getLast().body()).payload());
        assertThat(List.of(sent.version(), sent.requester(), sent.reason())).isEqualTo(List.of(5L, "alice", "over"));
        assertThat(sent.workflow()).isEmpty();
    }

    @Test
    void aRemovalGoesThroughAProcessOfOnesOwn() {
        server.answer("GET /api/deployments/shop", 200, "{\"name\":\"shop\",\"version\":4,\"requester\":\"alice\"}");
        server.answer("POST /api/decommissions", 202, "{\"name\":\"shop\",\"version\":5}");
        assertThat(zos("decommission", "shop", "--reason", "over", "--workflow", "own-removal").exit()).isZero();
        assertThat(Decommission.parse(Envelope.parse(server.received().getLast().body()).payload()).workflow()).contains("own-removal");
    }

    @Test
    void problemsAreToldInTheControlPlanesWords() {
        server.answer("GET /api/deployments/shop", 404, "{\"title\":\"No such deployment\",\"status\":404,\"faults\":[{\"field\":\"name\",\"problem\":\"is not known\",\"value\":\"shop\"}]}");
        Ran ran = zos("status", "shop");
        assertThat(ran.exit()).isEqualTo(1);
        assertThat(ran.err()).contains("zos: No such deployment").contains("name: is not known (is: shop)");
    }

    @Test
    void aServerThatIsNoAddressIsNamed() {
        Ran ran = Ran.zos("list", "--server", "localhost:8080", "--key", directory.resolve("alice.pem").toString());
        assertThat(ran.exit()).isEqualTo(1);
        assertThat(ran.err()).contains("--server: must be an http or https address").contains("localhost:8080");
    }

    @ParameterizedTest
    @ValueSource(strings = {"deploy", "approve", "reject", "withdraw", "list", "status", "logs", "top", "decommission", "up", "down", "demo", "bench", "trust", "audit", "agent", "sign", "webhook", "config"})
    void everyCommandHelps(String command) {
        Ran ran = Ran.zos(command, "--help");
        assertThat(ran.exit()).isZero();
        assertThat(ran.out()).contains("Usage: zos " + command);
    }

    private Ran zos(String... arguments) {
        List<String> all = new ArrayList<>(List.of(arguments));
        all.addAll(List.of("--server", server.address().toString(), "--key", directory.resolve("alice.pem").toString()));
        return Ran.zos(all.toArray(String[]::new));
    }

    private static String shown(Envelope envelope, String state) {
        return "{\"name\":\"shop\",\"version\":1,\"state\":\"" + state + "\",\"position\":[\"Collect approvals\"],\"envelope\":\""
                + Base64.getEncoder().encodeToString(envelope.toJson()) + "\",\"openSeats\":1}";
    }
}
