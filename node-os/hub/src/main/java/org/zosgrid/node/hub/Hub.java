package org.zosgrid.node.hub;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import org.zosgrid.contract.ContractException;
import org.zosgrid.contract.Digests;
import org.zosgrid.contract.document.ImageManifest;
import org.zosgrid.contract.document.ImageReference;
import org.zosgrid.contract.envelope.Envelope;
import org.zosgrid.contract.envelope.PayloadType;
import org.zosgrid.contract.trust.FollowedTrustRoot;
import org.zosgrid.contract.trust.TrustRoot;
import org.zosgrid.flist.Chunk;
import org.zosgrid.flist.Flist;
import org.zosgrid.flist.FlistException;

/** The hub's HTTP interface: {@code /v1/chunks}, {@code /v1/flists}, {@code /v1/images}, {@code /v1/health}. */
public final class Hub implements AutoCloseable {
    private static final System.Logger LOG = System.getLogger(Hub.class.getName());
    private static final Pattern FINGERPRINT = Pattern.compile("[0-9a-f]{64}");
    private static final int MAX_BODY = 64 << 20;
    private static final ObjectMapper MAPPER = new ObjectMapper();
    private static final String USAGE = """
            usage: hub --listen ADDRESS:PORT --data DIRECTORY --trust-root FILE [--trust-roots DIRECTORY]

              --listen      where to answer, such as 10.231.0.1:8090
              --data        where chunks, flists and images are kept
              --trust-root  the signed trust root: only its image signers may publish
              --trust-roots where later versions of it appear: each counts as soon as its file is there
            """;

    private final HttpServer server;
    private final Shelf chunks;
    private final Shelf flists;
    private final Shelf images;
    private final Supplier<TrustRoot> newest;

    private Hub(HttpServer server, Path data, Supplier<TrustRoot> newest) throws IOException {
        this.server = server;
        this.chunks = new Shelf(data.resolve("chunks"));
        this.flists = new Shelf(data.resolve("flists"));
        this.images = new Shelf(data.resolve("images"));
        this.newest = newest;
    }

    public static void main(String[] arguments) throws IOException {
        Map<String, String> options = new java.util.HashMap<>();
        for (int i = 0; i + 1 < arguments.length; i += 2) {
            options.put(arguments[i], arguments[i + 1]);
        }
        java.util.Set<String> required = java.util.Set.of("--listen", "--data", "--trust-root");
        Optional<Path> directory = Optional.ofNullable(options.remove("--trust-roots")).map(Path::of);
        if (!options.keySet().equals(required)) {
            System.err.print(USAGE);
            System.exit(arguments.length == 1 && arguments[0].equals("--help") ? 0 : 2);
        }
        String listen = options.getOrDefault("--listen", "");
        int colon = listen.lastIndexOf(':');
        InetSocketAddress address = new InetSocketAddress(listen.substring(0, colon), Integer.parseInt(listen.substring(colon + 1)));
        FollowedTrustRoot roots = new FollowedTrustRoot(Envelope.parse(Files.readAllBytes(Path.of(options.getOrDefault("--trust-root", "")))), directory);
        LOG.log(System.Logger.Level.INFO, "trust root version {0}", roots.newest().version());
        Hub hub = start(address, Path.of(options.getOrDefault("--data", "")), roots::newest);
        LOG.log(System.Logger.Level.INFO, "the hub answers at {0}", hub.address());
        Runtime.getRuntime().addShutdownHook(new Thread(hub::close));
    }

    /**
     * Starts a hub.
     *
     * @param newest the trust root in force, asked at every publication
     */
    public static Hub start(InetSocketAddress address, Path data, Supplier<TrustRoot> newest) {
        try {
            HttpServer server = HttpServer.create(address, 0);
            Hub hub = new Hub(server, data, newest);
            server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
            server.createContext("/", hub::handle);
            server.start();
            return hub;
        } catch (IOException failed) {
            throw new UncheckedIOException("the hub cannot start at " + address + ": " + failed.getMessage(), failed);
        }
    }

