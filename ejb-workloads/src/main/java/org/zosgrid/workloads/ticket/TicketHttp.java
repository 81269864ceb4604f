package org.zosgrid.workloads.ticket;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/** JSON over HTTP with a login, as both systems have it. No redirection is followed: the login would go with it. */
final class TicketHttp implements AutoCloseable {
    private static final Duration LIMIT = Duration.ofSeconds(20);
    private static final int MAX_ANSWER = 1 << 20;
    private static final int MAX_SHOWN = 300;
    private static final ObjectMapper JSON = new ObjectMapper();

    private final URI base;
    private final String authorization;
    private final HttpClient http = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).followRedirects(HttpClient.Redirect.NEVER).connectTimeout(LIMIT).build();

    TicketHttp(URI base, String user, String password) {
        this.base = URI.create(base.toString().replaceFirst("/+$", ""));
        this.authorization = "Basic " + Base64.getEncoder().encodeToString((user + ":" + password).getBytes(StandardCharsets.UTF_8));
    }

    static ObjectNode object() {
        return JSON.createObjectNode();
    }

    /** @param body null for none; the answer is an empty object if there is none */
    JsonNode ask(String method, String pathAndQuery, @Nullable JsonNode body) throws IOException {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(base + pathAndQuery)).timeout(LIMIT).header("Authorization", authorization).header("Accept", "application/json");
        if (body == null) {
            request.method(method, BodyPublishers.noBody());
        } else {
            request.method(method, BodyPublishers.ofByteArray(JSON.writeValueAsBytes(body))).header("Content-Type", "application/json");
        }
        try {
            HttpResponse<InputStream> answer = http.send(request.build(), BodyHandlers.ofInputStream());
            byte[] bytes;
            try (InputStream in = answer.body()) {
                bytes = in.readNBytes(MAX_ANSWER);
            }
            if (answer.statusCode() / 100 != 2) {
                String said = new String(bytes, StandardCharsets.UTF_8);
                throw new IOException(method + " " + pathAndQuery + " was answered " + answer.statusCode() + ": " + (said.length() > MAX_SHOWN ? said.substring(0, MAX_SHOWN) + "…" : said));
            }
            return bytes.length == 0 ? object() : JSON.readTree(bytes);
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
            throw new IOException("the server stops", stopping);
        }
    }

    /** As it may stand in a path or a query. */
    static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }

    /** A text that must be in an answer. */
    static String text(JsonNode answer, String pointer) throws IOException {
        String text = answer.at(pointer).asText("");
        if (text.isEmpty()) {
            throw new IOException("the answer has no " + pointer);
        }
        return text;
    }

    @Override
    public void close() {
        http.shutdownNow();
    }
}
