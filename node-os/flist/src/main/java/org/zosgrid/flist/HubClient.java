package org.zosgrid.flist;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.zosgrid.contract.document.ImageReference;
import org.zosgrid.contract.envelope.Envelope;

/**
 * Talks to a hub, and believes it nothing: what it hands out is checked by whoever asked. Safe for use by many threads. A hub that says no is a {@link
 * FlistException}, one that does not answer a {@link HubUnavailableException}.
 */
public final class HubClient implements ChunkSource, AutoCloseable {
    private static final Duration CONNECT = Duration.ofSeconds(3);
    private static final Duration LIMIT = Duration.ofSeconds(30);
    private static final ObjectMapper MAPPER = new ObjectMapper();

    private final URI hub;
    private final HttpClient http = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).connectTimeout(CONNECT).build();

    public HubClient(URI hub) {
        this.hub = hub;
    }

    /** The packed chunk, as the hub has it. */
    @Override
    public byte[] fetch(String fingerprint) {
        return get("/v1/chunks/" + fingerprint);
    }

    /** An flist with exactly this fingerprint. */
    public byte[] flist(String fingerprint) {
        byte[] file = get("/v1/flists/" + fingerprint);
        Flist.open(file, fingerprint);
        return file;
    }

    /** The signed envelope of an image, unverified. */
    public Envelope image(ImageReference image) {
        return Envelope.parse(get("/v1/images/" + image.repository().replace("/", "%2F") + "/" + image.tag()));
    }

    /** Which of these chunks the hub does not have. */
    public Set<String> missing(List<String> fingerprints) {
        ObjectNode question = MAPPER.createObjectNode();
        fingerprints.forEach(question.putArray("chunks")::add);
        Set<String> missing = new HashSet<>();
        try {
            for (JsonNode each : MAPPER.readTree(send("POST", "/v1/chunks/missing", MAPPER.writeValueAsBytes(question))).path("missing")) {
                missing.add(each.asText());
            }
            return missing;
        } catch (IOException broken) {
            throw new FlistException("the hub at " + hub + " answered with something that is no JSON", broken);
        }
    }

    public void putChunk(String fingerprint, byte[] packed) {
        send("PUT", "/v1/chunks/" + fingerprint, packed);
    }

    public void putFlist(String fingerprint, byte[] file) {
        send("PUT", "/v1/flists/" + fingerprint, file);
    }

    /** Publishes a signed image; its flist and all its chunks must be there already. */
    public void putImage(Envelope signed) {
        send("PUT", "/v1/images", signed.toJson());
    }

    private byte[] get(String path) {
        return send("GET", path, new byte[0]);
    }

    private byte[] send(String method, String path, byte[] body) {
        HttpRequest request = HttpRequest.newBuilder(hub.resolve(path))
                .timeout(LIMIT)
                .method(method, body.length == 0 ? BodyPublishers.noBody() : BodyPublishers.ofByteArray(body))
                .build();
        try {
            HttpResponse<byte[]> answer = http.send(request, BodyHandlers.ofByteArray());
            if (answer.statusCode() / 100 == 5) {
                throw new HubUnavailableException("the hub at " + hub + " is in trouble (" + answer.statusCode() + " to " + method + " " + path + ")");
            }
            if (answer.statusCode() / 100 != 2) {
                throw new FlistException("the hub at " + hub + " refused " + method + " " + path + " (" + answer.statusCode() + "): "
                        + new String(answer.body(), java.nio.charset.StandardCharsets.UTF_8).strip());
            }
            return answer.body();
        } catch (IOException broken) {
            throw new HubUnavailableException("the hub at " + hub + " cannot be reached: " + broken, broken);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new HubUnavailableException("interrupted while waiting for the hub at " + hub);
        }
    }

    @Override
    public void close() {
        http.close();
    }
}