    public InetSocketAddress address() {
        return server.getAddress();
    }

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            try {
                route(exchange);
            } catch (FlistException | ContractException refused) {
                answer(exchange, 422, String.valueOf(refused.getMessage()).getBytes(StandardCharsets.UTF_8));
            } catch (IOException | RuntimeException failed) {
                LOG.log(System.Logger.Level.ERROR, "request failed", failed);
                answer(exchange, 500, "the hub could not do it; its log says why".getBytes(StandardCharsets.UTF_8));
            }
        }
    }

    private void route(HttpExchange exchange) throws IOException {
        String[] part = exchange.getRequestURI().getRawPath().split("/");
        String method = exchange.getRequestMethod();
        String what = part.length > 2 && part[1].equals("v1") ? part[2] : "";
        String name = part.length > 3 ? part[3] : "";
        switch (method + " " + what) {
            case "GET health" -> answer(exchange, 200, "ok".getBytes(StandardCharsets.UTF_8));
            case "POST chunks" -> missing(exchange);
            case "GET chunks", "HEAD chunks" -> hand(exchange, chunks, fingerprint(name));
            case "PUT chunks" -> {
                byte[] packed = body(exchange);
                Chunk.unpack(packed, fingerprint(name));
                chunks.put(name, packed);
                answer(exchange, 201, new byte[0]);
            }
            case "GET flists", "HEAD flists" -> hand(exchange, flists, fingerprint(name));
            case "PUT flists" -> {
                byte[] file = body(exchange);
                Flist.open(file, fingerprint(name));
                flists.put(name, file);
                answer(exchange, 201, new byte[0]);
            }
            case "GET images", "HEAD images" -> hand(exchange, images, key(URLDecoder.decode(name, StandardCharsets.UTF_8) + ":" + (part.length > 4 ? part[4] : "")));
            case "PUT images" -> publish(exchange);
            default -> answer(exchange, 404, "there is no such thing here".getBytes(StandardCharsets.UTF_8));
        }
    }

    private void missing(HttpExchange exchange) throws IOException {
        JsonNode question = MAPPER.readTree(body(exchange));
        ObjectNode answer = MAPPER.createObjectNode();
        var list = answer.putArray("missing");
        for (JsonNode each : question.path("chunks")) {
            if (!chunks.has(fingerprint(each.asText()))) {
                list.add(each.asText());
            }
        }
        answer(exchange, 200, MAPPER.writeValueAsBytes(answer));
    }

    /** An image is taken only from the image signers, and only when it can be mounted: its flist and every chunk are there. */
    private void publish(HttpExchange exchange) throws IOException {
        Envelope envelope = Envelope.parse(body(exchange));
        if (!envelope.payloadType().equals(PayloadType.IMAGE)) {
            throw new FlistException("an image's envelope must be of the type " + PayloadType.IMAGE + " (is: " + envelope.payloadType() + ")");
        }
        ImageManifest image = ImageManifest.parse(envelope.payload());
        TrustRoot root = newest.get();
        if (root.expired(Instant.now())) {
            throw new FlistException("nothing is taken: the trust root has expired at " + root.expires());
        }
        if (!root.reached(TrustRoot.IMAGE_SIGNER, envelope.verifiedBy(root::key))) {
            throw new FlistException(image.repository() + ":" + image.tag() + " is not signed by the trust root's image signers");
        }
        Flist flist = Flist.open(flists.get(image.flist()).orElseThrow(() -> new FlistException("the flist " + image.flist() + " must be uploaded first")));
        List<String> absent = new ArrayList<>();
        for (Chunk chunk : flist.distinctChunks()) {
            if (!chunks.has(chunk.fingerprint())) {
                absent.add(chunk.fingerprint());
            }
        }
        if (!absent.isEmpty()) {
            throw new FlistException(absent.size() + " chunks must be uploaded first, such as " + absent.getFirst());
        }
        images.put(key(image.repository() + ":" + image.tag()), envelope.toJson());
        answer(exchange, 201, new byte[0]);
    }

    private static void hand(HttpExchange exchange, Shelf shelf, String name) throws IOException {
        var content = shelf.get(name);
        answer(exchange, content.isPresent() ? 200 : 404, content.orElse("there is no such thing here".getBytes(StandardCharsets.UTF_8)));
    }

    private static String key(String reference) {
        return Digests.sha256Hex(ImageReference.parse(reference).name().getBytes(StandardCharsets.UTF_8));
    }

    private static String fingerprint(String name) {
        if (!FINGERPRINT.matcher(name).matches()) {
            throw new FlistException("a fingerprint must be 64 lower-case hexadecimal digits (is: " + name + ")");
        }
        return name;
    }

    private static byte[] body(HttpExchange exchange) throws IOException {
        byte[] body = exchange.getRequestBody().readNBytes(MAX_BODY + 1);
        if (body.length > MAX_BODY) {
            throw new FlistException("a request must not be larger than " + MAX_BODY + " bytes");
        }
        return body;
    }

    private static void answer(HttpExchange exchange, int status, byte[] body) throws IOException {
        boolean head = exchange.getRequestMethod().equals("HEAD");
        exchange.sendResponseHeaders(status, body.length == 0 || head ? -1 : body.length);
        if (body.length > 0 && !head) {
            exchange.getResponseBody().write(body);
        }
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
