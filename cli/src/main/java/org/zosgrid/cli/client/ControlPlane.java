package org.zosgrid.cli.client;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import org.zosgrid.cli.CliException;
import org.zosgrid.cli.terminal.Json;
import org.zosgrid.contract.Digests;
import org.zosgrid.contract.document.ChangeDocument;
import org.zosgrid.contract.document.Demand;
import org.zosgrid.contract.document.ImageReference;
import org.zosgrid.contract.document.Model;
import org.zosgrid.contract.envelope.Envelope;
import org.zosgrid.contract.envelope.PayloadType;
import org.zosgrid.contract.envelope.Signature;
import org.zosgrid.contract.http.HttpSignature;
import org.zosgrid.contract.key.Signer;
import org.zosgrid.contract.ledger.Tile;

/**
 * The control plane's REST interface. Every request carries an RFC 9421 signature by the caller's key: there is no session that could be stolen.
 * A refusal is a {@link RefusedException} with the problem's own words.
 */
public final class ControlPlane {
    private static final Duration CONNECT_LIMIT = Duration.ofSeconds(5);
    private static final Duration ANSWER_LIMIT = Duration.ofSeconds(60);
    private static final int PAGE = 100;
    private static final int ATTEMPTS = 3;
    /** A control plane whose database starts again says 503 meanwhile; what may safely be asked twice is. */
    private static final Duration RECOVERY = Duration.ofSeconds(15);
    private static final Duration RECOVERY_PAUSE = Duration.ofMillis(500);

