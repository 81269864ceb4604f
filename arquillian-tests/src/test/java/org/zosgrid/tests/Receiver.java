package org.zosgrid.tests;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** A corporate system that hears of decisions: it answers as a test wants, and checks signatures by the specification's text, not by our code. */
final class Receiver implements AutoCloseable {
    private static final Pattern TEXT = Pattern.compile("\"(type|subject|id)\":\"([^\"]*)\"");

    /** What arrived. */
    record Event(String id, String type, String subject, boolean genuine) {}

    final List<Event> events = new CopyOnWriteArrayList<>();
    private final HttpServer server;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final CountDownLatch closed = new CountDownLatch(1);
    private volatile int status = 204;
    private volatile boolean silent;
    private volatile String secret = "";

    Receiver() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), 0), 0);
        server.setExecutor(threads);
        server.createContext("/", this::receive);
        server.start();
    }

    String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort() + "/zos";
    }

    Receiver answering(int code) {
        status = code;
        return this;
    }

    /** From now on it takes requests and never answers. */
    Receiver silent() {
        silent = true;
        return this;
    }

    /** @param text {@code whsec_…} */
    void knows(String text) {
        secret = text;
    }

    List<String> types(String subject) {
        return events.stream().filter(each -> each.subject().equals(subject)).map(Event::type).toList();
    }

    private void receive(HttpExchange exchange) throws IOException {
        byte[] body = exchange.getRequestBody().readAllBytes();
        if (silent) {
            try {
                closed.await();
            } catch (InterruptedException stopping) {
                Thread.currentThread().interrupt();
            }
        } else if (status == 204) {
            String[] found = {"", "", ""};
            Matcher matcher = TEXT.matcher(new String(body, StandardCharsets.UTF_8));
            while (matcher.find()) {
                found[List.of("id", "type", "subject").indexOf(matcher.group(1))] = matcher.group(2);
            }
            events.add(new Event(found[0], found[1], found[2], genuine(exchange, body)));
        }
        exchange.sendResponseHeaders(status, -1);
        exchange.close();
    }

    private boolean genuine(HttpExchange exchange, byte[] body) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(Base64.getDecoder().decode(secret.substring("whsec_".length())), "HmacSHA256"));
            mac.update((exchange.getRequestHeaders().getFirst("webhook-id") + "." + exchange.getRequestHeaders().getFirst("webhook-timestamp") + ".").getBytes(StandardCharsets.UTF_8));
            return ("v1," + Base64.getEncoder().encodeToString(mac.doFinal(body))).equals(exchange.getRequestHeaders().getFirst("webhook-signature"));
        } catch (java.security.GeneralSecurityException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    @Override
    public void close() {
        closed.countDown();
        server.stop(0);
        threads.shutdownNow();
    }
}
