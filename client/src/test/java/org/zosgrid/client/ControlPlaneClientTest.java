package org.zosgrid.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.zosgrid.client.rest.ApiException;
import org.zosgrid.client.rest.api.DeploymentsApi;
import org.zosgrid.client.rest.model.State;
import org.zosgrid.client.rest.model.Version;
import org.zosgrid.contract.ContractException;
import org.zosgrid.contract.envelope.Envelope;
import org.zosgrid.contract.envelope.PayloadType;
import org.zosgrid.contract.http.HttpSignature;
import org.zosgrid.contract.key.SigningKey;

/** What goes out on the wire is signed as every verifier of the interface expects it. */
class ControlPlaneClientTest {
    private static final SigningKey ALICE = SigningKey.generate();

    private record Request(HttpExchange exchange, byte[] body) {
        Optional<String> header(String name) {
            return Optional.ofNullable(exchange.getRequestHeaders().getFirst(name));
        }
    }

    private final List<Request> received = new CopyOnWriteArrayList<>();
    private volatile int status = 200;
    private volatile String type = "application/json";
    private volatile String answer = "{\"items\":[],\"next\":null}";
    private HttpServer server;

    @BeforeEach
    void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            received.add(new Request(exchange, exchange.getRequestBody().readAllBytes()));
            byte[] bytes = answer.getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().set("Content-Type", type);
            exchange.sendResponseHeaders(status, bytes.length);
            exchange.getResponseBody().write(bytes);
            exchange.close();
        });
        server.start();
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    @Test
    void aQueryIsSignedAsItStandsOnTheRequestLine() {
        signing().listDeployments("über & co", State.RUNNING, null, 7, null, null);
        verifies();
        assertThat(received.getFirst().exchange().getRequestURI().getRawQuery()).contains("state=running", "limit=7", "name=%C3%BCber");
    }

    @Test
    void aBodyIsSignedAsItIsSent() {
        answer = "{}";
        Envelope document = Envelope.sign(PayloadType.PAUSE, "{\"umlaut\":\"ü\"}".getBytes(StandardCharsets.UTF_8), ALICE);
        signing().submitPause("one", Signed.envelope(document));
        verifies();
        assertThat(Envelope.parse(received.getFirst().body())).isEqualTo(document);
    }

    @Test
    void aTokenIsBorne() {
        new DeploymentsApi(ControlPlaneClient.bearing(address(), "a.b.c")).listDeployments(null, null, null, null, null, null);
        assertThat(received.getFirst().header("Authorization")).contains("Bearer a.b.c");
        assertThat(received.getFirst().header("Signature")).isEmpty();
    }

    @Test
    void aRefusalHasTheProblem() {
        status = 409;
        type = "application/problem+json";
        answer = "{\"title\":\"It is sealed\"}";
        DeploymentsApi deployments = signing();
        assertThatThrownBy(() -> deployments.showVersion("shop", 1L, null))
            .isInstanceOfSatisfying(ApiException.class, refused -> {
                assertThat(refused.getCode()).isEqualTo(409);
                assertThat(refused.getResponseBody()).contains("It is sealed");
            });
    }

    /** A state that a newer server knows and this client does not. */
    @Test
    void whatIsNewIsNoFailure() {
        answer = "{\"items\":[{\"name\":\"shop\",\"version\":1,\"kind\":\"teleport\",\"state\":\"teleporting\",\"message\":\"\",\"requester\":\"alice\",\"submittedAt\":\"2026-11-26T12:00:00Z\",\"new\":1}],\"next\":null}";
        assertThat(signing().listDeployments(null, null, null, null, null, null).getItems()).hasSize(1);
    }

    @Test
    void whatWasSignedIsReadFromItsBytes() {
        Envelope document = Envelope.sign(PayloadType.DEPLOYMENT, new byte[] {'{', '}'}, ALICE);
        assertThat(Signed.envelope(new Version().envelope(Base64.getEncoder().encodeToString(document.toJson())))).isEqualTo(document);
        Version broken = new Version().envelope(Base64.getEncoder().encodeToString("[]".getBytes(StandardCharsets.UTF_8)));
        assertThatThrownBy(() -> Signed.envelope(broken)).isInstanceOf(ContractException.class).hasMessageContaining("envelope");
    }

    private DeploymentsApi signing() {
        return new DeploymentsApi(ControlPlaneClient.signing(address(), ALICE));
    }

    private URI address() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/");
    }

    private void verifies() {
        Request request = received.getFirst();
        HttpSignature.Verified verified = HttpSignature.verify(request::header, request.exchange().getRequestMethod(), request.exchange().getRequestURI().toString(), request.body(),
            key -> key.equals(ALICE.id()) ? Optional.of(ALICE.verificationKey()) : Optional.empty(), Instant.now());
        assertThat(verified.keyId()).isEqualTo(ALICE.id());
    }
}
