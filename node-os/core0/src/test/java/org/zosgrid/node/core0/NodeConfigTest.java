package org.zosgrid.node.core0;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.zosgrid.contract.ContractException;

class NodeConfigTest {
    private static final String GOOD = """
            {"name": "gateway-1", "state": "/var/lib/zos", "trustRoot": "/etc/zos/root.json", "identity": "/etc/zos/identity.pem",
             "management": {"address": "10.231.0.3", "storePort": 9900, "apiPort": 9443, "tls": "/etc/zos/tls"},
             "overlay": {"listen": "10.232.0.2:9651", "tun": "pln0", "peers": [{"node": "compute-1", "endpoint": "10.232.0.1:9651"}]},
             "interfaces": {"management": "mgmt0", "underlay": "und0", "public": "pub0"},
             "hub": "http://10.231.0.1:8090", "gateway": {"listen": "203.0.113.1:80"}, "witness": "/etc/zos/witness.json"}
            """;

    @Test
    void everyPropertyIsRead() {
        NodeConfig config = parse(GOOD);
        assertThat(config.name()).isEqualTo("gateway-1");
        assertThat(config.management().apiPort()).isEqualTo(9443);
        assertThat(config.overlay().peers()).hasSize(1).first().extracting(NodeConfig.Peer::node).isEqualTo("compute-1");
        assertThat(config.gateway().orElseThrow().getPort()).isEqualTo(80);
        assertThat(config.interfaces().publicSide()).contains("pub0");
        assertThat(config.witness()).contains(Path.of("/etc/zos/witness.json"));
    }

    @Test
    void aNodeThatIsNoGatewayNeedsNoPublicSide() {
        NodeConfig config = parse(GOOD.replace(", \"gateway\": {\"listen\": \"203.0.113.1:80\"}", "").replace(", \"public\": \"pub0\"", ""));
        assertThat(config.gateway()).isEmpty();
        assertThat(parse(GOOD.replace(", \"witness\": \"/etc/zos/witness.json\"", "")).witness()).isEmpty();
    }

    @Test
    void allFaultsAreToldAtOnce() {
        assertThatThrownBy(() -> parse(GOOD.replace("9900", "99000").replace("10.232.0.2:9651", "everywhere").replace("\"hub\"", "\"hup\"").replace(", \"public\": \"pub0\"", "")))
                .isInstanceOf(ContractException.class)
                .hasMessageContaining("management.storePort: must lie between 1 and 65535 (is: 99000)")
                .hasMessageContaining("overlay.listen: must be a literal address and a port")
                .hasMessageContaining("hub: is missing")
                .hasMessageContaining("interfaces.public: is missing")
                .hasMessageContaining("hup: is not a known field");
    }

    private static NodeConfig parse(String json) {
        return NodeConfig.parse(json.getBytes(StandardCharsets.UTF_8));
    }
}
