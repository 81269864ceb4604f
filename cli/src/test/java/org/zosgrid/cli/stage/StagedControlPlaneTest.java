package org.zosgrid.cli.stage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.zosgrid.cli.CliException;
import org.zosgrid.contract.inventory.NodeAddress;
import org.zosgrid.contract.inventory.NodeInventory;

class StagedControlPlaneTest {
    private static final List<NodeAddress> NODES = List.of(new NodeAddress("compute-1", "10.231.7.2", 9900, 9443), new NodeAddress("gateway-1", "10.231.7.3", 9900, 9443));

    @TempDir
    Path directory = Path.of("");

    @Test
    void itsConfigurationNamesEverythingItNeeds() throws Exception {
        StagedControlPlane controlPlane = configured();
        Properties written = new Properties();
        try (var reader = Files.newBufferedReader(directory.resolve("control-plane/control-plane.properties"))) {
            written.load(reader);
        }
        assertThat(written.stringPropertyNames()).containsExactlyInAnyOrder("zos.state", "zos.trust-root", "zos.ledger-key", "zos.inventory", "zos.management-tls", "zos.hub", "zos.http.port",
                "zos.workflow.retry-pause");
        assertThat(NodeInventory.read(Path.of(written.getProperty("zos.inventory"))).nodes()).isEqualTo(NODES);
        assertThat(controlPlane.address()).isEqualTo(URI.create("http://127.0.0.1:" + written.getProperty("zos.http.port")));
    }

    @Test
    void itsPortIsKeptWhileNobodyElseTakesIt() throws Exception {
        URI first = configured().address();
        assertThat(configured().address()).isEqualTo(first);
        try (ServerSocket thief = new ServerSocket(first.getPort(), 1, InetAddress.ofLiteral("127.0.0.1"))) {
            assertThat(configured().address().getPort()).isNotEqualTo(thief.getLocalPort());
        }
    }

    @Test
    void itsLogTellsHowFarItIs() throws Exception {
        StagedControlPlane controlPlane = configured();
        assertThat(controlPlane.parts()).isZero();
        Files.writeString(directory.resolve("control-plane/control-plane.log"), """
                INFO   starting something in 3.2 s
                   3.2 s  database
                  12.0 s  application server
                WARNING  1.0 s  not a part
                """);
        assertThat(controlPlane.parts()).isEqualTo(2);
    }

    @Test
    void whatIsNotBuiltIsNamed() {
        assertThatThrownBy(() -> new Installation(directory).requireControlPlane()).isInstanceOf(CliException.class)
                .hasMessageContaining("the control plane is not built").hasMessageContaining("jvm.args");
        assertThatThrownBy(() -> new StagedControlPlane(directory, new Installation(directory), 8080).address()).hasMessageContaining("'./zos up' starts one");
    }

    @Test
    void whatItWouldNotStartWithIsToldBeforeItIsStarted() throws Exception {
        assertThatThrownBy(() -> configured(Map.of("zos.webhook.allow", "http://127.0.0.1:9000")).check()).isInstanceOf(CliException.class)
                .hasMessageContaining("zos.webhook.allow: is unknown; the nearest known one is zos.webhooks.allow");
        assertThatThrownBy(() -> configured(Map.of("zos.workflow.retry-pause", "\\u")).check()).isInstanceOf(CliException.class)
                .hasMessageContaining("zos.workflow.retry-pause: must be a duration such as PT3S or PT10M, is \\u");
    }

    private StagedControlPlane configured() throws Exception {
        return configured(Map.of("zos.workflow.retry-pause", "PT1S"));
    }

    private StagedControlPlane configured(Map<String, String> settings) throws Exception {
        StagedControlPlane controlPlane = new StagedControlPlane(directory.resolve("control-plane"), new Installation(directory), 8080);
        controlPlane.configure(Cast.in(directory.resolve("cast")), directory.resolve("tls"), URI.create("http://10.231.7.1:8090"), NODES, settings);
        return controlPlane;
    }
}
