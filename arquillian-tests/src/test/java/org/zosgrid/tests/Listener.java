package org.zosgrid.tests;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.zosgrid.contract.http.HttpSignature;
import org.zosgrid.contract.key.Signer;

/** Somebody who follows the server's events from now on. */
final class Listener implements AutoCloseable {
    private static final String STREAM = "/api/events/stream";

    private final HttpClient http = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final List<String> lines = new CopyOnWriteArrayList<>();

    Listener(URI server, Signer key) {
        HttpRequest.Builder request = HttpRequest.newBuilder(server.resolve(STREAM)).GET();
        HttpSignature.sign(key, "GET", STREAM, new byte[0], Instant.now()).forEach(request::header);
        http.sendAsync(request.build(), HttpResponse.BodyHandlers.ofLines()).thenAccept(answer -> answer.body().forEach(lines::add));
    }

    /** Everything up to now. */
    String heard() {
        return String.join("\n", lines);
    }

    @Override
    public void close() {
        http.shutdownNow(); // a stream would be waited for
    }
}
