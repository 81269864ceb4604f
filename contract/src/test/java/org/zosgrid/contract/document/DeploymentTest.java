package org.zosgrid.contract.document;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.zosgrid.contract.ContractException;

class DeploymentTest {
    private static final String GOOD = """
            name: shop
            version: 1
            requester: alice
            environment: production
            created: 2026-11-23T12:00:00Z
            expires: 2026-11-23T12:10:00Z
            network: {name: shop-net, subnet: 10.40.0.0/24}
            machines:
              - {name: web, node: compute-1, image: "demo/web:1.0", cpuMillis: 500, memory: 64MiB, ports: [8080], environment: {A: b}}
            gateways:
              - {name: front, node: gateway-1, host: shop.example, machine: web, port: 8080}
            """;

    @Test
    void whatIsReadFromYamlIsTheSameInJson() {
        Deployment document = Deployment.fromYaml(GOOD);
        assertThat(Deployment.parse(document.toJson())).isEqualTo(document);
        assertThat(document.nodes()).containsExactly("compute-1", "gateway-1");
        assertThat(document.network().address(2)).isEqualTo("10.40.0.2");
    }

    @Test
    void whoeverWritesYamlNeedNotSayWhenButTheDocumentDoes() {
        java.time.Instant before = java.time.Instant.now().minusSeconds(1);
        Deployment written = Deployment.fromYaml(GOOD.replace("created: 2026-11-23T12:00:00Z\n", ""));
        assertThat(written.created()).isBetween(before, java.time.Instant.now());
        String json = new String(written.toJson(), StandardCharsets.UTF_8);
        assertThatThrownBy(() -> Deployment.parse(json.replace("\"created\":\"" + written.created() + "\",", "").getBytes(StandardCharsets.UTF_8))).hasMessageContaining("created: is missing");
        Deployment untilTomorrow = Deployment.fromYaml(GOOD.replaceAll("(created|expires): .*\n", ""));
        assertThat(untilTomorrow.expires()).isEqualTo(untilTomorrow.created().plus(java.time.Duration.ofDays(1)));
        assertThatThrownBy(() -> Deployment.fromYaml(GOOD.replaceAll("expires: .*\n", ""))).as("whoever says the one says the other").hasMessageContaining("expires: is missing");
    }

    @Test
    void aDocumentCarriesAPolicyOfItsOwn() {
        Deployment document = Deployment.fromYaml(GOOD + """
                approval:
                  - name: two-of-security
                    match: {kinds: [change, decommission], environments: [production], exposed: true, machines: 1, memory: 64MiB}
                    require:
                      groups: {security: 2}
                      weight: {least: 3, people: {bob: 2}, groups: {approver: 1}}
                      signers: [carol]
                      windows: [{days: [mon, fri], from: "08:00", to: "24:00"}]
                      validity: PT72H
                """);
        assertThat(document.approval().rules()).singleElement().extracting(org.zosgrid.contract.policy.Rule::name).isEqualTo("two-of-security");
        assertThat(Deployment.parse(document.toJson())).isEqualTo(document);
        assertThatThrownBy(() -> Deployment.fromYaml(GOOD + "approval: [{name: a, require: {groups: {x: 0}}}]")).hasMessageContaining("approval[0].require.groups.x: must be a whole number between 1");
        assertThatThrownBy(() -> Deployment.fromYaml(GOOD + "approval: [{name: a, require: {}}, {name: a, require: {}}]")).hasMessageContaining("two rules of the same name");
        assertThatThrownBy(() -> Deployment.fromYaml(GOOD + "approval: [{name: a, match: {kinds: [sell]}, require: {windows: [{days: [mon], from: '09:00', to: '08:00'}]}}]"))
                .hasMessageContaining("kinds: must be one of create, change, pause, resume, decommission, policy-change, model, skip, admission, retirement, promotion, revocation, review (is: sell)");
    }

    @Test
    void aDocumentMaySayOfWhatClassItsDataIs() {
        Deployment document = Deployment.fromYaml(GOOD + "dataClass: confidential\n");
        assertThat(document.dataClass()).contains(DataClass.CONFIDENTIAL);
        assertThat(Deployment.parse(document.toJson())).isEqualTo(document);
        assertThat(document.withDemand(new Demand(3, java.util.Set.of())).withMachines(document.machines()).withEmergency(java.util.Optional.empty()).dataClass()).contains(DataClass.CONFIDENTIAL);
        assertThat(Deployment.fromYaml(GOOD).dataClass()).isEmpty();
        assertThatThrownBy(() -> Deployment.fromYaml(GOOD + "dataClass: secret\n")).hasMessageContaining("dataClass: must be one of public, internal, confidential, restricted (is: secret)");
    }

