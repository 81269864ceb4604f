package org.zosgrid.workloads.webhook;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.zosgrid.contract.Fault;

/** One attempt to hand a message over. The receiver has it if it answers 2xx in time; a redirection is not followed, and what else it answers is not read. */
final class WebhookPost implements AutoCloseable {
    private final HttpClient http;
    private final Duration limit;

    /** @param limit from the beginning of an attempt to the answer's first line */
    WebhookPost(Duration limit) {
        this.limit = limit;
        this.http = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).followRedirects(HttpClient.Redirect.NEVER).connectTimeout(limit).build();
    }

    /** Returns what went wrong; empty if the receiver has it. */
    Optional<String> send(String url, AllowedReceivers allowed, WebhookSecret secret, CloudEvent event) {
        Optional<Fault> fault = allowed.fault("url", url);
        if (fault.isPresent()) {
            return Optional.of(fault.get().problem());
        }
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(url)).timeout(limit).header("Content-Type", CloudEvent.MEDIA_TYPE).header("User-Agent", "zos-webhook");
        secret.sign(event.id(), Instant.now(), event.json()).forEach(request::header);
        try {
            HttpResponse<InputStream> answer = http.send(request.POST(BodyPublishers.ofByteArray(event.json())).build(), BodyHandlers.ofInputStream());
            answer.body().close();
            int status = answer.statusCode();
            return status / 100 == 2 ? Optional.empty() : Optional.of("answered " + status + (status / 100 == 3 ? "; a redirection is not followed" : ""));
        } catch (IOException failed) {
            return Optional.of("no answer: " + (failed.getMessage() == null ? failed.getClass().getSimpleName() : failed.getMessage()));
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
            return Optional.of("no answer: the server stops");
        }
    }

    @Override
    public void close() {
        http.shutdownNow();
    }
}
