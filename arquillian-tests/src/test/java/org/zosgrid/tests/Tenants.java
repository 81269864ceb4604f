package org.zosgrid.tests;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import jakarta.mail.MessagingException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.zosgrid.cli.client.ControlPlane;
import org.zosgrid.cli.demo.Documents;
import org.zosgrid.cli.stage.Cast;
import org.zosgrid.cli.stage.Stage;
import org.zosgrid.contract.document.Deployment;
import org.zosgrid.contract.document.NodeAdmission;
import org.zosgrid.contract.envelope.Envelope;
import org.zosgrid.contract.envelope.PayloadType;
import org.zosgrid.tests.container.ControlPlaneContainer;
import org.zosgrid.tests.container.RivalOrganisation;

/**
 * The stage's own people, who have one of everything, and a rival at the same control plane. For every call of the description the rival asks for what is there and for what is not, in the
 * same way, and must be answered the same: so a call that tells of another organisation is found without anybody having thought of it. A class of its own, since the server that runs
 * {@link TenancyIT} has no command line.
 */
final class Tenants implements AutoCloseable {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final String NAME = "tenant-secret";
    private static final String HOOK = "http://127.0.0.1:9/tenant-secret";
    /** By what a trace of the first organisation is known. */
    private static final List<String> MARKS = List.of("tenant-secret", "alice", "\"bob\"", "carol", "compute-1", "gateway-1", "zosgrid.example/demo");

    private final Stage stage = ControlPlaneContainer.stage();
    private final HttpClient http = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final SignedCaller rival = new SignedCaller(stage.controlPlaneAddress(), http, ControlPlaneContainer.rival().key(RivalOrganisation.MALLORY));
    private final SignedCaller root = new SignedCaller(stage.controlPlaneAddress(), http, stage.cast().key("bob"));
    private final SignedCaller author = new SignedCaller(stage.controlPlaneAddress(), http, stage.cast().key(Cast.REQUESTER));

    private final Listener rivalsEar = new Listener(stage.controlPlaneAddress(), rival.key());
    private final Listener rootsEar = new Listener(stage.controlPlaneAddress(), root.key());

    /** A path's parameter: what the first organisation has there, and what nobody has. */
    private record Value(String there, String nowhere) {}

    /** What the first organisation has. */
    private record Things(long hook, long deadIndex, long ledgerSize, String fingerprint) {}

    void tryEveryCall() throws Exception {
        await("both to be heard", () -> rivalsEar.heard().contains("ready") && rootsEar.heard().contains("ready"));
        Things things = things();
        JsonNode paths = JSON.readTree(root.ask("GET", "/api/openapi.json", "").body()).path("paths");
        List<String> faults = new ArrayList<>();
        for (Map.Entry<String, JsonNode> path : paths.properties()) {
            for (String method : List.of("get", "post", "put", "patch", "delete")) {
                JsonNode call = path.getValue().path(method);
                if (path.getKey().equals("/api/events/stream")) {
                    continue; // it has no end: what is heard there is looked at by itself
                }
                if (!call.isMissingNode() && !call.path("security").toString().equals("[]")) {
                    tryCall(method.toUpperCase(Locale.ROOT), path.getKey(), things, faults);
                }
            }
        }
        assertThat(faults).isEmpty();
        await("the first to hear of its own", () -> rootsEar.heard().contains(NAME));
        MARKS.forEach(mark -> assertThat(rivalsEar.heard()).doesNotContain(mark));
    }

    private void tryCall(String method, String path, Things things, List<String> faults) throws Exception {
        String there = path;
        String nowhere = path;
        for (String part : path.split("[{}]", -1)) {
            if (path.contains("{" + part + "}")) {
                Optional<Value> value = value(path, part, things);
                if (value.isEmpty()) {
                    faults.add(method + " " + path + ": this test has no value for {" + part + "}: give it one that the first organisation has");
                    return;
                }
                there = there.replace("{" + part + "}", value.get().there());
                nowhere = nowhere.replace("{" + part + "}", value.get().nowhere());
            }
        }
        Optional<Value> body = method.equals("GET") || method.equals("DELETE") ? Optional.of(new Value("", "")) : body(path);
        if (body.isEmpty()) {
            faults.add(method + " " + path + ": this test has no body for it: give it one that names what the first organisation has");
            return;
        }
        Value query = query(path, things);
        HttpResponse<String> real = rival.ask(method, there + query.there(), body.get().there());
        HttpResponse<String> fake = rival.ask(method, nowhere + query.nowhere(), body.get().nowhere());
        String shown = method + " " + there + query.there() + ": " + real.statusCode() + " " + real.body();
        if (real.statusCode() != fake.statusCode()) {
            faults.add(shown + "\n  but for what is nowhere: " + fake.statusCode() + " " + fake.body());
        }
        if (!path.contains("{") && body.get().there().isEmpty() && query.there().isEmpty()) {
            MARKS.stream().filter(real.body()::contains).forEach(mark -> faults.add(shown + "\n  tells of " + mark));
        } else if (!same(real.body(), things).equals(same(fake.body(), things))) {
            faults.add(shown + "\n  but for what is nowhere: " + fake.body());
        }
    }

