package org.zosgrid.connector.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import jakarta.resource.ResourceException;
import jakarta.resource.spi.CommException;
import jakarta.resource.spi.ConnectionEvent;
import jakarta.resource.spi.ConnectionEventListener;
import jakarta.resource.spi.ConnectionManager;
import jakarta.resource.spi.ConnectionRequestInfo;
import jakarta.resource.spi.ManagedConnection;
import jakarta.resource.spi.ManagedConnectionFactory;
import jakarta.resource.spi.ResourceAdapterInternalException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.zosgrid.contract.transport.ManagementAuthority;
import org.zosgrid.contract.transport.ManagementIdentity;
import org.zosgrid.contract.transport.ManagementTls;
import org.zosgrid.node.api.CheckpointRequest;
import org.zosgrid.node.api.Cosigning;
import org.zosgrid.node.api.LinkState;
import org.zosgrid.node.api.NodeApiException;
import org.zosgrid.node.api.NodeApiServer;
import org.zosgrid.node.api.NodeOperations;
import org.zosgrid.node.api.NodeStatus;
import org.zosgrid.node.api.Room;
import org.zosgrid.node.api.Storage;
import org.zosgrid.node.api.RouteStatus;
import org.zosgrid.node.api.TerminalFrames;
import org.zosgrid.node.api.WorkloadState;
import org.zosgrid.node.api.WorkloadUsage;

/** A real node interface over real TLS; only the gateway behind it is made up. */
class NetworkConnectionTest {
    @TempDir
    Path directory;

    private final Pool pool = new Pool();
    private final Gateway gateway = new Gateway();
    private NodeApiServer server;
    private NetworkConnectionFactory networks;

