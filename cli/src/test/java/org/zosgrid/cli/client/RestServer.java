package org.zosgrid.cli.client;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.zosgrid.contract.ContractException;
import org.zosgrid.contract.http.HttpSignature;
import org.zosgrid.contract.key.KeyId;
import org.zosgrid.contract.key.VerificationKey;

/** An HTTP server on loopback that checks every request's signature as the control plane does, and answers what a test prepared. */
public final class RestServer implements AutoCloseable {
    /** A request that verified. */
    public record Received(String line, KeyId caller, String idempotencyKey, byte[] body) {}

    private record Answer(int status, String type, String body) {}

    private static final Answer NO_DEMAND = new Answer(200, "application/json", "{\"binding\":{\"people\":0,\"groups\":[]},\"tables\":[]}");

    private final HttpServer server;
    private final Map<KeyId, VerificationKey> known = new ConcurrentHashMap<>();
    private final Map<String, List<Answer>> answers = new ConcurrentHashMap<>();
    private final List<Received> received = new CopyOnWriteArrayList<>();
    private final List<String> nonces = new CopyOnWriteArrayList<>();
    private final AtomicInteger breaks = new AtomicInteger();

    public RestServer(VerificationKey... callers) {
        for (VerificationKey key : callers) {
            known.put(key.id(), key);
        }
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), 0), 0);
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
        server.createContext("/", this::handle);
        server.start();
    }

    public URI address() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    }

    /** Prepares an answer to {@code METHOD /path?query}; several are given one after the other, the last for ever. No decision table demands anything unless that is prepared too. */
    public RestServer answer(String line, int status, String json) {
        return answer(line, status, status / 100 == 2 ? "application/json" : "application/problem+json", json);
    }

    public RestServer answer(String line, int status, String type, String body) {
        answers.computeIfAbsent(line, first -> new CopyOnWriteArrayList<>()).add(new Answer(status, type, body));
        return this;
    }

    /** Breaks the connection off, after the request was read, so many times. */
    public RestServer breakOff(int times) {
        breaks.set(times);
        return this;
    }

    public List<Received> received() {
        return received;
    }

    private void handle(HttpExchange exchange) throws IOException {
        byte[] body = exchange.getRequestBody().readAllBytes();
        String target = exchange.getRequestURI().toString();
        String line = exchange.getRequestMethod() + " " + target;
        try {
            HttpSignature.Verified caller = HttpSignature.verify(name -> Optional.ofNullable(exchange.getRequestHeaders().getFirst(name)),
                    exchange.getRequestMethod(), target, body, id -> Optional.ofNullable(known.get(id)), Instant.now());
            if (nonces.contains(caller.nonce())) {
                throw new ContractException("Signature-Input", "its nonce was used before", caller.nonce());
            }
            nonces.add(caller.nonce());
            received.add(new Received(line, caller.keyId(), Optional.ofNullable(exchange.getRequestHeaders().getFirst("Idempotency-Key")).orElse(""), body));
        } catch (ContractException unsigned) {
            reply(exchange, new Answer(401, "application/problem+json",
                    "{\"title\":\"Not signed\",\"status\":401,\"detail\":\"" + unsigned.faults().getFirst().problem() + "\"}"));
            return;
        }
        if (breaks.getAndUpdate(left -> Math.max(0, left - 1)) > 0) {
            exchange.close();
            return;
        }
        List<Answer> prepared = answers.getOrDefault(line, line.equals("POST /api/demand") ? List.of(NO_DEMAND) : List.of(new Answer(404, "application/problem+json", "{\"title\":\"Not prepared: " + line + "\",\"status\":404}")));
        reply(exchange, prepared.size() > 1 ? prepared.removeFirst() : prepared.getFirst());
    }

    private static void reply(HttpExchange exchange, Answer answer) throws IOException {
        byte[] body = answer.body().getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", answer.type());
        exchange.sendResponseHeaders(answer.status(), body.length == 0 ? -1 : body.length);
        exchange.getResponseBody().write(body);
        exchange.close();
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
