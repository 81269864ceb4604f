package org.zosgrid.node.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Raw sockets in front, a real HTTP server behind. */
class WebGatewayTest {
    private static final InetSocketAddress ANY = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);

    private WebGateway gateway;
    private HttpServer backend;

    @BeforeEach
    void start() throws IOException {
        backend = HttpServer.create(ANY, 0);
        backend.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        backend.createContext("/", exchange -> {
            try (exchange) {
                byte[] body = exchange.getRequestBody().readAllBytes();
                String seen = exchange.getRequestMethod() + " " + exchange.getRequestURI() + " for=" + exchange.getRequestHeaders().get("X-Forwarded-For") + " host="
                        + exchange.getRequestHeaders().getFirst("X-Forwarded-Host") + " secret=" + exchange.getRequestHeaders().getFirst("X-Secret") + " body=" + body.length;
                byte[] answer = seen.getBytes(StandardCharsets.UTF_8);
                exchange.sendResponseHeaders(200, answer.length);
                exchange.getResponseBody().write(answer);
            }
        });
        backend.start();
        gateway = WebGateway.start(ANY);
        gateway.activate("shop.example", backend.getAddress());
    }

    @AfterEach
    void stop() {
        gateway.close();
        backend.stop(0);
    }

    @Test
    void aRequestReachesTheBackendOfItsHost() throws IOException {
        assertThat(send("GET /a?b=c HTTP/1.1\r\nHost: Shop.Example:80\r\nConnection: close\r\n\r\n"))
                .startsWith("HTTP/1.1 200").contains("GET /a?b=c for=[127.0.0.1] host=shop.example");
    }

    @Test
    void aBodyIsPassedOn() throws IOException {
        assertThat(send("POST /a HTTP/1.1\r\nHost: shop.example\r\nConnection: close\r\nContent-Length: 5\r\n\r\nhello")).contains("POST /a").contains("body=5");
        assertThat(send("POST /a HTTP/1.1\r\nHost: shop.example\r\nConnection: close\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n0\r\n\r\n")).contains("body=5");
    }

    @Test
    void whatTheCallerSaysOfWhereItComesFromIsNotBelieved() throws IOException {
        assertThat(send("GET / HTTP/1.1\r\nHost: shop.example\r\nX-Forwarded-For: 1.2.3.4\r\nX-Secret: s\r\nConnection: close, X-Secret\r\n\r\n"))
                .contains("for=[127.0.0.1]").contains("secret=null");
    }

    @Test
    void unknownMissingAndDoubleHostsAreRefused() throws IOException {
        assertThat(send("GET / HTTP/1.1\r\nHost: other.example\r\nConnection: close\r\n\r\n")).startsWith("HTTP/1.1 404");
        assertThat(send("GET / HTTP/1.1\r\nConnection: close\r\n\r\n")).startsWith("HTTP/1.1 400");
        assertThat(send("GET / HTTP/1.1\r\nHost: shop.example\r\nHost: other.example\r\nConnection: close\r\n\r\n")).startsWith("HTTP/1.1 400");
        assertThat(send("GET / HTTP/1.1\r\nHost: shop.example, other\r\nConnection: close\r\n\r\n")).startsWith("HTTP/1.1 400");
    }

    @Test
    void nonsenseNeverReachesTheBackendAndTheGatewayGoesOn() throws IOException {
        assertThat(send("NONSENSE\r\n\r\n")).doesNotContain("200");
        assertThat(send("POST / HTTP/1.1\r\nHost: shop.example\r\nContent-Length: -1\r\n\r\n")).doesNotContain(" 200 ");
        assertThat(send("GET / HTTP/1.1\r\nHost: shop.example\r\nConnection: close\r\n\r\n")).startsWith("HTTP/1.1 200");
    }

    @Test
    void aDeadBackendIsABadGateway() throws IOException {
        int free;
        try (ServerSocket probe = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            free = probe.getLocalPort();
        }
        gateway.activate("dead.example", new InetSocketAddress(InetAddress.getLoopbackAddress(), free));
        assertThat(send("GET / HTTP/1.1\r\nHost: dead.example\r\nConnection: close\r\n\r\n")).startsWith("HTTP/1.1 502");
    }

    @Test
    void aWithdrawnRouteIsGone() throws IOException {
        assertThat(gateway.routes()).isEqualTo(Map.of("shop.example", backend.getAddress()));
        gateway.withdraw("shop.example");
        assertThat(send("GET / HTTP/1.1\r\nHost: shop.example\r\nConnection: close\r\n\r\n")).startsWith("HTTP/1.1 404");
    }

    private String send(String request) throws IOException {
        try (Socket socket = new Socket(gateway.address().getAddress(), gateway.address().getPort())) {
            socket.setSoTimeout(10_000);
            socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
            socket.shutdownOutput();
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
