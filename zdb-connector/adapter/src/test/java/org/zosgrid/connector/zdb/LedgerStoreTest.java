package org.zosgrid.connector.zdb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import jakarta.resource.ResourceException;
import jakarta.resource.spi.ManagedConnection;
import jakarta.resource.spi.ResourceAdapterInternalException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.zosgrid.node.zdb.ZdbConfig;
import org.zosgrid.node.zdb.ZdbServer;
import org.zosgrid.zdb.client.RespReader;
import org.zosgrid.zdb.client.ZdbClient;

/** The ledger's own store: a real one, with a password, reached by keys. */
class LedgerStoreTest {
    @TempDir
    Path directory;

    private final TestContainer container = new TestContainer();
    private TestNodes nodes;
    private ZdbServer server;
    private int port;

    @BeforeEach
    void start() throws Exception {
        nodes = new TestNodes(directory, "compute-1");
        run();
        try (ZdbClient admin = ZdbClient.connect(address())) {
            admin.authenticate("admin");
            for (String[] command : List.of(new String[] {"NSNEW", "ledger"}, new String[] {"NSSET", "ledger", "mode", "user"}, new String[] {"NSSET", "ledger", "password", "secret"})) {
                admin.send(java.util.Arrays.stream(command).map(part -> part.getBytes(StandardCharsets.UTF_8)).toArray(byte[][]::new));
            }
        }
        Files.writeString(directory.resolve("password"), "secret\n");
    }

    private void run() {
        server = ZdbServer.start(new ZdbConfig(directory.resolve("own"), List.of(ZdbConfig.Listener.plain(new InetSocketAddress(InetAddress.getLoopbackAddress(), port))), Optional.of("admin")));
        port = server.addresses().getFirst().getPort();
    }

    private InetSocketAddress address() {
        return new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
    }

    @AfterEach
    void stop() throws ResourceException {
        for (ManagedConnection each : container.made) {
            each.destroy();
        }
        server.close();
        nodes.close();
    }

    /** Returns when nobody is let in any more: a closed listener may accept one more connection. */
    private void kill() {
        server.close();
        while (true) {
            try (Socket knock = new Socket(InetAddress.getLoopbackAddress(), port)) {
                Thread.onSpinWait();
            } catch (IOException refused) {
                return;
            }
        }
    }

    @Test
    void whatIsSetCanBeReadAndSetAgain() throws Exception {
        try (ZdbConnection store = stores("127.0.0.1:" + port).getLedgerConnection()) {
            assertThat(store.get("ledger", "tile/0/000")).isEmpty();
            store.set("ledger", values("tile/0/000", "one", "tile/1/000", "two"));
            assertThat(store.get("ledger", "tile/0/000")).contains(bytes("one"));
            store.set("ledger", values("tile/0/000", "one and more"));
            assertThat(store.get("ledger", "tile/0/000")).contains(bytes("one and more"));
            assertThat(store.get("ledger", "tile/1/000")).contains(bytes("two"));
        }
    }

    @Test
    void aRestartIsNotTheWritersTrouble() throws Exception {
        ZdbConnectionFactory stores = stores("localhost:" + port);
        try (ZdbConnection store = stores.getLedgerConnection()) {
            store.set("ledger", values("key", "before"));
            kill();
            run();
            store.set("ledger", values("key", "after", "other", "too"));
            assertThat(store.get("ledger", "key")).contains(bytes("after"));
        }
        assertThat(container.made).hasSize(1);
    }

    @Test
    void nobodyIsLetInWithAWrongPassword() throws Exception {
        Files.writeString(directory.resolve("password"), "wrong");
        try (ZdbConnection store = stores("127.0.0.1:" + port).getLedgerConnection()) {
            assertThatThrownBy(() -> store.get("ledger", "key")).isInstanceOf(ResourceException.class).hasMessageContainingAll("the ledger", "Access denied");
        }
    }

    @Test
    void oneThatIsAwayIsNamed() throws Exception {
        ZdbConnectionFactory stores = stores("127.0.0.1:" + port);
        kill();
        assertThatThrownBy(stores::getLedgerConnection).isInstanceOf(ResourceException.class).hasMessageContaining("the store of the ledger at 127.0.0.1:" + port + " cannot be reached");
        run();
    }

    @Test
    void aValueTooLargeIsRefusedBeforeAnythingIsSent() throws Exception {
        try (ZdbConnection store = stores("127.0.0.1:" + port).getLedgerConnection()) {
            SequencedMap<String, byte[]> values = values("first", "one");
            values.put("large", new byte[RespReader.MAX_BULK + 1]);
            assertThatThrownBy(() -> store.set("ledger", values)).isInstanceOf(ResourceException.class).hasMessageContaining("large: must not be larger than 8388608 bytes");
            assertThat(store.get("ledger", "first")).isEmpty();
        }
    }

    @Test
    void whoHasNoneIsTold() throws Exception {
        ZdbConnectionFactory stores = stores("");
        assertThatThrownBy(stores::getLedgerConnection).isInstanceOf(ResourceException.class).hasMessageContaining("is not set");
        assertThatThrownBy(() -> stores("localhost")).isInstanceOf(ResourceAdapterInternalException.class).hasMessageContaining("must be HOST:PORT");
        assertThatThrownBy(() -> stores("localhost:70000")).isInstanceOf(ResourceAdapterInternalException.class).hasMessageContaining("must be HOST:PORT");
    }

    private ZdbConnectionFactory stores(String ledger) throws Exception {
        ZdbResourceAdapter adapter = new ZdbResourceAdapter();
        adapter.setInventory(nodes.inventory().toString());
        adapter.setTlsDirectory(nodes.tlsDirectory().toString());
        adapter.setLedger(ledger);
        adapter.setLedgerPassword(directory.resolve("password").toString());
        adapter.start(container);
        ZdbManagedConnectionFactory factory = new ZdbManagedConnectionFactory();
        factory.setResourceAdapter(adapter);
        return (ZdbConnectionFactory) factory.createConnectionFactory(container);
    }

    private static SequencedMap<String, byte[]> values(String... pairs) {
        SequencedMap<String, byte[]> values = new LinkedHashMap<>();
        for (int i = 0; i < pairs.length; i += 2) {
            values.put(pairs[i], bytes(pairs[i + 1]));
        }
        return values;
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
