package org.zosgrid.tests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import jakarta.annotation.Resource;
import jakarta.resource.ResourceException;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.junit5.container.annotation.ArquillianTest;
import org.jboss.shrinkwrap.api.spec.EnterpriseArchive;
import org.junit.jupiter.api.Test;
import org.zosgrid.connector.flist.ImageConnection;
import org.zosgrid.connector.flist.ImageConnectionFactory;
import org.zosgrid.connector.network.NetworkConnection;
import org.zosgrid.connector.network.NetworkConnectionFactory;
import org.zosgrid.connector.zdb.ZdbConnection;
import org.zosgrid.connector.zdb.ZdbConnectionFactory;

/** The three resource adapters, from inside the container to real nodes over the management network. */
@ArquillianTest
class AdaptersIT {
    @Resource(lookup = "zos/zdb") private ZdbConnectionFactory stores;
    @Resource(lookup = "zos/images") private ImageConnectionFactory images;
    @Resource(lookup = "zos/network") private NetworkConnectionFactory networks;

    @Deployment
    static EnterpriseArchive application() {
        return ControlPlaneApplication.withTests();
    }

    @Test
    void readsANodesStore() throws Exception {
        try (ZdbConnection node = stores.getConnection("compute-1")) {
            assertThat(node.read("contracts", 0, 10)).hasSizeLessThanOrEqualTo(10);
        }
    }

    @Test
    void namesANodeItDoesNotKnow() {
        assertThatThrownBy(() -> {
            try (ZdbConnection node = stores.getConnection("compute-99")) {
                node.read("contracts", 0, 1);
            }
        }).isInstanceOf(ResourceException.class).hasMessageContaining("compute-99");
    }

    @Test
    void namesAnImageTheHubDoesNotHave() throws Exception {
        try (ImageConnection hub = images.getConnection()) {
            assertThatThrownBy(() -> hub.resolve("demo/nothing", "1.0")).isInstanceOf(ResourceException.class).hasMessageContaining("demo/nothing");
        }
    }

    @Test
    void asksANodeForItsStatus() throws Exception {
        try (NetworkConnection network = networks.getConnection()) {
            assertThat(network.status("gateway-1")).isNotNull();
            assertThat(network.routes("gateway-1")).isNotNull();
        }
    }
}
