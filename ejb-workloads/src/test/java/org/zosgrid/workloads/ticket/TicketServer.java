package org.zosgrid.workloads.ticket;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** An HTTP server with a login, in which a test writes how a ticket system answers. */
public abstract class TicketServer implements AutoCloseable {
    static final ObjectMapper JSON = new ObjectMapper();

    /** Who may log in there. */
    public static final String USER = "zos";
    public static final String PASSWORD = "hunter2";

    /** Method and path of each request, without its query. */
    final List<String> asked = new CopyOnWriteArrayList<>();
    private final HttpServer server;
    /** Answered instead, while it is not 0. */
    volatile int status;

    /** What is answered. */
    record Answer(int status, String body) {}

    TicketServer() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), 0), 0);
        server.createContext("/", this::handle);
        server.start();
    }

    /** @param query decoded, or empty */
    abstract Answer answer(String method, String path, String query, JsonNode body);

    /** What people do there. */
    public abstract void agree();

    public abstract void refuse();

    /** How many tickets there are. */
    public abstract int tickets();

    /** Every remark, and how it ended. */
    public abstract List<String> remarks();

    abstract TicketSystem connect(TicketHttp http);

    TicketHttp http(String password) {
        return new TicketHttp(address(), USER, password);
    }

    /** Where it answers. */
    public URI address() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/");
    }

    private void handle(HttpExchange exchange) throws IOException {
        byte[] body = exchange.getRequestBody().readAllBytes();
        URI target = exchange.getRequestURI();
        asked.add(exchange.getRequestMethod() + " " + target.getPath());
        String login = "Basic " + Base64.getEncoder().encodeToString((USER + ":" + PASSWORD).getBytes(StandardCharsets.UTF_8));
        Answer answer;
        if (!login.equals(exchange.getRequestHeaders().getFirst("Authorization"))) {
            answer = new Answer(401, "{\"error\":{\"message\":\"User Not Authenticated\"}}");
        } else if (status != 0) {
            exchange.getResponseHeaders().set("Location", "/elsewhere");
            answer = new Answer(status, "{\"error\":\"not now\"}");
        } else {
            answer = answer(exchange.getRequestMethod(), target.getPath(), target.getQuery() == null ? "" : target.getQuery(), body.length == 0 ? JSON.createObjectNode() : JSON.readTree(body));
        }
        byte[] bytes = answer.body().getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", "application/json");
        exchange.sendResponseHeaders(answer.status(), bytes.length == 0 ? -1 : bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
