package org.zosgrid.workloads.webhook;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.time.Instant;
import java.util.Base64;
import org.junit.jupiter.api.Test;
import org.zosgrid.contract.ledger.LedgerEntry;

/** What a decision looks like on its way. */
class CloudEventTest {
    private static final LedgerEntry ENTRY = new LedgerEntry("submitted", "shop", 3, "ab".repeat(32), Instant.parse("2026-11-25T12:00:00Z"), "alice");

    @Test
    void everyAttributeThatTheSpecificationDemandsIsThereAndTheDataIsTheEntry() throws Exception {
        CloudEvent event = CloudEvent.of("zosgrid.example/ledger", 7, ENTRY, ENTRY.toJson());
        JsonNode json = new ObjectMapper().readTree(event.json());
        assertThat(json.path("specversion").asText()).isEqualTo("1.0");
        assertThat(json.path("id").asText()).isEqualTo("7");
        assertThat(json.path("source").asText()).isEqualTo("//zosgrid.example/ledger");
        assertThat(json.path("type").asText()).isEqualTo("org.zosgrid.change.submitted");
        assertThat(json.path("subject").asText()).isEqualTo("shop");
        assertThat(json.path("time").asText()).isEqualTo("2026-11-25T12:00:00Z");
        assertThat(json.path("sequence").asText()).isEqualTo("0000000000000000007");
        assertThat(json.path("datacontenttype").asText()).isEqualTo("application/json");
        JsonNode data = json.path("data");
        assertThat(data.path("kind").asText()).isEqualTo("submitted");
        assertThat(data.path("version").asLong()).isEqualTo(3);
        assertThat(data.path("digest").asText()).isEqualTo("ab".repeat(32));
        assertThat(data.path("detail").asText()).isEqualTo("alice");
        assertThat(Base64.getDecoder().decode(data.path("entry").asText())).isEqualTo(ENTRY.toJson());
    }

    @Test
    void theSameEntryIsTheSameEventToTheByte() {
        assertThat(CloudEvent.of("o", 7, ENTRY, ENTRY.toJson()).json()).isEqualTo(CloudEvent.of("o", 7, LedgerEntry.parse(ENTRY.toJson()), ENTRY.toJson()).json());
    }

    @Test
    void whatIsNotAboutAChangeHasATypeOfItsOwn() {
        assertThat(CloudEvent.type("receipt")).isEqualTo("org.zosgrid.node.receipt");
        assertThat(CloudEvent.type("root-rotated")).isEqualTo("org.zosgrid.trust-root.rotated");
        assertThat(CloudEvent.type("sealed")).isEqualTo("org.zosgrid.change.sealed");
    }
}
