package org.zosgrid.workloads.step;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.zosgrid.bpmn.ChangeFacts;
import org.zosgrid.contract.document.Deployment;

class PricesTest {
    private static final Deployment SHOP = Deployment.fromYaml("""
            name: shop
            version: 1
            requester: alice
            environment: staging
            expires: 2099-01-01T00:00:00Z
            network: {name: shop-net, subnet: 10.40.0.0/24}
            machines:
              - {name: web, node: compute-1, image: "demo/web:1.0", cpuMillis: 500, memory: 512MiB}
              - {name: database, node: compute-1, image: "demo/web:1.0", cpuMillis: 2000, memory: 3GiB}
            """);

    @Test
    void machinesCostWhatTheirProcessorsAndTheirMemoryDo() {
        Prices prices = new Prices();
        prices.processor = Optional.of("12.50");
        prices.memory = Optional.of("3");
        assertThat(prices.of(SHOP)).as("2.5 of 12.50, and 3.5 of 3, rounded up").isEqualTo(42);
    }

    @Test
    void withoutPricesTheCostIsMoreThanAnything() {
        assertThat(new Prices().of(SHOP)).isEqualTo(ChangeFacts.UNKNOWN_COST);
    }
}
