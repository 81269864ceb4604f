package org.zosgrid.node.planetary;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetSocketAddress;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.zosgrid.contract.key.SigningKey;

class PlanetaryConfigTest {
    private static final SigningKey OWN = SigningKey.generate();
    private static final SigningKey PEER = SigningKey.generate();
    private static final InetSocketAddress LISTEN = new InetSocketAddress("127.0.0.1", 9651);
    private static final InetSocketAddress ENDPOINT = new InetSocketAddress("127.0.0.2", 9651);

    @Test
    void everyPropertySet() {
        PlanetaryConfig.Peer peer = new PlanetaryConfig.Peer("gateway-1", PEER.verificationKey(), ENDPOINT);
        PlanetaryConfig config = new PlanetaryConfig(OWN, LISTEN, List.of(peer), "pln0", PlanetaryConfig.DEFAULT_MTU);
        assertThat(config.peers()).containsExactly(peer);
        assertThat(config.mtu()).isEqualTo(1400);
    }

    @Test
    void allFaultsAreReportedTogether() {
        List<PlanetaryConfig.Peer> peers = List.of(
                new PlanetaryConfig.Peer("self", OWN.verificationKey(), ENDPOINT),
                new PlanetaryConfig.Peer("twin", PEER.verificationKey(), ENDPOINT),
                new PlanetaryConfig.Peer("nowhere", PEER.verificationKey(), InetSocketAddress.createUnresolved("gateway", 1)));
        assertThatThrownBy(() -> new PlanetaryConfig(OWN, LISTEN, peers, "a-name-of-16-chr", 1279))
                .isInstanceOf(PlanetaryException.class)
                .hasMessageContaining("mtu").hasMessageContaining("1279")
                .hasMessageContaining("tun").hasMessageContaining("a-name-of-16-chr")
                .hasMessageContaining("peer self: its key")
                .hasMessageContaining("peer twin: its endpoint")
                .hasMessageContaining("peer nowhere: endpoint must be")
                .hasMessageContaining("peer nowhere: its key");
    }
}
