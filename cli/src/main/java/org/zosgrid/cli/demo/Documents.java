package org.zosgrid.cli.demo;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.zosgrid.contract.document.Deployment;

/** The documents of the demonstration, written as a person would write them. */
public final class Documents {
    static final String NAME = "shop";
    static final String MACHINE = "web";
    static final String ROUTE = "shop";
    static final String HOST = "shop.example";
    private static final String SUBNET = "10.40.0.0/24";

    private Documents() {}

    private static String yaml(String name, long version, String image, String host, String subnet) {
        return """
                name: %s
                version: %d
                requester: alice
                environment: production
                expires: %s
                description: The shop's web page
                network:
                  name: %s-net
                  subnet: %s
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
                .formatted(name, version, Instant.now().plus(Duration.ofHours(24)).truncatedTo(ChronoUnit.SECONDS), name, subnet, MACHINE, image, ROUTE, host, MACHINE);
    }

    static Deployment deployment(String name, long version, String image, String host) {
        return deployment(name, version, image, host, SUBNET);
    }

    /** One machine with the demonstration's web server, under a host name and in a private network of its own. */
    public static Deployment deployment(String name, long version, String image, String host, String subnet) {
        return Deployment.fromYaml(yaml(name, version, image, host, subnet));
    }
}
