package org.zosgrid.node.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsExchange;
import com.sun.net.httpserver.HttpsParameters;
import com.sun.net.httpserver.HttpsServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.regex.Pattern;
import javax.net.ssl.SSLContext;
import org.zosgrid.contract.ContractException;
import org.zosgrid.contract.JsonObject;
import org.zosgrid.contract.transport.ManagementTls;

/** Serves {@link NodeOperations} on the management network. */
public final class NodeApiServer implements AutoCloseable {
    private static final System.Logger LOG = System.getLogger(NodeApiServer.class.getName());
    private static final String CALLER = "control-plane";
    private static final Pattern NAME = Pattern.compile("[a-z0-9-]{1,36}");
    private static final int MAX_BODY = 64 << 10;
    /** Of a consistency proof: one for each level of a tree, and a proof holds at most two of a level. */
    private static final int MAX_HASHES = 130;
    private static final int MAX_FRAMES = 64;
    private static final int HASH_CHARACTERS = 44;
    private static final ObjectMapper MAPPER = new ObjectMapper();

    private final HttpsServer server;
    private final NodeOperations operations;

    private NodeApiServer(HttpsServer server, NodeOperations operations) {
        this.server = server;
        this.operations = operations;
    }

    public static NodeApiServer start(NodeOperations operations, SSLContext context, InetSocketAddress address) {
        try {
            HttpsServer server = HttpsServer.create(address, 0);
            server.setHttpsConfigurator(new HttpsConfigurator(context) {
                @Override
                public void configure(HttpsParameters parameters) {
                    parameters.setSSLParameters(ManagementTls.parameters(context));
                }
            });
            server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
            NodeApiServer api = new NodeApiServer(server, operations);
            server.createContext("/v1/", api::handle);
            server.start();
            return api;
        } catch (IOException taken) {
            throw new UncheckedIOException("the node's interface cannot listen at " + address + ": " + taken.getMessage(), taken);
        }
    }

    public InetSocketAddress address() {
        return server.getAddress();
    }

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            try {
                String caller = ManagementTls.peerName(((HttpsExchange) exchange).getSSLSession());
                if (!caller.equals(CALLER)) {
                    throw new NodeApiException(403, "only " + CALLER + " may ask (is: " + caller + ")");
                }
                switch (route(exchange)) {
                    case Cosigning.StandsAt conflict -> answer(exchange, 409, "application/problem+json", MAPPER.writeValueAsBytes(CosigningConflict.of(conflict)));
                    case byte[] json -> answer(exchange, 200, "application/json", json);
                    case Object result -> answer(exchange, 200, "application/json", MAPPER.writeValueAsBytes(result));
                }
            } catch (NodeApiException refused) {
                problem(exchange, refused.status(), String.valueOf(refused.getMessage()));
            } catch (IOException | RuntimeException failed) {
                LOG.log(System.Logger.Level.ERROR, exchange.getRequestMethod() + " " + exchange.getRequestURI() + " failed", failed);
                problem(exchange, 500, "the node could not do it; its log says why");
            }
        }
    }

    private Object route(HttpExchange exchange) throws IOException {
        String[] part = exchange.getRequestURI().getPath().substring("/v1/".length()).split("/");
        String what = exchange.getRequestMethod() + " " + part[0] + " " + (part.length - 1);
        switch (what) {
            case "GET status 0":
                return operations.status();
            case "GET workloads 0":
                return operations.status().workloads();
            case "GET workloads 3":
                if (part[3].equals("logs")) {
                    return Map.of("text", operations.logs(name(part[1]), name(part[2])));
                }
                if (part[3].equals("usage")) {
                    return operations.usage(name(part[1]), name(part[2]));
                }
                break;
            case "GET routes 0":
                return operations.routes();
            case "PUT routes 2":
                return operations.expose(name(part[1]), name(part[2]));
            case "DELETE routes 2":
                operations.withdraw(name(part[1]), name(part[2]));
                return Map.of();
            case "POST images 0":
                JsonNode body = MAPPER.readTree(body(exchange));
                operations.prefetch(body.path("reference").asText());
                return Map.of();
            case "POST checkpoints 0":
                return operations.cosign(checkpointRequest(body(exchange)));
            case "POST terminals 0":
                return operations.openTerminal(body(exchange));
            case "POST terminals 1":
                operations.typeInto(name(part[1]), frames(body(exchange)));
                return Map.of();
            case "GET terminals 2":
                return operations.readTerminal(name(part[1]), number(part[2]));
            case "DELETE terminals 1":
                return Map.of("closed", operations.closeTerminal(name(part[1])));
            default:
                break;
        }
        throw new NodeApiException(404, "there is no " + exchange.getRequestMethod() + " " + exchange.getRequestURI().getPath());
    }

    private static CheckpointRequest checkpointRequest(byte[] body) {
        try {
            JsonObject object = JsonObject.of(body, "request");
            CheckpointRequest request = new CheckpointRequest(object.text("checkpoint", MAX_BODY), object.number("size", 0, Long.MAX_VALUE),
                    object.texts("consistency", MAX_HASHES, HASH_CHARACTERS).stream().map(Base64.getDecoder()::decode).toList());
            object.end();
            return request;
        } catch (ContractException | IllegalArgumentException wrong) {
            throw new NodeApiException(400, "the request is not understood: " + wrong.getMessage());
        }
    }

    private static List<byte[]> frames(byte[] body) {
        try {
            JsonObject object = JsonObject.of(body, "request");
            List<byte[]> frames = object.texts("frames", MAX_FRAMES, MAX_BODY).stream().map(Base64.getDecoder()::decode).toList();
            object.end();
            return frames;
        } catch (ContractException | IllegalArgumentException wrong) {
            throw new NodeApiException(400, "the request is not understood: " + wrong.getMessage());
        }
    }

    private static long number(String text) {
        if (!text.matches("[0-9]{1,15}")) {
            throw new NodeApiException(400, "a frame's number must be 1 to 15 digits (is: " + text + ")");
        }
        return Long.parseLong(text);
    }

    private static String name(String text) {
        if (!NAME.matcher(text).matches()) {
            throw new NodeApiException(400, "a name must be 1 to 36 of a-z, 0-9 and '-' (is: " + text + ")");
        }
        return text;
    }

    private static byte[] body(HttpExchange exchange) throws IOException {
        byte[] body = exchange.getRequestBody().readNBytes(MAX_BODY + 1);
        if (body.length > MAX_BODY) {
            throw new NodeApiException(413, "a request must not be larger than " + MAX_BODY + " bytes");
        }
        return body;
    }

    private static void problem(HttpExchange exchange, int status, String detail) throws IOException {
        answer(exchange, status, "application/problem+json", MAPPER.writeValueAsBytes(Map.of("status", status, "detail", detail)));
    }

    private static void answer(HttpExchange exchange, int status, String type, byte[] body) throws IOException {
        exchange.getResponseHeaders().set("Content-Type", type);
        exchange.sendResponseHeaders(status, body.length);
        exchange.getResponseBody().write(body);
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
