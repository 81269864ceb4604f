package org.zosgrid.workloads.webhook;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** One attempt, against a real HTTP server. */
class WebhookPostTest {
    private static final WebhookSecret SECRET = WebhookSecret.generate();
    private static final CloudEvent EVENT = CloudEvent.test("zosgrid.example/ledger", "test-1", "2026-11-25T12:00:00Z");
    private static final AllowedReceivers LOOPBACK = AllowedReceivers.of(List.of("http://127.0.0.1:*"), List.of(), AllowedReceivers::resolve);

    private final CountDownLatch end = new CountDownLatch(1);
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final List<String> asked = new CopyOnWriteArrayList<>();
    private final HttpServer server;
    private final WebhookPost post = new WebhookPost(Duration.ofSeconds(10));

    WebhookPostTest() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), 0), 0);
    }

    @BeforeEach
    void start() {
        server.setExecutor(threads);
        server.start();
    }

    @AfterEach
    void stop() {
        end.countDown();
        post.close();
        server.stop(0);
        threads.shutdownNow();
    }

    @Test
    void theReceiverGetsTheEventAndCanCheckWhoSentItAndWhen() {
        server.createContext("/hook", exchange -> {
            byte[] body = exchange.getRequestBody().readAllBytes();
            Instant sent = Instant.ofEpochSecond(Long.parseLong(header(exchange, "webhook-timestamp")));
            asked.add(exchange.getRequestMethod() + " " + header(exchange, "Content-Type"));
            asked.add(SECRET.sign(header(exchange, "webhook-id"), sent, body).get("webhook-signature").equals(header(exchange, "webhook-signature")) ? "genuine" : "forged");
            asked.add(Duration.between(sent, Instant.now()).abs().compareTo(Duration.ofMinutes(5)) < 0 ? "fresh" : "old");
            asked.add(new String(body).equals(new String(EVENT.json())) ? "whole" : "other");
            answer(exchange, 204);
        });
        assertThat(send("/hook")).isEmpty();
        assertThat(asked).containsExactly("POST application/cloudevents+json; charset=UTF-8", "genuine", "fresh", "whole");
    }

    @Test
    void aRedirectionIsNotFollowed() {
        server.createContext("/hook", exchange -> {
            exchange.getResponseHeaders().set("Location", "http://127.0.0.1:" + server.getAddress().getPort() + "/inside");
            answer(exchange, 307);
        });
        server.createContext("/inside", exchange -> {
            asked.add("inside");
            answer(exchange, 204);
        });
        assertThat(send("/hook")).hasValue("answered 307; a redirection is not followed");
        assertThat(asked).isEmpty();
    }

    @Test
    void whatIsNo2xxIsAFailure() {
        server.createContext("/hook", exchange -> answer(exchange, 503));
        assertThat(send("/hook")).hasValue("answered 503");
    }

    @Test
    void aReceiverThatDoesNotAnswerInTimeIsGivenUp() {
        server.createContext("/hook", exchange -> {
            try {
                end.await();
            } catch (InterruptedException stopped) {
                Thread.currentThread().interrupt();
            }
        });
        try (WebhookPost impatient = new WebhookPost(Duration.ofMillis(300))) {
            assertThat(impatient.send(url("/hook"), LOOPBACK, SECRET, EVENT).orElseThrow()).startsWith("no answer: ");
        }
    }

    @Test
    void nobodyThereIsAFailure() throws IOException {
        int free;
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.ofLiteral("127.0.0.1"))) {
            free = socket.getLocalPort();
        }
        assertThat(post.send("http://127.0.0.1:" + free + "/", LOOPBACK, SECRET, EVENT).orElseThrow()).startsWith("no answer: ");
    }

    @Test
    void whatIsNoLongerAllowedIsNotSent() {
        server.createContext("/hook", exchange -> {
            asked.add("asked");
            answer(exchange, 204);
        });
        AllowedReceivers nobody = AllowedReceivers.of(List.of(), List.of(), AllowedReceivers::resolve);
        assertThat(post.send(url("/hook"), nobody, SECRET, EVENT).orElseThrow()).contains("zos.webhooks.allow");
        assertThat(asked).isEmpty();
    }

    private Optional<String> send(String path) {
        return post.send(url(path), LOOPBACK, SECRET, EVENT);
    }

    private String url(String path) {
        return "http://127.0.0.1:" + server.getAddress().getPort() + path;
    }

    private static String header(HttpExchange exchange, String name) {
        return Optional.ofNullable(exchange.getRequestHeaders().getFirst(name)).orElse("");
    }

    private static void answer(HttpExchange exchange, int status) throws IOException {
        exchange.sendResponseHeaders(status, -1);
        exchange.close();
    }
}