    /** An answer without what was asked for, which it may repeat, and without what differs from one answer to the next. */
    private static String same(String body, Things things) {
        return body.replace(NAME, "nothing-there").replace("compute-1", "nothing-there").replace(HOOK, HOOK.replace(NAME, "nothing-there"))
                .replaceAll("\"(secret|createdAt|created|at|opensAt|location)\":\"[^\"]*\"", "").replaceAll("\"id\":[0-9]+", "")
                .replace(things.fingerprint(), "0".repeat(64)).replaceAll("\\b[0-9]+\\b", "0").replaceAll("[0-9]+", "0");
    }

    private static Optional<Value> value(String path, String parameter, Things things) {
        return Optional.ofNullable(switch (parameter) {
            case "name" -> path.startsWith("/api/nodes/") ? new Value(Stage.COMPUTE, "nothing-there") : new Value(NAME, "nothing-there");
            case "incident" -> new Value(NAME + ":1:verify", "nothing-there:1:verify");
            case "version", "from" -> new Value("1", "1");
            case "machine" -> new Value("web", "web");
            case "session" -> new Value("ab".repeat(16), "cd".repeat(16));
            case "fingerprint" -> new Value(things.fingerprint(), "0".repeat(64));
            case "index" -> path.startsWith("/api/ledger/") ? new Value(Long.toString(things.ledgerSize() - 1), "999999") : new Value(Long.toString(things.deadIndex()), "999999");
            case "tile" -> new Value("entries/000.p/" + things.ledgerSize() % 256, "entries/999.p/1");
            case "user" -> new Value(NAME, "nothing-there");
            case "id" -> new Value(Long.toString(things.hook()), "999999");
            case "key" -> path.contains("decisions") ? new Value("quorum", "quorum") : new Value("deploy", "deploy");
            default -> null;
        });
    }

    private static Value query(String path, Things things) {
        return switch (path) {
            case "/api/images", "/api/images/signers" -> new Value("?reference=demo/web:" + NAME, "?reference=demo/web:nothing-there");
            case "/api/images/comparison" -> new Value("?before=" + things.fingerprint() + "&after=" + things.fingerprint(), "?before=" + "0".repeat(64) + "&after=" + "0".repeat(64));
            default -> new Value("", "");
        };
    }