    @Test
    void allFaultsAreToldAtOnceWithFieldAndValue() {
        String bad = GOOD.replace("name: shop\n", "name: Shop!\n").replace("cpuMillis: 500", "cpuMillis: 1").replace("64MiB", "much").replace("10.40.0.0/24", "192.168.0.0/24")
                .replace("environment: production", "environment: moon") + "colour: red\n";
        assertThatThrownBy(() -> Deployment.fromYaml(bad))
                .isInstanceOf(ContractException.class)
                .hasMessageContaining("name: must be 1 to 36 of a-z, 0-9 and '-'")
                .hasMessageContaining("machines[0].cpuMillis: must lie between 10 and 64000 (is: 1)")
                .hasMessageContaining("machines[0].memory: must be a size such as 512KiB, 64MiB or 2GiB (is: much)")
                .hasMessageContaining("network.subnet: must be a network inside 10.0.0.0/8")
                .hasMessageContaining("environment: must be one of development, staging, production (is: moon)")
                .hasMessageContaining("colour: is not a known field");
    }

    @Test
    void namesMustBeDifferentAndRoutesMustLeadSomewhere() {
        assertThatThrownBy(() -> Deployment.fromYaml(GOOD.replace("machine: web, port: 8080", "machine: db, port: 8080"))).hasMessageContaining("must be one of the document's machines");
        assertThatThrownBy(() -> Deployment.fromYaml(GOOD.replace("machine: web, port: 8080", "machine: web, port: 22"))).hasMessageContaining("must be one of the machine's ports");
        assertThatThrownBy(() -> Deployment.fromYaml(GOOD.replace("gateways:", "  - {name: web, node: compute-1, image: \"demo/web:1.0\", cpuMillis: 500, memory: 64MiB}\ngateways:")))
                .hasMessageContaining("must not contain the same name twice (is: web)");
    }

    @Test
    void whatIsNoYamlIsToldInOneLineWithItsPlace() {
        assertThatThrownBy(() -> Deployment.fromYaml("name: shop\nmachines: [1")).hasMessageContaining("is no YAML: at line 2, column ").hasMessageContaining("expected ',' or ']'")
                .satisfies(told -> assertThat(((ContractException) told).faults().getFirst().problem()).doesNotContain("\n"));
    }

    @Test
    void aMachineThatIsNotUnderstoodIsNotToldToBeMissing() {
        assertThatThrownBy(() -> Deployment.fromYaml(GOOD.replace("node: compute-1", "nod: compute-1"))).hasMessageContaining("machines[0].node: is missing").satisfies(told -> assertThat(((ContractException) told).faults()).hasSize(1));
        assertThatThrownBy(() -> Deployment.fromYaml(GOOD.replaceAll("(?s)machines:.*", "machines: 5\n"))).hasMessageContaining("machines: must be a list").satisfies(told -> assertThat(((ContractException) told).faults()).hasSize(1));
        assertThatThrownBy(() -> Deployment.fromYaml(GOOD.replaceAll("(?s)machines:.*", "machines: []\n"))).hasMessageContaining("must name at least one machine");
    }

    @Test
    void duplicateKeysAreRefused() {
        assertThatThrownBy(() -> Deployment.fromYaml(GOOD + "version: 2\n")).isInstanceOf(ContractException.class);
        String json = new String(Deployment.fromYaml(GOOD).toJson(), StandardCharsets.UTF_8);
        assertThatThrownBy(() -> Deployment.parse(json.replaceFirst("\\{", "{\"version\":2,").getBytes(StandardCharsets.UTF_8))).isInstanceOf(ContractException.class);
    }

    @Property(tries = 300)
    void aTruncatedDocumentIsRefused(@ForAll int length) {
        byte[] json = Deployment.fromYaml(GOOD).toJson();
        byte[] cut = java.util.Arrays.copyOf(json, Math.floorMod(length, json.length));
        assertThatThrownBy(() -> Deployment.parse(cut)).isInstanceOf(ContractException.class);
    }

    @Property(tries = 300)
    void nonsenseIsRefused(@ForAll String text) {
        assertThatThrownBy(() -> Deployment.fromYaml(text)).isInstanceOf(ContractException.class);
        assertThatThrownBy(() -> Deployment.parse(text.getBytes(StandardCharsets.UTF_8))).isInstanceOf(ContractException.class);
    }
}
