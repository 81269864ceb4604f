package org.zosgrid.cli.agent;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.Optional;
import java.util.concurrent.Executors;

/**
 * Lets the console's page in one's own browser ask an agent: {@code GET /key} and {@code POST /sign} over HTTP on the loopback. Other pages that the browser shows
 * reach this port too, so three things are asked of a caller: that the browser says it is the console's page (Origin), that it came here by this address and by
 * no name that somebody else resolved to it (Host), and the code that stands at the agent's terminal.
 */
public final class BrowserDoor implements AutoCloseable {
    private static final int CODE_BYTES = 16;
    private static final int REMEMBERED_SECONDS = 600;

    private final SigningAgent agent;
    private final HttpServer server;
    private final String origin;
    private final String secret;

    private BrowserDoor(SigningAgent agent, HttpServer server, String origin, String secret) {
        this.agent = agent;
        this.server = server;
        this.origin = origin;
        this.secret = secret;
    }

    /**
     * Opens the door.
     *
     * @param port 0 for any that is free
     * @param console where the console is; of it scheme, host and port count
     */
    public static BrowserDoor open(SigningAgent agent, int port, URI console) {
        byte[] code = new byte[CODE_BYTES];
        new SecureRandom().nextBytes(code);
        try {
            HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getByName("127.0.0.1"), port), 0);
            BrowserDoor door = new BrowserDoor(agent, server, origin(console), HexFormat.of().formatHex(code));
            server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
            server.createContext("/", door::handle);
            server.start();
            return door;
        } catch (IOException taken) {
            throw new UncheckedIOException("the agent cannot listen at port " + port + ": " + taken.getMessage(), taken);
        }
    }

    /** As browsers write it: without the port that is the scheme's own. */
    private static String origin(URI console) {
        boolean own = console.getPort() < 0 || console.getPort() == (console.getScheme().equals("https") ? 443 : 80);
        return console.getScheme() + "://" + console.getHost() + (own ? "" : ":" + console.getPort());
    }

    /** What is pasted into the console: the port and the secret. */
    public String code() {
        return server.getAddress().getPort() + "-" + secret;
    }

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            Optional<String> caller = Optional.ofNullable(exchange.getRequestHeaders().getFirst("Origin"));
            if (!("127.0.0.1:" + server.getAddress().getPort()).equals(exchange.getRequestHeaders().getFirst("Host"))) {
                answer(exchange, 421, "ask for 127.0.0.1");
            } else if (!caller.equals(Optional.of(origin))) {
                answer(exchange, 403, "only the page of " + origin + " may ask (is: " + caller.orElse("not said") + ")");
            } else {
                exchange.getResponseHeaders().set("Access-Control-Allow-Origin", origin);
                exchange.getResponseHeaders().set("Vary", "Origin");
                asked(exchange);
            }
        }
    }

    private void asked(HttpExchange exchange) throws IOException {
        String what = exchange.getRequestMethod() + " " + exchange.getRequestURI().getPath();
        if (exchange.getRequestMethod().equals("OPTIONS")) {
            exchange.getResponseHeaders().set("Access-Control-Allow-Methods", "GET, POST");
            exchange.getResponseHeaders().set("Access-Control-Allow-Headers", "Authorization, Content-Type");
            exchange.getResponseHeaders().set("Access-Control-Allow-Private-Network", "true");
            exchange.getResponseHeaders().set("Access-Control-Max-Age", Integer.toString(REMEMBERED_SECONDS));
            exchange.sendResponseHeaders(204, -1);
        } else if (!knowsTheCode(exchange)) {
            answer(exchange, 401, "the code is not the one at the agent's terminal");
        } else if (what.equals("GET /key")) {
            answer(exchange, SigningAgent.Reply.done(agent.publicKey()));
        } else if (what.equals("POST /sign")) {
            byte[] message = exchange.getRequestBody().readNBytes(Frames.MAX + 1);
            if (message.length > Frames.MAX) {
                answer(exchange, 413, "a message must not be longer than " + Frames.MAX + " bytes");
            } else {
                answer(exchange, agent.sign(message));
            }
        } else {
            answer(exchange, 404, "there is GET /key and POST /sign");
        }
    }

    private boolean knowsTheCode(HttpExchange exchange) {
        String given = String.valueOf(exchange.getRequestHeaders().getFirst("Authorization"));
        return MessageDigest.isEqual(given.getBytes(StandardCharsets.UTF_8), ("Bearer " + secret).getBytes(StandardCharsets.UTF_8));
    }

    private static void answer(HttpExchange exchange, SigningAgent.Reply reply) throws IOException {
        if (reply.done()) {
            exchange.getResponseHeaders().set("Content-Type", "application/octet-stream");
            exchange.sendResponseHeaders(200, reply.content().length);
            exchange.getResponseBody().write(reply.content());
        } else {
            answer(exchange, 403, new String(reply.content(), StandardCharsets.UTF_8));
        }
    }

    private static void answer(HttpExchange exchange, int status, String why) throws IOException {
        byte[] text = why.getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", "text/plain;charset=utf-8");
        exchange.sendResponseHeaders(status, text.length);
        exchange.getResponseBody().write(text);
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