    /** Bodies are those that the first organisation's own people send, stolen on the way, or ask for what they have. */
    private Optional<Value> body(String path) throws Exception {
        if (path.endsWith("/approvals")) {
            String body = "{\"keyid\":\"" + rival.key().id().hex() + "\",\"sig\":\"AA==\"}";
            return Optional.of(new Value(body, body));
        }
        if (path.endsWith("/rejections") || path.endsWith("/withdrawals") || path.endsWith("/undos")) {
            return Optional.of(new Value("{\"reason\":\"no\"}", "{\"reason\":\"no\"}"));
        }
        if (path.endsWith("/terminals/{machine}")) {
            return Optional.of(new Value(stolen(NAME), stolen("nothing-there")));
        }
        if (path.endsWith("/frames")) {
            return Optional.of(new Value("{\"frames\":[]}", "{\"frames\":[]}"));
        }
        if (path.endsWith("/repairs")) {
            return Optional.of(new Value("{}", "{}"));
        }
        if (path.endsWith("/tests") || path.endsWith("/retries")) {
            return Optional.of(new Value("", ""));
        }
        return Optional.ofNullable(switch (path) {
            case "/api/deployments" -> new Value(stolen(NAME), stolen("nothing-there"));
            case "/api/decommissions", "/api/pauses", "/api/resumptions", "/api/models", "/api/admissions", "/api/retirements", "/api/skips", "/api/promotions", "/api/reviews" -> new Value(stolen(NAME), stolen("nothing-there"));
            case "/api/users" -> new Value("{\"name\":\"" + NAME + "\",\"password\":\"long enough it is\"}", "{\"name\":\"nothing-there\",\"password\":\"long enough it is\"}");
            case "/api/plans" -> new Value(document(NAME, Cast.REQUESTER), document("nothing-there", Cast.REQUESTER));
            case "/api/demand" -> new Value(demand(document(NAME, Cast.REQUESTER)), demand(document("nothing-there", Cast.REQUESTER)));
            case "/api/trust-roots" -> new Value(Files.readString(stage.cast().trustRootFile()), new String(Envelope.sign(PayloadType.TRUST_ROOT, Envelope.parse(Files.readAllBytes(stage.cast().trustRootFile())).payload(), rival.key()).toJson(), StandardCharsets.UTF_8));
            case "/api/webhooks" -> new Value("{\"url\":\"" + HOOK + "\"}", "{\"url\":\"" + HOOK.replace(NAME, "nothing-there") + "\"}");
            case "/api/models/checks" -> new Value("{\"language\":\"bpmn\",\"file\":\"<" + NAME + "/>\",\"examples\":\"\"}", "{\"language\":\"bpmn\",\"file\":\"<nothing-there/>\",\"examples\":\"\"}");
            case "/api/models/trials" -> new Value(trial(NAME), trial("nothing-there"));
            case "/api/models/{name}/migrations/{from}" -> new Value("{\"instances\":[\"" + NAME + "\"]}", "{\"instances\":[\"nothing-there\"]}");
            default -> null;
        });
    }

    private static String trial(String name) {
        return "{\"file\":\"<" + name + "/>\",\"kind\":\"deployment\",\"environment\":\"production\",\"exposed\":true,\"machines\":1,\"memoryMiB\":64}";
    }

    private static String demand(String document) {
        return "{\"payloadType\":\"" + PayloadType.DEPLOYMENT + "\",\"payload\":\"" + Base64.getEncoder().encodeToString(document.getBytes(StandardCharsets.UTF_8)) + "\"}";
    }

    private String stolen(String name) {
        return new String(Envelope.sign(PayloadType.DEPLOYMENT, document(name, Cast.REQUESTER).getBytes(StandardCharsets.UTF_8), stage.cast().key(Cast.REQUESTER)).toJson(), StandardCharsets.UTF_8);
    }

    /** For an environment in which one approver is enough. */
    private static String rivalsDocument() {
        return document("rivals-shop", RivalOrganisation.MALLORY).replace("compute-1", RivalOrganisation.NODE).replace("gateway-1", "rivals-gate").replace("\"production\"", "\"development\"");
    }

    private static String document(String name, String requester) {
        Deployment drawn = Documents.deployment(name, 1, "demo/web:" + name + "@sha256:" + "0".repeat(64), name + ".example", "10.42.77.0/24");
        Instant now = Instant.now().truncatedTo(ChronoUnit.SECONDS);
        return new String(new Deployment(drawn.name(), drawn.version(), requester, drawn.environment(), now, now.plus(Duration.ofHours(1)), drawn.description(), drawn.network(), drawn.machines(),
                drawn.gateways(), drawn.approval(), drawn.workflow()).toJson(), StandardCharsets.UTF_8);
    }

    /** One of everything, of the first organisation: a deployment that waits for approvals, a webhook with a dead letter, entries of the ledger, an image. */
    private Things things() throws Exception {
        Story story = new Story(stage, NAME, 77);
        story.open();
        for (int used = 0; used < 5; used++) { // each organisation numbers its own: the rival, who makes some too, must not come to the same number
            JsonNode away = JSON.readTree(root.ask("POST", "/api/webhooks", "{\"url\":\"" + HOOK + used + "\"}").body());
            root.ask("DELETE", "/api/webhooks/" + away.path("id").asLong(), "");
        }
        root.ask("POST", "/api/users", "{\"name\":\"" + NAME + "\",\"password\":\"long enough it is\"}");
        JsonNode hook = JSON.readTree(root.ask("POST", "/api/webhooks", "{\"url\":\"" + HOOK + "\"}").body());
        new Story(stage, "tenant-secret-2", 78).open();
        long id = hook.path("id").asLong();
        await("a dead letter of webhook " + id, () -> dead(id).isPresent());
        String image = JSON.readTree(root.ask("GET", "/api/images?reference=demo/web:" + NAME, "").body()).toString();
        String fingerprint = image.replaceAll(".*sha256:([0-9a-f]{64}).*", "$1");
        assertThat(fingerprint).hasSize(64);
        long size = JSON.readTree(root.ask("GET", "/api/ledger/witnesses", "").body()).path("size").asLong();
        return new Things(id, dead(id).orElseThrow(), size, fingerprint);
    }