    @BeforeEach
    void start() throws Exception {
        ManagementAuthority authority = ManagementAuthority.create(directory.resolve("authority"));
        authority.issue("gateway-1", List.of(InetAddress.getLoopbackAddress()), directory.resolve("gateway-1"));
        authority.issue("control-plane", List.of(InetAddress.getLoopbackAddress()), directory.resolve("control-plane"));
        server = NodeApiServer.start(gateway, ManagementTls.context(ManagementIdentity.read(directory.resolve("gateway-1"))),
                new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
        Files.writeString(directory.resolve("nodes.json"),
                "{\"nodes\":[{\"name\":\"gateway-1\",\"address\":\"127.0.0.1\",\"storePort\":1,\"apiPort\":" + server.address().getPort() + "}]}");
        NetworkResourceAdapter adapter = new NetworkResourceAdapter();
        adapter.setInventory(directory.resolve("nodes.json").toString());
        adapter.setTlsDirectory(directory.resolve("control-plane").toString());
        adapter.start(null);
        NetworkManagedConnectionFactory factory = new NetworkManagedConnectionFactory();
        factory.setResourceAdapter(adapter);
        networks = (NetworkConnectionFactory) factory.createConnectionFactory(pool);
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void aNodeTellsHowItIs() throws Exception {
        try (NetworkConnection network = networks.getConnection()) {
            assertThat(network.status("gateway-1")).isEqualTo(new NodeReport("gateway-1", "0.1.0", 7, "fd00::1", 3, new NodeReport.Room("", 4000, 1024), List.of(new NodeReport.Room("shop", 500, 512)),
                    new NodeReport.Storage(2048, 1024), List.of(new NodeReport.Workload("shop", "web", "running", "fd00::2", "")),
                    List.of(new NodeReport.Link("compute-1", true, Optional.of(Duration.ofNanos(1_500_000)), ""), new NodeReport.Link("compute-2", false, Optional.empty(), "no answer")),
                    List.of("ab12")));
            assertThat(network.nodes()).containsExactly("gateway-1");
            assertThat(network.logs("gateway-1", "shop", "web")).isEqualTo("GET / 200\n");
            assertThat(network.usage("gateway-1", "shop", "web")).isEqualTo(new Usage(Instant.ofEpochMilli(1), Duration.ofNanos(2), Duration.ofNanos(3), 4, 5, 6, 7, 8));
        }
    }

    @Test
    void aRouteIsOpenedAndClosed() throws Exception {
        try (NetworkConnection network = networks.getConnection()) {
            assertThat(network.routes("gateway-1")).containsExactly(new Route("shop", "front", "shop.example", "[fd00::2]:80", false));
            assertThat(network.expose("gateway-1", "shop", "front").open()).isTrue();
            assertThat(network.routes("gateway-1")).allMatch(Route::open);
            network.withdraw("gateway-1", "shop", "front");
            network.withdraw("gateway-1", "shop", "front");
            assertThat(network.routes("gateway-1")).noneMatch(Route::open);
        }
    }

    @Test
    void aRefusalIsToldFromANodeThatFails() throws Exception {
        try (NetworkConnection network = networks.getConnection()) {
            assertThatThrownBy(() -> network.expose("gateway-1", "shop", "back"))
                    .isInstanceOf(NodeRefusedException.class).hasMessageContainingAll("gateway-1", "no contract authorises it");
            assertThatThrownBy(() -> network.withdraw("gateway-1", "shop", "back"))
                    .isInstanceOf(CommException.class).hasMessageContaining("gateway-1");
            server.close();
            assertThatThrownBy(() -> network.status("gateway-1")).isInstanceOf(CommException.class).hasMessageContaining("gateway-1");
        }
    }

    @Test
    void aWitnesssAnswersAreToldApart() throws Exception {
        try (NetworkConnection network = networks.getConnection()) {
            assertThat(network.cosign("gateway-1", "note\n", 5, List.of(new byte[32]))).isEqualTo(new Cosignature.Given("— gateway-1 of 1 hashes\n"));
            assertThat(network.cosign("gateway-1", "note\n", 0, List.of())).isEqualTo(new Cosignature.StandsAt(5));
            assertThatThrownBy(() -> network.cosign("gateway-1", "another", 5, List.of()))
                    .isInstanceOf(NodeRefusedException.class).hasMessageContainingAll("gateway-1", "not of one history");
        }
    }

    @Test
    void anUnknownNodeIsNamedWithTheKnownOnes() throws Exception {
        try (NetworkConnection network = networks.getConnection()) {
            assertThatThrownBy(() -> network.status("gateway-9"))
                    .isInstanceOf(ResourceException.class).isNotInstanceOf(NodeRefusedException.class).hasMessageContainingAll("gateway-9", "gateway-1");
        }
    }

    @Test
    void whatIsNoNameDoesNotGetIntoARequest() throws Exception {
        try (NetworkConnection network = networks.getConnection()) {
            String smuggled = "front HTTP/1.1\r\nX: y";
            assertThatThrownBy(() -> network.expose("gateway-1", "shop", smuggled)).isInstanceOf(NodeRefusedException.class).hasMessageStartingWith("route: must be 1 to 36 of");
            assertThatThrownBy(() -> network.withdraw("gateway-1", "../x", "front")).isInstanceOf(NodeRefusedException.class).hasMessageStartingWith("deployment: must be");
            assertThatThrownBy(() -> network.logs("gateway-1", "shop", "")).isInstanceOf(NodeRefusedException.class).hasMessageStartingWith("machine: must be");
        }
        assertThat(gateway.asked).isZero();
    }

    @Test
    void aConnectionIsPooledAndAClosedHandleRefusesToWork() throws Exception {
        NetworkConnection network = networks.getConnection();
        network.close();
        network.close();
        networks.getConnection().close();
        assertThat(pool.made).isEqualTo(1);
        assertThatThrownBy(() -> network.status("gateway-1")).isInstanceOf(jakarta.resource.spi.IllegalStateException.class).hasMessageContaining("closed");
    }

    @Test
    void everyFaultOfTheConfigurationIsToldAtOnce() {
        NetworkResourceAdapter adapter = new NetworkResourceAdapter();
        adapter.setInventory(directory.resolve("none.json").toString());
        assertThatThrownBy(() -> adapter.start(null))
                .isInstanceOf(ResourceAdapterInternalException.class)
                .hasMessageContainingAll("inventory: cannot read", "none.json", "tlsDirectory: must be a path (is not set)");
    }

    @Test
    void aTerminalsFramesAreCarriedAsTheyAre() throws ResourceException {
        try (NetworkConnection network = networks.getConnection()) {
            assertThat(network.openTerminal("gateway-1", "{}".getBytes(StandardCharsets.UTF_8))).asString(StandardCharsets.UTF_8).isEqualTo("{\"answers\":{}}");
            network.typeInto("gateway-1", "abc", List.of(new byte[] {1}));
            assertThatThrownBy(() -> network.typeInto("gateway-1", "abc", List.of(new byte[1], new byte[1]))).isInstanceOf(NodeRefusedException.class).hasMessageContaining("changed on its way");
            Shown shown = network.readTerminal("gateway-1", "abc", 7);
            assertThat(shown.ended()).isTrue();
            assertThat(shown.frames().getLast()).containsExactly(1, 2);
            assertThat(network.closeTerminal("gateway-1", "abc")).isTrue();
            assertThatThrownBy(() -> network.closeTerminal("gateway-1", "a/../b")).isInstanceOf(NodeRefusedException.class).hasMessageContaining("session: must be");
        }
    }

    /** A gateway with one route that a contract allows. */
    private static final class Gateway implements NodeOperations {
        private boolean open;
        private int asked;

        @Override
        public NodeStatus status() {
            return new NodeStatus("gateway-1", "0.1.0", 7, "fd00::1", 3, new Room("", 4000, 1024), List.of(new Room("shop", 500, 512)), new Storage(2048, 1024), List.of(new WorkloadState("shop", "web", "running", "fd00::2", "")), routes(), List.of(new LinkState("compute-1", true, 1500L, ""), new LinkState("compute-2", false, null, "no answer")), List.of("ab12"));
        }

        @Override
        public String logs(String deployment, String machine) {
            asked++;
            return "GET / 200\n";
        }

        @Override
        public WorkloadUsage usage(String deployment, String machine) {
            asked++;
            return new WorkloadUsage(1, 2, 3, 4, 5, 6, 7, 8);
        }

        @Override
        public List<RouteStatus> routes() {
            return List.of(new RouteStatus("shop", "front", "shop.example", "[fd00::2]:80", open));
        }

        @Override
        public RouteStatus expose(String deployment, String route) {
            asked++;
            if (!route.equals("front")) {
                throw new NodeApiException(403, "no contract authorises it");
            }
            open = true;
            return routes().getFirst();
        }

        @Override
        public void withdraw(String deployment, String route) {
            asked++;
            if (!route.equals("front")) {
                throw new IllegalStateException("the disk is full");
            }
            open = false;
        }

        @Override
        public void prefetch(String reference) {
            throw new AssertionError("is another adapter's");
        }

        @Override
        public Cosigning cosign(CheckpointRequest request) {
            if (request.checkpoint().equals("another")) {
                throw new NodeApiException(422, "not of one history");
            }
            return request.size() == 5 ? new Cosigning.Signed("— gateway-1 of " + request.consistency().size() + " hashes\n") : new Cosigning.StandsAt(5);
        }

        @Override
        public byte[] openTerminal(byte[] request) {
            asked++;
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

    /** The container's pool, as far as it is needed. */
    private static final class Pool implements ConnectionManager, ConnectionEventListener {
        private static final long serialVersionUID = 1;
        private final transient Set<ManagedConnection> free = new HashSet<>();
        private int made;

        @Override
        public Object allocateConnection(ManagedConnectionFactory factory, ConnectionRequestInfo request) throws ResourceException {
            ManagedConnection found = factory.matchManagedConnections(Set.copyOf(free), null, request);
            if (found == null) {
                found = factory.createManagedConnection(null, request);
                found.addConnectionEventListener(this);
                made++;
            }
            free.remove(found);
            return found.getConnection(null, request);
        }

        @Override
        public void connectionClosed(ConnectionEvent event) {
            free.add((ManagedConnection) event.getSource());
        }

        @Override
        public void connectionErrorOccurred(ConnectionEvent event) {
            throw new AssertionError("there is no connection that could break");
        }

        @Override
        public void localTransactionStarted(ConnectionEvent event) {
            throw new AssertionError("there are no transactions");
        }

        @Override
        public void localTransactionCommitted(ConnectionEvent event) {
            throw new AssertionError("there are no transactions");
        }

        @Override
        public void localTransactionRolledback(ConnectionEvent event) {
            throw new AssertionError("there are no transactions");
        }
    }
}
