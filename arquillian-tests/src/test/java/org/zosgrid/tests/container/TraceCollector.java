package org.zosgrid.tests.container;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Takes OTLP over HTTP, and reads of each span its trace and its name: enough of Protocol Buffers for that. */
public final class TraceCollector implements AutoCloseable {
    /** Fields 1 (trace), 2 (span), perhaps 4 (parent), 5 (name) of a Span, in the order in which they are written. */
    private static final Pattern SPAN = Pattern.compile("\n\u0010([\\x00-\\xff]{16})\u0012\b[\\x00-\\xff]{8}(?:\u001a[\\x00-\\x7f][\\x00-\\xff]{0,40}?)?(?:\"\b[\\x00-\\xff]{8})?\\*([\\x01-\\x7f])");

    private final HttpServer server;
    private final List<Span> spans = new CopyOnWriteArrayList<>();

    /** A span that was told. */
    public record Span(String trace, String name) {}

    TraceCollector() {
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), 0), 0);
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
        server.createContext("/v1/traces", this::receive);
        server.start();
    }

    String endpoint() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    /** Everything that was told so far. */
    public List<Span> spans() {
        return List.copyOf(spans);
    }

    private void receive(HttpExchange exchange) throws IOException {
        String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.ISO_8859_1);
        Matcher matcher = SPAN.matcher(body);
        while (matcher.find()) {
            int length = matcher.group(2).charAt(0);
            String trace = HexFormat.of().formatHex(matcher.group(1).getBytes(StandardCharsets.ISO_8859_1));
            spans.add(new Span(trace, body.substring(matcher.end(), Math.min(body.length(), matcher.end() + length))));
        }
        exchange.sendResponseHeaders(200, -1);
        exchange.close();
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