    private final URI server;
    private final Optional<Signer> caller;
    private final Optional<String> token;
    private final HttpClient http = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).connectTimeout(CONNECT_LIMIT).build();

    private ControlPlane(URI server, Optional<Signer> caller, Optional<String> token) {
        this.server = server;
        this.caller = caller;
        this.token = token;
    }

    public ControlPlane(URI server, Signer caller) {
        this(server, Optional.of(caller), Optional.empty());
    }

    /** A caller who shows a token and signs nothing: they may read, and set the server up if their groups may. */
    public static ControlPlane withToken(URI server, String token) {
        return new ControlPlane(server, Optional.empty(), Optional.of(token));
    }

    /** A caller who signs nothing; all they may ask for is {@link #health}, and to {@link #logIn}. */
    public static ControlPlane anonymous(URI server) {
        return new ControlPlane(server, Optional.empty(), Optional.empty());
    }

    /** Begins a login; the answer has the token. */
    public JsonNode logIn(String name, String password, Optional<String> organisation) {
        ObjectNode body = Json.object().put("name", name).put("password", password);
        organisation.ifPresent(each -> body.put("organisation", each));
        return post("/api/logins", body);
    }

    /** Ends the login whose token is shown. */
    public void logOut() {
        send("DELETE", "/api/logins/current", new byte[0], Map.of());
    }

    public List<JsonNode> users() {
        List<JsonNode> all = new ArrayList<>();
        JsonNode page;
        do {
            page = get("/api/users?from=" + all.size() + "&limit=" + PAGE).path("items");
            page.forEach(all::add);
        } while (page.size() == PAGE);
        return all;
    }

    public JsonNode addUser(String name, String displayName, String password, List<String> groups) {
        ObjectNode body = Json.object().put("name", name).put("displayName", displayName).put("password", password);
        groups.forEach(body.putArray("groups")::add);
        return post("/api/users", body);
    }

    public void removeUser(String name) {
        send("DELETE", "/api/users/" + encoded(name), new byte[0], Map.of());
    }

    /** What the caller's organisation may have, and has. */
    public JsonNode quota() {
        return get("/api/quota");
    }

    public JsonNode health() {
        return get("/api/health");
    }

    /** Submits a signed change. A connection that breaks is tried again: the key makes the same request count once. */
    public JsonNode submit(Envelope envelope) {
        String path = switch (envelope.payloadType()) {
            case PayloadType.PAUSE -> "/api/pauses";
            case PayloadType.RESUME -> "/api/resumptions";
            case PayloadType.DECOMMISSION -> "/api/decommissions";
            case PayloadType.MODEL -> "/api/models";
            case PayloadType.SKIP -> "/api/skips";
            case PayloadType.REVIEW -> "/api/reviews";
            case PayloadType.ADMISSION -> "/api/admissions";
            case PayloadType.PROMOTION -> "/api/promotions";
            case PayloadType.RETIREMENT -> "/api/retirements";
            default -> "/api/deployments";
        };
        byte[] body = envelope.toJson();
        return json(postOnce(path, body, Digests.sha256Hex(body)));
    }

    /** A connection that breaks, or a database that is away, is tried again: under its key a request is carried out once. */
    private byte[] postOnce(String path, byte[] body, String key) {
        for (int attempt = 1; ; attempt++) {
            try {
                return sendUntilUp("POST", path, body, Map.of("Idempotency-Key", key));
            } catch (BrokenOffException broken) {
                if (attempt == ATTEMPTS) {
                    throw broken;
                }
            }
        }
    }

    /** What a deployment would change; nothing is submitted. */
    public JsonNode plan(byte[] document) {
        return json(sendUntilUp("POST", "/api/plans", document, Map.of()));
    }

    /** What decision tables demand of a document that nobody has signed: {@code binding}, and what each of the {@code tables} says. */
    public JsonNode demand(ChangeDocument document) {
        ObjectNode body = Json.object().put("payloadType", document.payloadType()).put("payload", Base64.getEncoder().encodeToString(document.toJson()));
        return json(sendUntilUp("POST", "/api/demand", Json.print(body).getBytes(StandardCharsets.UTF_8), Map.of()));
    }

    /** A demand as answers tell it. */
    public static Demand demand(JsonNode said) {
        Set<String> groups = new TreeSet<>();
        said.path("groups").forEach(each -> groups.add(each.asText()));
        return new Demand(said.path("people").asInt(), groups);
    }

    public DeploymentVersion approve(String name, long version, Signature signature) {
        return new DeploymentVersion(post(version(name, version) + "/approvals", Json.object()
                .put("keyid", signature.keyId().hex())
                .put("sig", Base64.getEncoder().encodeToString(signature.bytes()))));
    }

    public JsonNode reject(String name, long version, String reason) {
        return post(version(name, version) + "/rejections", Json.object().put("reason", reason));
    }

    /** Has what drifted made anew by the same sealed contract, on one node or wherever it drifted. */
    public JsonNode repair(String name, long version, Optional<String> node) {
        ObjectNode body = Json.object();
        node.ifPresent(each -> body.put("node", each));
        return post(version(name, version) + "/repairs", body);
    }

    /** Takes a change of the caller's own back that is not approved yet. */
    public JsonNode withdraw(String name, long version, String reason) {
        return post(version(name, version) + "/withdrawals", Json.object().put("reason", reason));
    }

    /** Every deployment, page by page until the last. */
    public List<JsonNode> list() {
        return pages("/api/deployments");
    }

    /** Those with such a part in their name whose newest version is in this state. */
    public List<JsonNode> list(String namePart, String state) {
        return pages("/api/deployments", "name=" + encoded(namePart) + "&state=" + encoded(state) + "&");
    }

    /** The first page of these. */
    public JsonNode firstPage(String namePart, String state) {
        return get("/api/deployments?name=" + encoded(namePart) + "&state=" + encoded(state) + "&limit=" + PAGE);
    }

    /** What is wrong with a model; nothing is submitted. */
    public JsonNode checkModel(Model.Language language, String file, String examples) {
        ObjectNode model = Json.object().put("language", language.toString()).put("file", file);
        if (!examples.isEmpty()) {
            model.put("examples", examples);
        }
        return json(sendUntilUp("POST", "/api/models/checks", Json.print(model).getBytes(StandardCharsets.UTF_8), Map.of()));
    }

    /** Every model with its newest version. */
    public List<JsonNode> models() {
        return pages("/api/models");
    }

    /** Every node that the trust root names or the inventory knows, with what it answers. */
    public List<JsonNode> nodes() {
        List<JsonNode> all = new ArrayList<>();
        get("/api/nodes").path("items").forEach(all::add);
        return all;
    }

    /** The blocks of models as element templates. */
    public JsonNode templates() {
        return get("/api/models/templates").path("templates");
    }

    /** What is under way by an older version of a model. */
    public JsonNode previewMigration(String model, long from) {
        return get("/api/models/" + encoded(model) + "/migrations/" + from);
    }

    /** Moves instances to the version in force. */
    public JsonNode migrate(String model, long from, List<String> instances) {
        ObjectNode body = Json.object();
        instances.forEach(body.putArray("instances")::add);
        return post("/api/models/" + encoded(model) + "/migrations/" + from, body);
    }

    /** Steps of processes that are stuck. */
    public JsonNode incidents() {
        return get("/api/incidents");
    }

    /** Versions that were emergencies, those first that nobody has reviewed. */
    public List<JsonNode> emergencies() {
        List<JsonNode> all = new ArrayList<>();
        get("/api/emergencies").path("items").forEach(all::add);
        return all;
    }

    public JsonNode incident(String id) {
        return get("/api/incidents/" + id);
    }

    /** Has a stuck step tried again at once; answers how it was before. */
    public JsonNode retryIncident(String id) {
        return json(postOnce("/api/incidents/" + id + "/retries", new byte[0], UUID.randomUUID().toString()));
    }

    /** Has everything taken back that was done for a version since it was sealed. */
    public JsonNode undo(String name, long version, String reason) {
        return post("/api/deployments/" + name + "/versions/" + version + "/undos", Json.object().put("reason", reason));
    }

    /** Subscribes an address to decisions; the answer has the secret if it was made there, this once. */
    public JsonNode addWebhook(Optional<String> name, String url, List<String> types, Optional<String> secretFile) {
        ObjectNode webhook = Json.object().put("url", url);
        name.ifPresent(given -> webhook.put("name", given));
        types.forEach(webhook.putArray("types")::add);
        secretFile.ifPresent(file -> webhook.put("secretFile", file));
        return post("/api/webhooks", webhook);
    }

    public List<JsonNode> webhooks() {
        List<JsonNode> all = new ArrayList<>();
        get("/api/webhooks").path("items").forEach(all::add);
        return all;
    }

    public void removeWebhook(long id) {
        send("DELETE", "/api/webhooks/" + id, new byte[0], Map.of());
    }

    /** Has an event sent there that says nothing; returns whether it was {@code delivered}, and the {@code failure}. */
    public JsonNode testWebhook(long id) {
        return json(send("POST", "/api/webhooks/" + id + "/tests", new byte[0], Map.of()));
    }

    /** Every message that was given up. */
    public List<JsonNode> deadLetters() {
        return pages("/api/webhooks/dead-letters");
    }

    public void retryDeadLetter(long webhook, long index) {
        postOnce("/api/webhooks/" + webhook + "/dead-letters/" + index + "/retries", new byte[0], UUID.randomUUID().toString());
    }

    public void dropDeadLetter(long webhook, long index) {
        send("DELETE", "/api/webhooks/" + webhook + "/dead-letters/" + index, new byte[0], Map.of());
    }

    private List<JsonNode> pages(String path) {
        return pages(path, "");
    }

    /** @param filter {@code name=value&} for each parameter */
    private List<JsonNode> pages(String path, String filter) {
        List<JsonNode> all = new ArrayList<>();
        String cursor = "";
        do {
            JsonNode page = get(path + "?" + filter + "limit=" + PAGE + (cursor.isEmpty() ? "" : "&cursor=" + encoded(cursor)));
            page.path("items").forEach(all::add);
            cursor = page.path("next").asText("");
        } while (!cursor.isEmpty() && !cursor.equals("null"));
        return all;
    }

    /** The newest version's summary: name, version, kind, requester, state. */
    public JsonNode newest(String name) {
        return get("/api/deployments/" + encoded(name));
    }

    /** The number of the newest version, running or not. */
    public long newestVersion(String name) {
        return newest(name).path("version").asLong();
    }

    public DeploymentVersion show(String name, long version) {
        return new DeploymentVersion(get(version(name, version)));
    }

    /** What a machine wrote to its standard output and error. */
    public String logs(String name, String machine) {
        return new String(send("GET", "/api/deployments/" + encoded(name) + "/logs/" + encoded(machine), new byte[0], Map.of()), StandardCharsets.UTF_8);
    }

    /** What a machine that runs has taken so far, and may take. */
    public JsonNode usage(String name, String machine) {
        return get("/api/deployments/" + encoded(name) + "/usage/" + encoded(machine));
    }

    /** Asks a machine's node for a terminal; the answer is not verified. */
    public Envelope openTerminal(String name, String machine, Envelope request) {
        return Envelope.parse(send("POST", terminals(name, machine), request.toJson(), Map.of()));
    }

    /** Takes a sealed frame to a terminal. Never sent twice: a frame that came twice ends it. */
    public void typeIntoTerminal(String name, String machine, String session, byte[] frame) {
        ObjectNode body = Json.object();
        body.putArray("frames").add(Base64.getEncoder().encodeToString(frame));
        send("POST", terminals(name, machine) + "/" + session + "/frames", Json.print(body).getBytes(StandardCharsets.UTF_8), Map.of());
    }

    /** Waits a few seconds for what a terminal shows: {@code frames} from this one on, and whether it has {@code ended}. */
    public JsonNode readTerminal(String name, String machine, String session, long from) {
        return get(terminals(name, machine) + "/" + session + "/frames?from=" + from);
    }

    /** Ends a terminal; one that has ended is fine. */
    public void closeTerminal(String name, String machine, String session) {
        send("DELETE", terminals(name, machine) + "/" + session, new byte[0], Map.of());
    }

    private static String terminals(String name, String machine) {
        return "/api/deployments/" + encoded(name) + "/terminals/" + encoded(machine);
    }

    /** The audit bundle of a name, as bytes: nothing is read from it that was not verified. */
    public byte[] audit(String name) {
        return sendUntilUp("GET", "/api/deployments/" + encoded(name) + "/audit", new byte[0], Map.of());
    }

    /** Hands the next trust root in. May be repeated: the one in force is answered with how far it has come. */
    public JsonNode rotate(Envelope next) {
        return json(sendUntilUp("POST", "/api/trust-roots", next.toJson(), Map.of()));
    }

    /** The trust root in force, with {@code nodes} and how far each has followed. */
    public JsonNode trustRoot() {
        return get("/api/trust-roots/current");
    }

    /** Every version of the trust root, the pinned one first; not verified. */
    public List<JsonNode> trustRoots() {
        List<JsonNode> all = new ArrayList<>();
        get("/api/trust-roots").path("items").forEach(all::add);
        return all;
    }

    /** The image that a name stands for today. */
    public ImageReference resolve(ImageReference image) {
        JsonNode found = get("/api/images?reference=" + image.name());
        ImageReference pinned = ImageReference.parse(found.path("reference").asText());
        if (!pinned.name().equals(image.name()) || pinned.fingerprint().isEmpty()) {
            throw new CliException("image: the control plane answered '" + pinned + "' when asked for '" + image.name() + "'; nothing was signed");
        }
        return pinned;
    }

    /** The newest word on every image in every environment, or on those of one name, or on one that is pinned. */
    public List<JsonNode> promotions(Optional<ImageReference> image) {
        List<JsonNode> all = new ArrayList<>();
        String cursor = "";
        do {
            JsonNode page = get("/api/promotions?limit=100&cursor=" + encoded(cursor) + image.map(each -> "&reference=" + encoded(each.toString())).orElse(""));
            page.path("items").forEach(all::add);
            cursor = page.path("next").asText("");
        } while (!cursor.isEmpty() && !cursor.equals("null"));
        return all;
    }

    /** Ledger entries from an index on: {@code items} and where the {@code next} page begins. */
    public JsonNode ledger(long from, int limit) {
        return get("/api/ledger/entries?from=" + from + "&limit=" + limit);
    }

    /** The ledger's checkpoint that monitors are shown, a signed note; not verified. */
    public String checkpoint() {
        return new String(sendUntilUp("GET", "/api/ledger/checkpoint", new byte[0], Map.of()), StandardCharsets.UTF_8);
    }

    /** A tile of the ledger, not verified; empty if there is none. */
    public Optional<byte[]> tile(Tile tile) {
        try {
            return Optional.of(sendUntilUp("GET", "/api/ledger/" + tile.path(), new byte[0], Map.of()));
        } catch (RefusedException refused) {
            if (refused.status() == 404) {
                return Optional.empty();
            }
            throw refused;
        }
    }

    private static String version(String name, long version) {
        return "/api/deployments/" + encoded(name) + "/versions/" + version;
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }

    private JsonNode get(String pathAndQuery) {
        return json(sendUntilUp("GET", pathAndQuery, new byte[0], Map.of()));
    }

    private byte[] sendUntilUp(String method, String pathAndQuery, byte[] body, Map<String, String> headers) {
        Instant end = Instant.now().plus(RECOVERY);
        while (true) {
            try {
                return send(method, pathAndQuery, body, headers);
            } catch (RefusedException unavailable) {
                if (unavailable.status() != 503 || Instant.now().isAfter(end)) {
                    throw unavailable;
                }
            }
            try {
                Thread.sleep(RECOVERY_PAUSE);
            } catch (InterruptedException interrupted) {
                Thread.currentThread().interrupt();
                throw new CliException("interrupted while waiting for " + server);
            }
        }
    }

    private JsonNode post(String path, JsonNode body) {
        return json(postOnce(path, Json.print(body).getBytes(StandardCharsets.UTF_8), UUID.randomUUID().toString()));
    }

    private JsonNode json(byte[] body) {
        return Json.parse(body, "the control plane at " + server);
    }

    private byte[] send(String method, String pathAndQuery, byte[] body, Map<String, String> headers) {
        HttpRequest.Builder request = HttpRequest.newBuilder(server.resolve(pathAndQuery)).timeout(ANSWER_LIMIT);
        if (body.length == 0) {
            request.method(method, BodyPublishers.noBody());
        } else {
            request.method(method, BodyPublishers.ofByteArray(body)).header("Content-Type", "application/json");
        }
        headers.forEach(request::header);
        caller.ifPresent(signer -> HttpSignature.sign(signer, method, pathAndQuery, body, Instant.now()).forEach(request::header));
        token.ifPresent(each -> request.header("Authorization", "Bearer " + each));
        try {
            HttpResponse<byte[]> answer = http.send(request.build(), BodyHandlers.ofByteArray());
            if (answer.statusCode() / 100 != 2) {
                throw RefusedException.of(answer.statusCode(), answer.headers().firstValue("Content-Type").orElse(""), answer.body());
            }
            return answer.body();
        } catch (ConnectException absent) {
            throw new CliException("nobody answers at " + server + ". Is the control plane up? ('./zos up' starts one; --server names another)", absent);
        } catch (IOException broken) {
            throw new BrokenOffException(server, broken);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new CliException("interrupted while waiting for " + server);
        }
    }

    /** Nobody knows whether the request arrived. */
    private static final class BrokenOffException extends CliException {
        BrokenOffException(URI server, IOException cause) {
            super("the control plane at " + server + " broke off: " + cause.getMessage(), cause);
        }
    }
}
