package org.zosgrid.tests.container;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** The table {@code change_request} as ServiceNow's Table API answers for it, and the people who work with it. */
public final class TicketDesk implements AutoCloseable {
    private static final String TABLE = "/api/now/table/change_request";
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Map<String, ObjectNode> rows = new ConcurrentHashMap<>();
    private final HttpServer server;

    TicketDesk() {
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), 0), 0);
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
        server.createContext("/", this::handle);
        server.start();
    }

    String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    /** A field of the ticket about a change; empty if there is none. */
    public String field(String about, String field) {
        return row(about).map(row -> row.path(field).asText()).orElse("");
    }

    /** Somebody decides about a ticket there. */
    public void decide(String about, String approval) {
        row(about).orElseThrow().put("approval", approval);
    }

    private Optional<ObjectNode> row(String about) {
        return rows.values().stream().filter(row -> row.path("short_description").asText().contains(about)).findFirst();
    }

    /** Who logged in. */
    private static String user(HttpExchange exchange) {
        String login = exchange.getRequestHeaders().getFirst("Authorization").substring("Basic ".length());
        return new String(Base64.getDecoder().decode(login), StandardCharsets.UTF_8).split(":", 2)[0];
    }

    private void handle(HttpExchange exchange) throws IOException {
        String path = exchange.getRequestURI().getPath();
        byte[] body = exchange.getRequestBody().readAllBytes();
        JsonNode asked = body.length == 0 ? JSON.createObjectNode() : JSON.readTree(body);
        ObjectNode answer = JSON.createObjectNode();
        int status = 200;
        if (path.equals(TABLE) && exchange.getRequestMethod().equals("POST")) {
            String id = "%032x".formatted(rows.size() + 1);
            rows.put(id, ((ObjectNode) asked).put("sys_id", id).put("number", "CHG%07d".formatted(30_000 + rows.size())).put("approval", "not requested").put("sys_created_by", user(exchange)));
            answer.set("result", asked);
            status = 201;
        } else if (path.equals(TABLE)) {
            var found = answer.putArray("result");
            rows.values().stream().filter(row -> exchange.getRequestURI().getQuery().contains(row.path("correlation_id").asText())).forEach(found::add);
        } else {
            ObjectNode row = rows.get(path.substring(TABLE.length() + 1));
            row.setAll((ObjectNode) asked);
            answer.set("result", row);
        }
        byte[] bytes = answer.toString().getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", "application/json");
        exchange.sendResponseHeaders(status, bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
