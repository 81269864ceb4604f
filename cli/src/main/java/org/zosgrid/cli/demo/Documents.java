package org.zosgrid.cli.demo;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.zosgrid.contract.document.Deployment;

/** The documents of the demonstration, written as a person would write them. */
final class Documents {
    static final String NAME = "shop";
    static final String MACHINE = "web";
    static final String ROUTE = "shop";
    static final String HOST = "shop.example";

    private Documents() {}

    static String yaml(String name, long version, String image, String host) {
        return """
                name: %s
                version: %d
                requester: alice
                environment: production
                expires: %s
                description: The shop's web page
                network:
                  name: %s-net
                  subnet: 10.40.0.0/24
                machines:
                  - name: %s
                    node: compute-1
                    image: %s
                    command: []
                    environment: {}
                    cpuMillis: 500
                    memory: 64MiB
                    ports: [8080]
                gateways:
                  - name: %s
                    node: gateway-1
                    host: %s
                    machine: %s
                    port: 8080
                """
                .formatted(name, version, Instant.now().plus(Duration.ofHours(24)).truncatedTo(ChronoUnit.SECONDS), name, MACHINE, image, ROUTE, host, MACHINE);
    }

    static Deployment deployment(String name, long version, String pinnedImage, String host) {
        return Deployment.fromYaml(yaml(name, version, pinnedImage, host));
    }
}