    private Optional<Long> dead(long hook) throws Exception {
        for (JsonNode each : JSON.readTree(root.ask("GET", "/api/webhooks/dead-letters", "").body()).path("items")) {
            if (each.path("webhook").asLong() == hook) {
                return Optional.of(each.path("index").asLong());
            }
        }
        return Optional.empty();
    }

    void nothingOfTheFirstHasChanged() throws Exception {
        await("the first's Dave to be told", () -> mailAbout(NAME + " version").contains("dave@example.org: Your approval is asked for: " + NAME + " version 1"));
        assertThat(mailAbout(NAME)).noneMatch(each -> each.contains(RivalOrganisation.MAIL_DOMAIN));
        assertThat(new Story(stage, NAME, 77).shown(1).state()).isEqualTo("approval");
        assertThat(root.ask("GET", "/api/webhooks", "").body()).contains(HOOK);
        assertThat(root.ask("GET", "/api/users", "").body()).contains(NAME);
    }

    /** Its change gets a process of its own, which ends because of its quota; its ledger, metrics and events are its own. */
    void theRivalWorksWithinItsQuota() throws Exception {
        await("both to be heard", () -> rivalsEar.heard().contains("ready") && rootsEar.heard().contains("ready"));
        String plan = rival.ask("POST", "/api/plans", rivalsDocument()).body();
        assertThat(plan).contains("quota.cpuMillis");
        if (rival.ask("GET", "/api/deployments/rivals-shop", "").statusCode() == 404) {
            Envelope envelope = Envelope.sign(PayloadType.DEPLOYMENT, rivalsDocument().getBytes(StandardCharsets.UTF_8), rival.key());
            HttpResponse<String> submitted = rival.ask("POST", "/api/deployments", new String(envelope.toJson(), StandardCharsets.UTF_8));
            assertThat(submitted.statusCode()).as(submitted.body()).isBetween(200, 202);
        }
        await("the rival's change to end", () -> rival.ask("GET", "/api/deployments/rivals-shop/versions/1", "").body().contains("quota.cpuMillis"));
        assertThat(rival.ask("GET", "/api/ledger/decisions", "").body()).contains("rivals-shop").doesNotContain(NAME);
        assertThat(rival.ask("GET", "/api/processes/deploy/1/instances", "").body()).contains("rivals-shop:1").doesNotContain("tenant");
        assertThat(metrics(RivalOrganisation.METRICS_TOKEN)).doesNotContain("state=\"approval\"").contains("zos_changes");
        assertThat(rival.ask("GET", "/api/nodes", "").body()).doesNotContain("compute-1", "gateway-1");
    }

