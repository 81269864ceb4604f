package org.zosgrid.node.api;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import org.zosgrid.contract.inventory.NodeAddress;
import org.zosgrid.contract.transport.ManagementTls;

/**
 * Asks a node, and makes sure by its certificate that it is that node. Safe for use by many threads.
 *
 * <p>Not on the JDK's HTTP client: it drops the named groups and signature schemes from its TLS parameters, so no post-quantum handshake comes about.
 */
public final class NodeApiClient implements NodeOperations {
    private static final int MOST_KEPT = 4;
    private static final Duration LIMIT = Duration.ofSeconds(60);
    private static final int MAX_ANSWER = 16 << 20;
    private static final int MAX_LINE = 8192;
    private static final ObjectMapper MAPPER = new ObjectMapper();

    private final NodeAddress node;
    private final SSLContext context;
    private final KeptConnections kept;

    /** A connection for every question. */
    public NodeApiClient(NodeAddress node, SSLContext context) {
        this(node, context, new KeptConnections(0));
    }

    private NodeApiClient(NodeAddress node, SSLContext context, KeptConnections kept) {
        this.node = node;
        this.context = context;
        this.kept = kept;
    }

    /** For who asks often: a shaking of hands costs both sides more than most answers do. Connections are kept for a few seconds. */
    public static NodeApiClient keepingConnections(NodeAddress node, SSLContext context) {
        return new NodeApiClient(node, context, new KeptConnections(MOST_KEPT));
    }

    @Override
    public NodeStatus status() {
        return read(send("GET", "/v1/status", ""), NodeStatus.class);
    }

    @Override
    public String logs(String deployment, String machine) {
        return String.valueOf(read(send("GET", "/v1/workloads/" + deployment + "/" + machine + "/logs", ""), Map.class).get("text"));
    }

    @Override
    public WorkloadUsage usage(String deployment, String machine) {
        return read(send("GET", "/v1/workloads/" + deployment + "/" + machine + "/usage", ""), WorkloadUsage.class);
    }

    @Override
    public List<RouteStatus> routes() {
        return List.of(read(send("GET", "/v1/routes", ""), RouteStatus[].class));
    }

    @Override
    public RouteStatus expose(String deployment, String route) {
        return read(send("PUT", "/v1/routes/" + deployment + "/" + route, ""), RouteStatus.class);
    }

    @Override
    public void withdraw(String deployment, String route) {
        send("DELETE", "/v1/routes/" + deployment + "/" + route, "");
    }

    @Override
    public void prefetch(String reference) {
        send("POST", "/v1/images", MAPPER.createObjectNode().put("reference", reference).toString());
    }

    @Override
    public Cosigning cosign(CheckpointRequest request) {
        ObjectNode body = MAPPER.createObjectNode().put("checkpoint", request.checkpoint()).put("size", request.size());
        ArrayNode hashes = body.putArray("consistency");
        request.consistency().forEach(hashes::add);
        Answer answer = exchange("POST", "/v1/checkpoints", body.toString());
        if (answer.status() == 409) {
            return read(answer.text(), CosigningConflict.class).standsAt();
        }
        return read(answer.orThrow(), Cosigning.Signed.class);
    }

    @Override
    public byte[] openTerminal(byte[] request) {
        return send("POST", "/v1/terminals", new String(request, StandardCharsets.UTF_8)).getBytes(StandardCharsets.UTF_8);
    }

    @Override
    public void typeInto(String session, List<byte[]> frames) {
        ObjectNode body = MAPPER.createObjectNode();
        frames.forEach(body.putArray("frames")::add);
        send("POST", "/v1/terminals/" + session, body.toString());
    }

    @Override
    public TerminalFrames readTerminal(String session, long from) {
        return read(send("GET", "/v1/terminals/" + session + "/" + from, ""), TerminalFrames.class);
    }

    @Override
    public boolean closeTerminal(String session) {
        return Boolean.TRUE.equals(read(send("DELETE", "/v1/terminals/" + session, ""), Map.class).get("closed"));
    }

    private String send(String method, String path, String body) {
        return exchange(method, path, body).orThrow();
    }

    /** What came back; {@code refusal} tells what a status other than 200 means. */
    private record Answer(int status, String text, String refusal) {
        String orThrow() {
            if (status != 200) {
                throw new NodeApiException(status, refusal);
            }
            return text;
        }
    }

    /**
     * One request, HTTP/1.1; the server's answers always have a Content-Length. A connection that was kept may have been ended by the node in the same moment:
     * then the request is sent again on a fresh one, which does no harm with any of them but frames of a terminal: those that came twice end it.
     */
    private Answer exchange(String method, String path, String body) {
        try {
            Optional<KeptConnections.Connection> before = kept.take();
            if (before.isPresent()) {
                try {
                    return exchange(before.get(), method, path, body);
                } catch (KeptConnections.EndedException ended) {
                    // on a fresh one
                }
            }
            return exchange(new KeptConnections.Connection(ManagementTls.connect(context, new InetSocketAddress(node.address(), node.apiPort()), node.name(), LIMIT)), method, path, body);
        } catch (IOException broken) {
            throw new NodeApiException(503, node.name() + " at " + node.address() + " cannot be asked: " + broken.getMessage());
        }
    }

    private Answer exchange(KeptConnections.Connection connection, String method, String path, String body) throws IOException {
        boolean whole = false;
        try {
            byte[] content = body.getBytes(StandardCharsets.UTF_8);
            String head = method + " " + path + " HTTP/1.1\r\nHost: " + node.name() + (kept.none() ? "\r\nConnection: close" : "") + "\r\nContent-Length: " + content.length + "\r\n\r\n";
            InputStream in = connection.send(head.getBytes(StandardCharsets.US_ASCII), content);
            String[] status = line(in).split(" ", 3);
            if (status.length < 2 || !status[1].matches("[1-5][0-9]{2}")) {
                throw new IOException("the answer is no HTTP");
            }
            int length = 0;
            boolean last = false;
            for (String header = line(in); !header.isEmpty(); header = line(in)) {
                String lower = header.toLowerCase(Locale.ROOT);
                if (lower.matches("content-length: *[0-9]{1,9}")) {
                    length = Integer.parseInt(header.substring(header.indexOf(':') + 1).strip());
                }
                last |= lower.matches("connection: *close");
            }
            if (length > MAX_ANSWER) {
                throw new IOException("the answer must not be larger than " + MAX_ANSWER + " bytes (is: " + length + ")");
            }
            byte[] answer = in.readNBytes(length);
            whole = answer.length == length && !last;
            String text = new String(answer, StandardCharsets.UTF_8);
            int code = Integer.parseInt(status[1]);
            String refusal = code == 200 ? "" : node.name() + " refused " + method + " " + path + ": " + MAPPER.readTree(text).path("detail").asText(text);
            return new Answer(code, text, refusal);
        } finally {
            if (whole) {
                kept.giveBack(connection);
            } else {
                connection.close();
            }
        }
    }

    private static String line(InputStream in) throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        for (int next = in.read(); next != '\n'; next = in.read()) {
            if (next < 0 || line.size() > MAX_LINE) {
                throw new IOException("the answer ends in the middle of a line");
            }
            line.write(next);
        }
        return line.toString(StandardCharsets.US_ASCII).stripTrailing();
    }

    private <T> T read(String text, Class<T> type) {
        try {
            return MAPPER.readValue(text, type);
        } catch (IOException broken) {
            throw new NodeApiException(503, node.name() + " answered with something else than " + type.getSimpleName() + ": " + broken.getMessage());
        }
    }
}
