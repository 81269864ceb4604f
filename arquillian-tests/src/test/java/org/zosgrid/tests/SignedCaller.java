package org.zosgrid.tests;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.UUID;
import org.zosgrid.contract.http.HttpSignature;
import org.zosgrid.contract.key.Signer;

/** Somebody who signs whatever they are told to ask, and hands back every answer. */
record SignedCaller(URI server, HttpClient http, Signer key) {
    /** @param body empty for none */
    HttpResponse<String> ask(String method, String target, String body) throws Exception {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        HttpRequest.Builder request = HttpRequest.newBuilder(server.resolve(target));
        if (body.isEmpty()) {
            request.method(method, HttpRequest.BodyPublishers.noBody());
        } else {
            request.method(method, HttpRequest.BodyPublishers.ofByteArray(bytes)).header("Content-Type", "application/json").header("Idempotency-Key", UUID.randomUUID().toString());
        }
        HttpSignature.sign(key, method, target, bytes, Instant.now()).forEach(request::header);
        return http.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }
}
