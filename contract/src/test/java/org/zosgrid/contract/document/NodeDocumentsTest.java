package org.zosgrid.contract.document;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.zosgrid.contract.ContractException;
import org.zosgrid.contract.envelope.PayloadType;
import org.zosgrid.contract.inventory.NodeAddress;
import org.zosgrid.contract.inventory.NodeInventory;
import org.zosgrid.contract.key.SigningKey;

class NodeDocumentsTest {
    private static final Instant NOON = Instant.parse("2026-11-26T12:00:00Z");
    private static final String KEY = SigningKey.generate().verificationKey().toPem();
    private static final NodeAdmission ADMISSION =
            new NodeAdmission("compute-2", 1, "alice", NOON, NOON.plusSeconds(600), "more room", KEY, Set.of("compute", "gateway"), "10.0.0.12", 9900, 9443);

    @Test
    void bothSurviveTheirJson() {
        assertThat(ChangeDocument.parse(PayloadType.ADMISSION, ADMISSION.toJson())).isEqualTo(ADMISSION);
        NodeRetirement retirement = new NodeRetirement("compute-2", 2, "alice", NOON, NOON.plusSeconds(600), "end of lease");
        assertThat(ChangeDocument.parse(PayloadType.RETIREMENT, retirement.toJson())).isEqualTo(retirement);
    }

    /** Its retirement is the first document about a node that was there from the beginning. */
    @Test
    void aNodeThatWasNeverAdmittedByADocumentCanBeRetiredByOne() {
        NodeRetirement first = new NodeRetirement("compute-1", 1, "alice", NOON, NOON.plusSeconds(600), "end of lease");
        assertThat(ChangeDocument.parse(PayloadType.RETIREMENT, first.toJson())).isEqualTo(first);
        byte[] none = new NodeRetirement("compute-1", 0, "alice", NOON, NOON.plusSeconds(600), "end of lease").toJson();
        assertThatThrownBy(() -> NodeRetirement.parse(none)).isInstanceOf(ContractException.class).hasMessageContaining("version");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "10.0.0.12|node.example|address: must be a literal IP address",
        "\"compute\"|\"storage\"|capabilities: must be compute, gateway or both",
        "9900|0|storePort",
        "BEGIN PUBLIC KEY|BEGIN PUBLIC TEA|key"})
    void everyFieldIsChecked(String from, String to, String fault) {
        byte[] changed = new String(ADMISSION.toJson(), StandardCharsets.UTF_8).replace(from, to).getBytes(StandardCharsets.UTF_8);
        assertThatThrownBy(() -> NodeAdmission.parse(changed)).isInstanceOf(ContractException.class).hasMessageContaining(fault);
    }

    @Test
    void anInventoryTakesANodeInAndStrikesItAndKeepsTheOrderOfTheOthers() {
        NodeInventory inventory = new NodeInventory(java.util.List.of(new NodeAddress("a", "10.0.0.1", 1, 2), new NodeAddress("b", "10.0.0.2", 1, 2)));
        NodeInventory more = inventory.with(ADMISSION.inventoried());
        assertThat(more.nodes()).extracting(NodeAddress::name).containsExactly("a", "b", "compute-2");
        assertThat(more.with(new NodeAddress("a", "10.0.0.9", 1, 2)).nodes()).extracting(NodeAddress::address).containsExactly("10.0.0.9", "10.0.0.2", "10.0.0.12");
        assertThat(more.without("compute-2")).isEqualTo(inventory);
        assertThat(NodeInventory.parse(more.toJson())).isEqualTo(more);
    }
}
