package org.zosgrid.connector.zdb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import jakarta.resource.ResourceException;
import jakarta.resource.spi.CommException;
import jakarta.resource.spi.ManagedConnection;
import jakarta.resource.spi.ResourceAdapterInternalException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.zosgrid.zdb.client.RespReader;

/** Connections to real stores over real TLS, through a pool. */
class OutboundTest {
    @TempDir
    Path directory;

    private final TestContainer container = new TestContainer();
    private final ZdbManagedConnectionFactory factory = new ZdbManagedConnectionFactory();
    private TestNodes nodes;
    private ZdbConnectionFactory stores;

    @BeforeEach
    void start() throws Exception {
        nodes = new TestNodes(directory, "compute-1", "gateway-1");
        ZdbResourceAdapter adapter = new ZdbResourceAdapter();
        adapter.setInventory(nodes.inventory().toString());
        adapter.setTlsDirectory(nodes.tlsDirectory().toString());
        adapter.start(container);
        factory.setResourceAdapter(adapter);
        stores = (ZdbConnectionFactory) factory.createConnectionFactory(container);
    }

    @AfterEach
    void stop() throws ResourceException {
        for (ManagedConnection each : container.made) {
            each.destroy();
        }
        nodes.close();
    }

    @Test
    void whatIsAppendedIsInTheNodesLogAndCanBeRead() throws Exception {
        try (ZdbConnection store = stores.getConnection("compute-1")) {
            assertThat(store.append("contracts", bytes("one"))).isZero();
            assertThat(store.append("contracts", bytes("two"))).isEqualTo(1);
            assertThat(store.size("contracts")).isEqualTo(2);
            assertThat(store.read("contracts", 1, 1_000)).containsExactly(bytes("two"));
            assertThat(store.read("contracts", 2, 10)).isEmpty();
            assertThat(store.size("receipts")).isZero();
        }
        assertThat(nodes.log("compute-1", "contracts").read(0, 10)).containsExactly(bytes("one"), bytes("two"));
    }

    @Test
    void thePoolHandsOutAConnectionToTheNodeThatIsAskedFor() throws Exception {
        append("compute-1", "for compute");
        append("gateway-1", "for gateway");
        append("compute-1", "for compute again");
        append("gateway-1", "for gateway again");
        assertThat(container.made).hasSize(2);
        assertThat(nodes.log("compute-1", "contracts").read(0, 10)).containsExactly(bytes("for compute"), bytes("for compute again"));
        assertThat(nodes.log("gateway-1", "contracts").read(0, 10)).containsExactly(bytes("for gateway"), bytes("for gateway again"));
    }

    @Test
    void anUnknownNodeIsNamedWithTheKnownOnes() {
        assertThatThrownBy(() -> stores.getConnection("compute-99"))
                .isInstanceOf(ResourceException.class)
                .hasMessageContainingAll("compute-99", "compute-1", "gateway-1");
    }

    @Test
    void aNodeThatIsAwayIsNamed() {
        nodes.kill("compute-1");
        assertThatThrownBy(() -> stores.getConnection("compute-1")).isInstanceOf(CommException.class).hasMessageContaining("compute-1");
    }

    @Test
    void aClosedHandleRefusesToWorkAndCanBeClosedAgain() throws Exception {
        ZdbConnection store = stores.getConnection("compute-1");
        store.close();
        store.close();
        assertThat(container.free).hasSize(1);
        assertThatThrownBy(() -> store.size("contracts")).isInstanceOf(jakarta.resource.spi.IllegalStateException.class).hasMessageContaining("compute-1");
    }

    @Test
    void aNodesRestartIsNotTheReadersTrouble() throws Exception {
        append("compute-1", "one");
        nodes.restart("compute-1");
        try (ZdbConnection store = stores.getConnection("compute-1")) {
            assertThat(store.read("contracts", 0, 10)).containsExactly(bytes("one"));
        }
        assertThat(container.made).as("the managed connection mended itself").hasSize(1);
        assertThat(container.dropped).isEmpty();
    }

    @Test
    void anIdleConnectionIsTriedBeforeAnAppendRelies() throws Exception {
        append("compute-1", "one");
        nodes.restart("compute-1");
        Thread.sleep(1_100); // longer than a connection counts as fresh
        append("compute-1", "two");
        assertThat(nodes.log("compute-1", "contracts").read(0, 10)).containsExactly(bytes("one"), bytes("two"));
        assertThat(container.dropped).isEmpty();
    }

    @Test
    void anAppendThatMayHaveArrivedIsNotSentTwiceButReported() throws Exception {
        ZdbConnection store = stores.getConnection("compute-1");
        store.append("contracts", bytes("one"));
        nodes.restart("compute-1");
        assertThatThrownBy(() -> store.append("contracts", bytes("two")))
                .isInstanceOf(CommException.class).hasMessageContainingAll("compute-1", "whether the record was appended is not known");
        assertThat(container.dropped).hasSize(1);
        assertThatThrownBy(() -> store.size("contracts")).hasMessageContaining("closed");
        assertThat(nodes.log("compute-1", "contracts").size()).isEqualTo(1);
        append("compute-1", "two");
        assertThat(container.made).hasSize(2);
    }