    /** A Dave approves in both organisations, and the first has an address of a Mallory too: mail goes to the one that the own organisation's file has. */
    void theRivalsPeopleAreToldByMail() throws Exception {
        ControlPlane mallory = stage.controlPlane(rival.key());
        Instant now = Instant.now().truncatedTo(ChronoUnit.SECONDS);
        NodeAdmission admission = Story.bound(mallory, NodeAdmission.class, new NodeAdmission(RivalOrganisation.NODE, 1, RivalOrganisation.MALLORY, now, now.plus(Duration.ofHours(1)), "more room",
                ControlPlaneContainer.rival().nodeKey().verificationKey().toPem(), Set.of("compute"), "127.0.0.9", 9900, 9443));
        mallory.submit(Envelope.sign(admission.payloadType(), admission.toJson(), rival.key()));
        await("the rival's approvers to be told", () -> mailAbout(RivalOrganisation.NODE).size() >= 2);
        String about = RivalOrganisation.NODE + " version 1";
        await("the rival's ticket to be opened by its own login", () -> ControlPlaneContainer.tickets().field(about, "sys_created_by").equals(RivalOrganisation.NAME));
        mallory.withdraw(RivalOrganisation.NODE, 1, "it was only asked who is told");
        await("the rival's ticket to be closed", () -> ControlPlaneContainer.tickets().field(about, "close_notes").contains("is withdrawn"));
        await("the rival's requester to be told", () -> mailAbout(RivalOrganisation.NODE).size() >= 3);
        assertThat(mailAbout(RivalOrganisation.NODE)).containsExactlyInAnyOrder("dave@rival.example: Your approval is asked for: " + RivalOrganisation.NODE + " version 1",
                "rob@rival.example: Your approval is asked for: " + RivalOrganisation.NODE + " version 1", "mallory@rival.example: " + RivalOrganisation.NODE + " version 1 is withdrawn");
        for (var message : ControlPlaneContainer.mail().getReceivedMessages()) {
            if (message.getAllRecipients()[0].toString().endsWith(RivalOrganisation.MAIL_DOMAIN)) {
                assertThat(message.getSubject() + message.getContent()).doesNotContain(MARKS);
            }
        }
        await("all of the rival's mail to be noted as sent", () -> metrics(RivalOrganisation.METRICS_TOKEN).contains("zos_mail_waiting 0"));
        assertThat(metrics(RivalOrganisation.METRICS_TOKEN)).contains("zos_mail_given_up 0");
    }

    /** Who got mail with this in its subject, and the subject. */
    private static List<String> mailAbout(String what) throws MessagingException {
        List<String> all = new ArrayList<>();
        for (var message : ControlPlaneContainer.mail().getReceivedMessages()) {
            if (message.getSubject().contains(what)) {
                all.add(message.getAllRecipients()[0] + ": " + message.getSubject());
            }
        }
        return all;
    }

    void theFirstSeesNothingOfTheRival() throws Exception {
        await("the rival to hear of its own", () -> rivalsEar.heard().contains("rivals-shop"));
        assertThat(rootsEar.heard()).doesNotContain("rivals");
        JsonNode paths = JSON.readTree(root.ask("GET", "/api/openapi.json", "").body()).path("paths");
        for (Map.Entry<String, JsonNode> path : paths.properties()) {
            if (path.getValue().has("get") && !path.getKey().contains("{") && !path.getKey().equals("/api/events/stream") && !path.getKey().startsWith("/api/settings")) {
                assertThat(root.ask("GET", path.getKey(), "").body()).as(path.getKey()).doesNotContain("rivals", RivalOrganisation.MALLORY);
            }
        }
        assertThat(root.ask("GET", "/api/deployments/rivals-shop", "").statusCode()).isEqualTo(404);
        assertThat(root.ask("GET", "/api/processes/deploy/1/instances", "").body()).doesNotContain("rivals");
        assertThat(metrics(ControlPlaneContainer.METRICS_TOKEN)).contains("zos_changes");
    }

    private String metrics(String token) throws Exception {
        HttpResponse<String> answer = http.send(HttpRequest.newBuilder(stage.controlPlaneAddress().resolve("/metrics")).header("Authorization", "Bearer " + token).build(), HttpResponse.BodyHandlers.ofString());
        assertThat(answer.statusCode()).isEqualTo(200);
        return answer.body();
    }

    private interface Condition {
        boolean holds() throws Exception;
    }

    private static void await(String what, Condition condition) throws Exception {
        Instant end = Instant.now().plus(PATIENCE);
        while (!condition.holds()) {
            assertThat(Instant.now()).as("waiting for " + what).isBefore(end);
            Thread.sleep(200);
        }
    }

    /** Others look at all webhooks, and at what waits for approvals. */
    @Override
    public void close() throws Exception {
        for (SignedCaller each : List.of(root, rival)) {
            for (JsonNode hook : JSON.readTree(each.ask("GET", "/api/webhooks", "").body()).path("items")) {
                if (hook.path("url").asText().startsWith("http://127.0.0.1:9/")) {
                    each.ask("DELETE", "/api/webhooks/" + hook.path("id").asLong(), "");
                }
            }
        }
        root.ask("DELETE", "/api/users/" + NAME, "");
        for (String name : List.of(NAME, "tenant-secret-2")) {
            author.ask("POST", "/api/deployments/" + name + "/versions/1/withdrawals", "{\"reason\":\"the test is over\"}");
        }
        rivalsEar.close();
        rootsEar.close();
        http.close();
    }
}
