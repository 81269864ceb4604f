package org.zosgrid.node.gateway;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.HttpTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;

/** An HTTP/1.1 reverse proxy: a request goes to the backend of its Host, or nowhere. */
public final class WebGateway implements AutoCloseable {
    private static final System.Logger LOG = System.getLogger(WebGateway.class.getName());
    private static final Duration CONNECT = Duration.ofSeconds(3);
    private static final Duration ANSWER = Duration.ofSeconds(30);
    /** Meant for one connection only (RFC 9110, 7.6.1), or set here; the client library refuses some of them as well. */
    private static final Set<String> NOT_PASSED_ON = Set.of("connection", "keep-alive", "proxy-authenticate", "proxy-authorization", "proxy-connection", "te", "trailer",
            "transfer-encoding", "upgrade", "host", "content-length", "expect", "x-forwarded-for", "x-forwarded-host", "x-forwarded-proto", "forwarded");

    private final HttpServer server;
    private final HttpClient client = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(CONNECT)
            .followRedirects(HttpClient.Redirect.NEVER)
            .build();
    private final Map<String, InetSocketAddress> routes = new ConcurrentHashMap<>();

    private WebGateway(HttpServer server) {
        this.server = server;
    }

    public static WebGateway start(InetSocketAddress listen) {
        try {
            HttpServer server = HttpServer.create(listen, 0);
            WebGateway gateway = new WebGateway(server);
            server.createContext("/", gateway::handle);
            server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
            server.start();
            return gateway;
        } catch (IOException taken) {
            throw new UncheckedIOException("the gateway cannot listen at " + listen + ": " + taken.getMessage(), taken);
        }
    }

    public InetSocketAddress address() {
        return server.getAddress();
    }

    /** Sends requests for a host (lower case, without port) to a backend from now on. */
    public void activate(String host, InetSocketAddress backend) {
        routes.put(host, backend);
    }

    public void withdraw(String host) {
        routes.remove(host);
    }

    /** Every active host with its backend. */
    public Map<String, InetSocketAddress> routes() {
        return Map.copyOf(routes);
    }

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            List<String> hosts = exchange.getRequestHeaders().getOrDefault("Host", List.of());
            if (hosts.size() != 1 || !hosts.getFirst().matches("[A-Za-z0-9.-]{1,253}(:[0-9]{1,5})?")) {
                refuse(exchange, 400, "a request must name exactly one host");
                return;
            }
            String host = hosts.getFirst().replaceFirst(":[0-9]+$", "").toLowerCase(Locale.ROOT);
            InetSocketAddress backend = routes.get(host);
            if (backend == null) {
                refuse(exchange, 404, "nothing is published here");
                return;
            }
            pass(exchange, host, backend);
        }
    }

    private void pass(HttpExchange exchange, String host, InetSocketAddress backend) throws IOException {
        try {
            HttpResponse<InputStream> answer = client.send(request(exchange, host, backend), BodyHandlers.ofInputStream());
            try (InputStream body = answer.body()) {
                answer.headers().map().forEach((name, values) -> {
                    if (!NOT_PASSED_ON.contains(name.toLowerCase(Locale.ROOT))) {
                        exchange.getResponseHeaders().put(name, values);
                    }
                });
                long length = answer.headers().firstValueAsLong("Content-Length").orElse(-1);
                boolean bodiless = exchange.getRequestMethod().equals("HEAD") || answer.statusCode() == 204 || answer.statusCode() == 304 || length == 0;
                exchange.sendResponseHeaders(answer.statusCode(), bodiless ? -1 : Math.max(0, length));
                if (!bodiless) {
                    body.transferTo(exchange.getResponseBody());
                }
            }
        } catch (HttpTimeoutException slow) {
            refuse(exchange, slow instanceof java.net.http.HttpConnectTimeoutException ? 502 : 504, "the service behind this name does not answer");
        } catch (IOException broken) {
            LOG.log(System.Logger.Level.INFO, "{0} at {1}: {2}", host, backend, broken.getMessage());
            if (exchange.getResponseCode() < 0) {
                refuse(exchange, 502, "the service behind this name cannot be reached");
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private static HttpRequest request(HttpExchange exchange, String host, InetSocketAddress backend) {
        Headers headers = exchange.getRequestHeaders();
        String address = backend.getAddress().getHostAddress();
        URI target = URI.create("http://" + (address.contains(":") ? "[" + address + "]" : address) + ":" + backend.getPort() + exchange.getRequestURI().getRawPath()
                + (exchange.getRequestURI().getRawQuery() == null ? "" : "?" + exchange.getRequestURI().getRawQuery()));
        boolean body = headers.containsKey("Content-Length") || headers.containsKey("Transfer-Encoding");
        HttpRequest.Builder request = HttpRequest.newBuilder(target)
                .timeout(ANSWER)
                .method(exchange.getRequestMethod(), body ? BodyPublishers.ofInputStream(exchange::getRequestBody) : BodyPublishers.noBody());
        Set<String> named = new HashSet<>(NOT_PASSED_ON);
        headers.getOrDefault("Connection", List.of()).forEach(each -> named.addAll(List.of(each.toLowerCase(Locale.ROOT).split(" *, *"))));
        headers.forEach((name, values) -> {
            if (!named.contains(name.toLowerCase(Locale.ROOT))) {
                values.forEach(value -> request.header(name, value));
            }
        });
        return request
                .header("X-Forwarded-For", exchange.getRemoteAddress().getAddress().getHostAddress())
                .header("X-Forwarded-Host", host)
                .header("X-Forwarded-Proto", "http")
                .build();
    }

    private static void refuse(HttpExchange exchange, int status, String why) throws IOException {
        byte[] body = (why + "\n").getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", "text/plain; charset=utf-8");
        boolean head = exchange.getRequestMethod().equals("HEAD");
        exchange.sendResponseHeaders(status, head ? -1 : body.length);
        if (!head) {
            exchange.getResponseBody().write(body);
        }
    }

    @Override
    public void close() {
        server.stop(0);
        client.close();
    }
}