    @Test
    void aConnectionThatCannotBeMendedIsReportedAndDropped() throws Exception {
        ZdbConnection store = stores.getConnection("compute-1");
        nodes.kill("compute-1");
        assertThatThrownBy(() -> store.read("contracts", 0, 1)).isInstanceOf(CommException.class).hasMessageContaining("compute-1");
        assertThat(container.dropped).hasSize(1);
        assertThat(container.free).isEmpty();
    }

    @Test
    void aPooledConnectionToANodeThatWasStruckIsOfNoUseAnyMore() throws Exception {
        append("compute-1", "one");
        ZdbConnection store = stores.getConnection("compute-1");
        nodes.list("gateway-1");
        assertThatThrownBy(() -> store.append("contracts", bytes("two"))).hasMessageContaining("must be one of [gateway-1]");
        assertThat(container.dropped).hasSize(1);
        assertThat(nodes.log("compute-1", "contracts").read(0, 10)).containsExactly(bytes("one"));
    }

    @Test
    void aPooledConnectionFollowsItsNodeToAnotherAddress() throws Exception {
        append("compute-1", "one");
        append("gateway-1", "one");
        nodes.move("compute-1");
        Set<?> invalid = factory.getInvalidConnections(container.free);
        assertThat(invalid).hasSize(1);
        assertThat(((ZdbManagedConnection) invalid.iterator().next()).node()).isEqualTo("compute-1");
        append("compute-1", "two");
        assertThat(nodes.log("compute-1", "contracts").read(0, 10)).containsExactly(bytes("one"), bytes("two"));
    }

    @Test
    void aRefusalLeavesTheConnectionUsable() throws Exception {
        try (ZdbConnection store = stores.getConnection("compute-1")) {
            store.size("contracts");
            assertThatThrownBy(() -> store.append("receipts", bytes("forged"))).isInstanceOf(ResourceException.class).hasMessageContainingAll("compute-1", "Permission denied");
            assertThatThrownBy(() -> store.size("private")).hasMessageContaining("Namespace not found");
            assertThatThrownBy(() -> store.read("contracts", 0, 1_001)).hasMessage("limit: must be 1 to 1000 (is: 1001)");
            assertThatThrownBy(() -> store.read("contracts", 0, 0)).hasMessage("limit: must be 1 to 1000 (is: 0)");
            assertThatThrownBy(() -> store.read("contracts", -1, 1)).hasMessage("from: must be at least 0 (is: -1)");
            assertThatThrownBy(() -> store.append("contracts", new byte[RespReader.MAX_BULK + 1])).hasMessageContaining("must not be larger than 8388608 bytes");
            assertThat(store.append("contracts", bytes("fine"))).isZero();
        }
        assertThat(container.dropped).isEmpty();
        assertThat(container.made).hasSize(1);
    }

    @Test
    void theContainerCanTellDeadConnectionsFromLivingOnes() throws Exception {
        append("compute-1", "one");
        append("gateway-1", "one");
        nodes.kill("gateway-1");
        Set<?> invalid = factory.getInvalidConnections(container.free);
        assertThat(invalid).hasSize(1);
        assertThat(((ZdbManagedConnection) invalid.iterator().next()).node()).isEqualTo("gateway-1");
    }

    @Test
    void aContainerThatOnlyTriesThePoolGetsTheFirstNode() throws Exception {
        ManagedConnection tried = factory.createManagedConnection(null, null);
        assertThat(((ZdbManagedConnection) tried).node()).isEqualTo("compute-1");
        assertThat(((ZdbManagedConnection) tried).alive()).isTrue();
        tried.destroy();
    }

    @Test
    void aHandleFollowsWhenTheContainerMovesIt() throws Exception {
        ZdbConnection store = stores.getConnection("compute-1");
        ManagedConnection other = factory.createManagedConnection(null, new NodeRequest("compute-1"));
        container.made.add(other);
        other.associateConnection(store);
        container.made.getFirst().destroy();
        assertThat(store.size("contracts")).isZero();
        assertThatThrownBy(() -> other.associateConnection("text")).hasMessageContaining("java.lang.String");
    }

    @Test
    void everyFaultOfTheConfigurationIsToldAtOnce() throws Exception {
        ZdbResourceAdapter adapter = new ZdbResourceAdapter();
        adapter.setTlsDirectory(directory.resolve("nowhere").toString());
        assertThatThrownBy(() -> adapter.start(container))
                .isInstanceOf(ResourceAdapterInternalException.class)
                .hasMessageContainingAll("inventory: must be a path (is not set)", "tlsDirectory: ", "nowhere");
        Path empty = Files.writeString(directory.resolve("empty.json"), "{\"nodes\":[]}");
        adapter.setInventory(empty.toString());
        adapter.setTlsDirectory(nodes.tlsDirectory().toString());
        assertThatThrownBy(() -> adapter.start(container)).hasMessageContaining("inventory: must list at least one node (is: " + empty + ")");
        assertThatThrownBy(adapter::nodes).hasMessageContaining("has not been started");
    }

    private void append(String node, String record) throws ResourceException {
        try (ZdbConnection store = stores.getConnection(node)) {
            store.append("contracts", bytes(record));
        }
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
