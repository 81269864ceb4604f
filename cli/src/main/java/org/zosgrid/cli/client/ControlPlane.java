package org.zosgrid.cli.client;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.zosgrid.cli.CliException;
import org.zosgrid.cli.terminal.Json;
import org.zosgrid.contract.envelope.Envelope;
import org.zosgrid.contract.envelope.PayloadType;
import org.zosgrid.contract.envelope.Signature;
import org.zosgrid.contract.http.HttpSignature;
import org.zosgrid.contract.key.Signer;

/**
 * The control plane's REST interface. Every request carries an RFC 9421 signature by the caller's key: there is no session that could be stolen.
 * Answers are JSON as {@code docs/rest.md} describes them; a refusal becomes a {@link CliException} with the problem's own words.
 */
public final class ControlPlane {
    private static final Duration LIMIT = Duration.ofSeconds(60);

    private final URI server;
    private final Signer caller;
    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(5))
            .build();

    public ControlPlane(URI server, Signer caller) {
        this.server = server;
        this.caller = caller;
    }

    /** Submits a signed deployment or decommission; the key makes a retry harmless. */
    public JsonNode submit(Envelope envelope) {
        String path = envelope.payloadType().equals(PayloadType.DECOMMISSION) ? "/api/decommissions" : "/api/deployments";
        return send("POST", path, envelope.toJson(), Map.of("Idempotency-Key", envelope.digest()));
    }

    public JsonNode approve(String name, long version, Signature signature) {
        return send("POST", version(name, version) + "/approvals", bytes(Json.object()
                .put("keyid", signature.keyId().hex())
                .put("sig", Base64.getEncoder().encodeToString(signature.bytes()))));
    }

    public JsonNode reject(String name, long version, String reason) {
        return send("POST", version(name, version) + "/rejections", bytes(Json.object().put("reason", reason)));
    }

    /** Every deployment, page by page until the last. */
    public List<JsonNode> list() {
        List<JsonNode> all = new ArrayList<>();
        String cursor = "";
        do {
            JsonNode page = send("GET", "/api/deployments?limit=100" + (cursor.isEmpty() ? "" : "&cursor=" + cursor));
            page.path("items").forEach(all::add);
            cursor = page.path("next").asText("");
        } while (!cursor.isEmpty());
        return all;
    }

    public JsonNode show(String name) {
        return send("GET", "/api/deployments/" + name);
    }

    public JsonNode show(String name, long version) {
        return send("GET", version(name, version));
    }

    /** The envelope as it was submitted, with the requester's signature. */
    public Envelope envelope(String name, long version) {
        JsonNode shown = show(name, version);
        return Envelope.parse(Base64.getDecoder().decode(shown.path("envelope").asText()));
    }

    public String logs(String name, String machine) {
        return send("GET", "/api/deployments/" + name + "/logs/" + machine).path("text").asText();
    }

    public JsonNode image(String reference) {
        return send("GET", "/api/images?reference=" + reference);
    }

    public JsonNode ledger(long from, int limit) {
        return send("GET", "/api/ledger/entries?from=" + from + "&limit=" + limit);
    }

    private static String version(String name, long version) {
        return "/api/deployments/" + name + "/versions/" + version;
    }

    private static byte[] bytes(JsonNode body) {
        return Json.print(body).getBytes(java.nio.charset.StandardCharsets.UTF_8);
    }

    private JsonNode send(String method, String pathAndQuery) {
        return send(method, pathAndQuery, new byte[0]);
    }

    private JsonNode send(String method, String pathAndQuery, byte[] body) {
        return send(method, pathAndQuery, body, Map.of());
    }

    private JsonNode send(String method, String pathAndQuery, byte[] body, Map<String, String> headers) {
        HttpRequest.Builder request = HttpRequest.newBuilder(server.resolve(pathAndQuery))
                .timeout(LIMIT)
                .header("Content-Type", "application/json")
                .method(method, body.length == 0 ? BodyPublishers.noBody() : BodyPublishers.ofByteArray(body));
        headers.forEach(request::header);
        HttpSignature.sign(caller, method, pathAndQuery, body, Instant.now()).forEach(request::header);
        try {
            HttpResponse<byte[]> answer = http.send(request.build(), BodyHandlers.ofByteArray());
            if (answer.statusCode() / 100 != 2) {
                throw refused(answer);
            }
            return Json.parse(answer.body(), server.toString());
        } catch (ConnectException absent) {
            throw new CliException("nobody answers at " + server + ". Is the control plane up? ('./zos up' starts one; --server names another)");
        } catch (IOException broken) {
            throw new CliException("the control plane at " + server + " broke off: " + broken.getMessage(), broken);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new CliException("interrupted while waiting for " + server);
        }
    }

    /** An RFC 9457 problem, in one or more lines. */
    private static CliException refused(HttpResponse<byte[]> answer) {
        String type = answer.headers().firstValue("Content-Type").orElse("");
        if (!type.contains("json")) {
            return new CliException("the control plane answered " + answer.statusCode());
        }
        JsonNode problem = Json.parse(answer.body(), "the control plane");
        StringBuilder text = new StringBuilder(problem.path("title").asText("refused"));
        if (problem.hasNonNull("detail")) {
            text.append(": ").append(problem.path("detail").asText());
        }
        problem.path("faults").forEach(fault -> text.append(System.lineSeparator()).append("  ")
                .append(fault.path("field").asText()).append(": ").append(fault.path("problem").asText())
                .append(fault.path("value").asText().isEmpty() ? "" : " (is: " + fault.path("value").asText() + ")"));
        return new CliException(text.toString());
    }
}
