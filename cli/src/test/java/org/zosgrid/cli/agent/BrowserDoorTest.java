package org.zosgrid.cli.agent;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.zosgrid.contract.envelope.Envelope;
import org.zosgrid.contract.key.SigningKey;

class BrowserDoorTest {
    private static final SigningKey KEY = SigningKey.generate();
    private static final String CONSOLE = "https://zos.example.org";
    private static final byte[] DOCUMENT = Envelope.preAuthenticationEncoding("application/vnd.zosgrid.decommission.v1+json", "{\"name\":\"shop\",\"version\":2}".getBytes(StandardCharsets.UTF_8));

    @TempDir
    Path directory = Path.of("");

    private final List<String> shown = new CopyOnWriteArrayList<>();
    private volatile boolean yes = true;
    private SigningAgent agent;
    private BrowserDoor door;

    @BeforeEach
    void open() {
        agent = SigningAgent.open(KEY, directory.resolve("agent"), text -> shown.add(text) && yes, false);
        door = BrowserDoor.open(agent, 0, URI.create(CONSOLE + ":443/console"));
    }

    @AfterEach
    void close() {
        door.close();
        agent.close();
    }

    @Test
    void theConsolesPageGetsTheKeyAndWhatItsOwnerAgreesTo() throws Exception {
        HttpResponse<byte[]> key = ask("GET", "/key", new byte[0], CONSOLE, secret());
        assertThat(key.statusCode()).isEqualTo(200);
        assertThat(key.body()).isEqualTo(KEY.verificationKey().spki());
        assertThat(key.headers().firstValue("Access-Control-Allow-Origin")).contains(CONSOLE);
        HttpResponse<byte[]> signature = ask("POST", "/sign", DOCUMENT, CONSOLE, secret());
        assertThat(KEY.verificationKey().verify(DOCUMENT, signature.body())).isTrue();
        assertThat(shown).singleElement().asString().contains("decommission").contains("name: \"shop\"");
        yes = false;
        HttpResponse<byte[]> refused = ask("POST", "/sign", DOCUMENT, CONSOLE, secret());
        assertThat(refused.statusCode()).isEqualTo(403);
        assertThat(refused.body()).asString(StandardCharsets.UTF_8).isEqualTo("the owner of the key said no");
    }

    @Test
    void aBrowserMayAskBeforehandWhetherItMayAsk() throws Exception {
        HttpResponse<byte[]> answer = ask("OPTIONS", "/sign", new byte[0], CONSOLE, "");
        assertThat(answer.statusCode()).isEqualTo(204);
        assertThat(answer.headers().firstValue("Access-Control-Allow-Headers")).contains("Authorization, Content-Type");
    }

    @Test
    void anotherPageOneWithoutTheCodeAndOneByAnotherNameGetNothing() throws Exception {
        assertThat(ask("POST", "/sign", DOCUMENT, "https://evil.example.org", secret()).statusCode()).isEqualTo(403);
        assertThat(ask("POST", "/sign", DOCUMENT, "http://zos.example.org", secret()).statusCode()).isEqualTo(403);
        assertThat(ask("POST", "/sign", DOCUMENT, "", secret()).statusCode()).isEqualTo(403);
        assertThat(ask("OPTIONS", "/sign", new byte[0], "https://evil.example.org", "").headers().firstValue("Access-Control-Allow-Origin")).isEmpty();
        assertThat(ask("POST", "/sign", DOCUMENT, CONSOLE, "").statusCode()).isEqualTo(401);
        assertThat(ask("POST", "/sign", DOCUMENT, CONSOLE, "00".repeat(16)).statusCode()).isEqualTo(401);
        assertThat(statusOf("POST /sign HTTP/1.1\r\nHost: rebound.example.org\r\nOrigin: " + CONSOLE + "\r\nAuthorization: Bearer " + secret() + "\r\nContent-Length: 0\r\n\r\n")).startsWith("HTTP/1.1 421");
        assertThat(shown).isEmpty();
    }

    @Test
    void whatCannotBeShownOrIsTooLongIsNotSigned() throws Exception {
        assertThat(ask("POST", "/sign", "anything".getBytes(StandardCharsets.UTF_8), CONSOLE, secret()).body()).asString(StandardCharsets.UTF_8).contains("only what it can show");
        assertThat(ask("POST", "/sign", new byte[Frames.MAX + 1], CONSOLE, secret()).statusCode()).isEqualTo(413);
        assertThat(ask("GET", "/", new byte[0], CONSOLE, secret()).statusCode()).isEqualTo(404);
        assertThat(shown).isEmpty();
    }

    private String secret() {
        return door.code().substring(door.code().indexOf('-') + 1);
    }

    private int port() {
        return Integer.parseInt(door.code().substring(0, door.code().indexOf('-')));
    }

    private HttpResponse<byte[]> ask(String method, String path, byte[] body, String origin, String secret) throws Exception {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port() + path)).method(method, BodyPublishers.ofByteArray(body));
        if (!origin.isEmpty()) {
            request.header("Origin", origin);
        }
        if (!secret.isEmpty()) {
            request.header("Authorization", "Bearer " + secret);
        }
        try (HttpClient client = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build()) {
            return client.send(request.build(), BodyHandlers.ofByteArray());
        }
    }

    private String statusOf(String request) throws IOException {
        try (Socket socket = new Socket(InetAddress.getByName("127.0.0.1"), port())) {
            socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
            socket.shutdownOutput();
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
