package org.zosgrid.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.zosgrid.contract.document.Decommission;
import org.zosgrid.contract.document.Deployment;
import org.zosgrid.contract.document.DocumentDiff;

/** What an approver reads is all that they sign. */
class DocumentTextTest {
    private static final String EVERYTHING = """
            name: shop
            version: 7
            requester: alice
            environment: staging
            created: 2029-12-31T00:00:00Z
            expires: 2030-01-01T00:00:00Z
            description: The shop
            workflow: own-deployment
            dataClass: confidential
            demand: {people: 5, groups: [security]}
            approval: [{name: large, match: {machines: 9}, require: {groups: {operations: 4}}}]
            network: {name: shop-net, subnet: 10.40.0.0/24}
            machines:
              - {name: web, node: compute-1, image: "demo/web:1.0@sha256:%s", command: [httpd, -f], environment: {COLOUR: red}, cpuMillis: 500, memory: 64MiB, ports: [8080], terminal: [operations]}
            gateways: [{name: door, node: gateway-1, host: shop.example, machine: web, port: 8080}]
            """.formatted("a".repeat(64));

    @Test
    void everyFieldOfADeploymentIsShown() {
        Deployment deployment = Deployment.fromYaml(EVERYTHING);
        String text = DocumentText.of(deployment);
        assertThat(DocumentDiff.fields(deployment.toJson())).isNotEmpty().allSatisfy((field, value) -> {
            // Shown otherwise: 500 thousandths as half a processor, the order of a list by its order, and a route by its host.
            if (!field.endsWith(".cpuMillis") && !field.endsWith("[order]") && !field.equals("gateways[door].name")) {
                assertThat(text).as(field).contains(value.replace("\"", ""));
            }
        });
        assertThat(text).contains("0.5 processors").contains("terminals  opened into it by operations");
    }

    /** As whoever begins copies it, and with every line that it has only as a comment. */
    @Test
    void theDocumentedExampleCanBeSubmitted() throws IOException {
        String example = Files.readString(Path.of("../docs/examples/shop.yaml"));
        Deployment shop = Deployment.fromYaml(example);
        assertThat(shop.expires()).isAfter(Instant.now());
        Deployment all = Deployment.fromYaml(example.replaceAll("(?m)^( *)# (\\w+: )", "$1$2").replaceFirst("(?m)^expires", "created: 2029-12-31T00:00:00Z\nexpires"));
        assertThat(all.workflow()).contains("own-deployment");
        assertThat(all.machines().getFirst().terminal()).containsExactly("approver");
    }

    @Test
    void theProcessOfARemovalIsShown() {
        Instant now = Instant.parse("2030-01-01T00:00:00Z");
        assertThat(DocumentText.of(new Decommission("shop", 8, "alice", now, now.plusSeconds(60), "moved", Optional.of("own-removal")))).contains("REMOVES the deployment: moved").containsPattern("workflow +own-removal");
        assertThat(DocumentText.of(new Decommission("shop", 8, "alice", now, now.plusSeconds(60), "moved"))).doesNotContain("workflow");
    }
}
