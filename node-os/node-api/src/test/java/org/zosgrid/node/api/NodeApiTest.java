package org.zosgrid.node.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.zosgrid.contract.inventory.NodeAddress;
import org.zosgrid.contract.transport.ManagementAuthority;
import org.zosgrid.contract.transport.ManagementIdentity;
import org.zosgrid.contract.transport.ManagementTls;

/** Client and server over real TLS. */
class NodeApiTest {
    @TempDir
    Path directory;

    private final List<String> asked = new ArrayList<>();
    private NodeApiServer server;

    @BeforeEach
    void start() {
        ManagementAuthority authority = ManagementAuthority.create(directory.resolve("authority"));
        for (String name : List.of("compute-1", "control-plane", "gateway-1")) {
            authority.issue(name, List.of(InetAddress.getLoopbackAddress()), directory.resolve(name));
        }
        server = NodeApiServer.start(new Node(), context("compute-1"), new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void theControlPlaneIsAnswered() {
        NodeApiClient client = client("compute-1", "control-plane");
        assertThat(client.status().overlayAddress()).isEqualTo("fd00::1");
        assertThat(client.status().links()).containsExactly(new LinkState("gateway-1", true, 1500L, ""), new LinkState("compute-2", false, null, "no answer"));
        assertThat(client.status().images()).containsExactly("ab12");
        assertThat(client.expose("shop", "front").active()).isTrue();
        assertThat(client.logs("shop", "web")).isEqualTo("GET / 200\n");
        assertThat(client.usage("shop", "web")).isEqualTo(new WorkloadUsage(1, 2, 3, 4, 5, 6, 7, 8));
        client.withdraw("shop", "front");
        client.prefetch("demo/web:1.0");
        assertThat(asked).containsExactly("expose shop front", "logs shop web", "usage shop web", "withdraw shop front", "prefetch demo/web:1.0");
    }

    @Test
    void aRefusalSaysWhyAndKeepsItsStatus() {
        NodeApiClient client = client("compute-1", "control-plane");
        assertThatThrownBy(() -> client.expose("shop", "other"))
                .isInstanceOf(NodeApiException.class)
                .hasMessageContaining("no contract authorises it")
                .extracting(refused -> ((NodeApiException) refused).status())
                .isEqualTo(403);
        assertThatThrownBy(() -> client.logs("Shop!", "web")).hasMessageContaining("compute-1");
    }

    @Test
    void aTerminalsFramesGoUpAndComeDownAsTheyAre() {
        NodeApiClient client = client("compute-1", "control-plane");
        assertThat(client.openTerminal("{\"a\":1}".getBytes(StandardCharsets.UTF_8))).asString(StandardCharsets.UTF_8).isEqualTo("{\"answers\":{\"a\":1}}");
        client.typeInto("abc", List.of(new byte[] {0, -1, 5}));
        assertThatThrownBy(() -> client.typeInto("abc", List.of(new byte[1], new byte[1])))
                .isInstanceOfSatisfying(NodeApiException.class, refused -> assertThat(refused.status()).isEqualTo(422)).hasMessageContaining("changed on its way");
        TerminalFrames frames = client.readTerminal("abc", 7);
        assertThat(frames.ended()).isTrue();
        assertThat(frames.frames().getFirst()).containsExactly(7);
        assertThat(frames.frames().getLast()).containsExactly(1, 2);
        assertThat(client.readTerminal("abc", 8).ended()).isFalse();
        assertThat(client.closeTerminal("abc")).isTrue();
        assertThat(client.closeTerminal("abcd")).isFalse();
        assertThatThrownBy(() -> client.openTerminal(new byte[(64 << 10) + 1])).hasMessageContaining("must not be larger");
        assertThatThrownBy(() -> client.readTerminal("../status", 1)).isInstanceOf(NodeApiException.class);
    }

    @Test
    void aWitnesssAnswersAreToldApart() {
        NodeApiClient client = client("compute-1", "control-plane");
        CheckpointRequest right = new CheckpointRequest("ledger\n7\nroot\n\n— ledger signature\n", 5, List.of(new byte[32], new byte[] {1, 2, 3}));
        assertThat(client.cosign(right)).isEqualTo(new Cosigning.Signed("— compute-1 of 2 hashes\n"));
        assertThat(client.cosign(new CheckpointRequest(right.checkpoint(), 4, List.of()))).isEqualTo(new Cosigning.StandsAt(5));
        assertThatThrownBy(() -> client.cosign(new CheckpointRequest("another", 5, List.of())))
                .hasMessageContaining("compute-1 refused POST /v1/checkpoints: not of one history")
                .extracting(refused -> ((NodeApiException) refused).status())
                .isEqualTo(422);
        assertThat(asked).containsExactly("cosign ledger\n7\nroot\n\n— ledger signature\n", "cosign ledger\n7\nroot\n\n— ledger signature\n", "cosign another");
    }

    @Test
    void aRequestToAWitnessThatIsNotUnderstoodDoesNotReachIt() {
        NodeApiClient client = client("compute-1", "control-plane");
        assertThatThrownBy(() -> client.cosign(new CheckpointRequest("x", -1, List.of()))).hasMessageContaining("size: must lie between 0");
        assertThatThrownBy(() -> client.cosign(new CheckpointRequest("x", 1, java.util.Collections.nCopies(131, new byte[32])))).hasMessageContaining("consistency");
        assertThatThrownBy(() -> client.cosign(new CheckpointRequest("x".repeat(64 << 10), 1, List.of()))).hasMessageContaining("must not be larger than 65536 bytes");
        assertThat(asked).isEmpty();
    }

    @Test
    void anotherNodesCertificateIsNotTheControlPlanes() {
        NodeApiClient client = client("compute-1", "gateway-1");
        assertThatThrownBy(client::status).hasMessageContaining("only control-plane may ask (is: gateway-1)");
    }

    @Test
    void aNodeThatIsNotTheOneAskedForIsNotBelieved() {
        NodeApiClient client = client("gateway-1", "control-plane");
        assertThatThrownBy(client::status).hasMessageContaining("is 'compute-1' and not 'gateway-1'");
    }

    @Test
    void aConnectionThatWasKeptIsUsedAgainAndGivenUpWhenItEnded() throws IOException {
        InetSocketAddress address = server.address();
        try (Counter counter = new Counter(address)) {
            NodeApiClient client = NodeApiClient.keepingConnections(new NodeAddress("compute-1", "127.0.0.1", 1, counter.port()), context("control-plane"));
            client.logs("shop", "web");
            client.withdraw("shop", "front");
            assertThatThrownBy(() -> client.expose("shop", "other")).hasMessageContaining("no contract authorises it");
            assertThat(counter.connections()).isEqualTo(1);
            server.close();
            server = NodeApiServer.start(new Node(), context("compute-1"), address);
            assertThat(client.logs("shop", "web")).isEqualTo("GET / 200\n");
            assertThat(counter.connections()).isEqualTo(2);
        }
        assertThat(asked).containsExactly("logs shop web", "withdraw shop front", "logs shop web");
    }

    /** Passes on what it is sent, and counts connections. */
    private static final class Counter implements AutoCloseable {
        private final ServerSocket door = new ServerSocket(0, 8, InetAddress.getLoopbackAddress());
        private final AtomicInteger connections = new AtomicInteger();

        Counter(InetSocketAddress behind) throws IOException {
            Thread.ofVirtual().start(() -> {
                while (!door.isClosed()) {
                    try {
                        Socket caller = door.accept();
                        connections.incrementAndGet();
                        Socket node = new Socket(behind.getAddress(), behind.getPort());
                        pass(caller, node);
                        pass(node, caller);
                    } catch (IOException over) {
                        return;
                    }
                }
            });
        }

        int port() {
            return door.getLocalPort();
        }

        int connections() {
            return connections.get();
        }

        private static void pass(Socket from, Socket to) {
            Thread.ofVirtual().start(() -> {
                try (from; to) {
                    from.getInputStream().transferTo(to.getOutputStream());
                } catch (IOException over) {
                    // one side ended it
                }
            });
        }

        @Override
        public void close() throws IOException {
            door.close();
        }
    }

    private NodeApiClient client(String expected, String caller) {
        return new NodeApiClient(new NodeAddress(expected, "127.0.0.1", 1, server.address().getPort()), context(caller));
    }

    private SSLContext context(String name) {
        return ManagementTls.context(ManagementIdentity.read(directory.resolve(name)));
    }

    /** A node that only remembers what it was asked. */
    private final class Node implements NodeOperations {
        @Override
        public NodeStatus status() {
            return new NodeStatus("compute-1", "0.1.0", 1, "fd00::1", 1, new Room("", 4000, 1 << 30), List.of(new Room("shop", 500, 64 << 20)), new Storage(1 << 30, 1 << 20), List.of(), List.of(), List.of(new LinkState("gateway-1", true, 1500L, ""), new LinkState("compute-2", false, null, "no answer")), List.of("ab12"));
        }

        @Override
        public String logs(String deployment, String machine) {
            asked.add("logs " + deployment + " " + machine);
            return "GET / 200\n";
        }

        @Override
        public WorkloadUsage usage(String deployment, String machine) {
            asked.add("usage " + deployment + " " + machine);
            return new WorkloadUsage(1, 2, 3, 4, 5, 6, 7, 8);
        }

        @Override
        public List<RouteStatus> routes() {
            return List.of();
        }

        @Override
        public RouteStatus expose(String deployment, String route) {
            if (!route.equals("front")) {
                throw new NodeApiException(403, "no contract authorises it");
            }
            asked.add("expose " + deployment + " " + route);
            return new RouteStatus(deployment, route, "shop.example", "[fd00::2]:80", true);
        }

        @Override
        public void withdraw(String deployment, String route) {
            asked.add("withdraw " + deployment + " " + route);
        }

        @Override
        public void prefetch(String reference) {
            asked.add("prefetch " + reference);
        }

        @Override
        public Cosigning cosign(CheckpointRequest request) {
            asked.add("cosign " + request.checkpoint());
            if (request.checkpoint().equals("another")) {
                throw new NodeApiException(422, "not of one history");
            }
            return request.size() == 5 ? new Cosigning.Signed("— compute-1 of " + request.consistency().size() + " hashes\n") : new Cosigning.StandsAt(5);
        }

        @Override
        public byte[] openTerminal(byte[] request) {
            asked.add("terminal");
            return ("{\"answers\":" + new String(request, StandardCharsets.UTF_8) + "}").getBytes(StandardCharsets.UTF_8);
        }

        @Override
        public void typeInto(String session, List<byte[]> frames) {
            if (frames.size() == 2) {
                throw new NodeApiException(422, "frame: was changed on its way");
            }
        }

        @Override
        public TerminalFrames readTerminal(String session, long from) {
            return new TerminalFrames(List.of(new byte[] {(byte) from}, new byte[] {1, 2}), from == 7);
        }

        @Override
        public boolean closeTerminal(String session) {
            return session.equals("abc");
        }
    }
}
