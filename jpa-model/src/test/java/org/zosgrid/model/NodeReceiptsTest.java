package org.zosgrid.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import jakarta.persistence.PersistenceException;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/** Nodes' logs as this side has read them, in a real PostgreSQL. */
class NodeReceiptsTest {
    private static final Instant NOW = Instant.parse("2026-11-25T12:00:00.123456Z");

    private final TestDatabase database = TestDatabase.create();

    @Test
    void aReceiptIsReadAsItWasWritten() {
        add(new NodeReceipt("compute-1", 4, "shop", 3, "d1", "refused", "replay", "it is old", new byte[] {1, 2}, NOW, 17, 2));
        database.run(entities -> assertThat(new NodeReceipts(entities).of("compute-1", "d1")).singleElement().satisfies(read -> {
            assertThat(read.node()).isEqualTo("compute-1");
            assertThat(read.sequence()).isEqualTo(4);
            assertThat(read.name()).isEqualTo("shop");
            assertThat(read.version()).isEqualTo(3);
            assertThat(read.digest()).isEqualTo("d1");
            assertThat(read.outcome()).isEqualTo("refused");
            assertThat(read.reason()).isEqualTo("replay");
            assertThat(read.message()).isEqualTo("it is old");
            assertThat(read.envelope()).containsExactly(1, 2);
            assertThat(read.at()).isEqualTo(NOW);
            assertThat(read.ledgerSize()).isEqualTo(17);
            assertThat(read.rootVersion()).isEqualTo(2);
        }));
    }

    @Test
    void theNextRecordOfEachNodeIsKnown() {
        assertThat(next("compute-1")).isZero();
        add(receipt("compute-1", 0, "d1"));
        add(receipt("compute-1", 1, "d2"));
        assertThat(next("compute-1")).isEqualTo(2);
        assertThat(next("gateway-1")).isZero();
        assertThatThrownBy(() -> add(receipt("compute-1", 1, "d3"))).isInstanceOf(PersistenceException.class);
        assertThat(next("compute-1")).isEqualTo(2);
    }

    @Test
    void whatWasSaidOfOneContractComesInTheNodesOrder() {
        add(receipt("compute-1", 1, "d1"));
        add(receipt("compute-1", 0, "d1"));
        add(receipt("compute-1", 2, "d2"));
        add(receipt("gateway-1", 0, "d1"));
        database.run(entities -> {
            NodeReceipts receipts = new NodeReceipts(entities);
            assertThat(receipts.of("compute-1", "d1")).extracting(NodeReceipt::sequence).containsExactly(0L, 1L);
            assertThat(receipts.of("shop", 1)).extracting(each -> each.node() + " " + each.sequence()).containsExactly("compute-1 0", "compute-1 1", "compute-1 2", "gateway-1 0");
            assertThat(receipts.of("shop", 2)).isEmpty();
        });
    }

    private void add(NodeReceipt receipt) {
        database.run(entities -> new NodeReceipts(entities).add(receipt));
    }

    private long next(String node) {
        return database.ask(entities -> new NodeReceipts(entities).next(node));
    }

    private static NodeReceipt receipt(String node, long sequence, String digest) {
        return new NodeReceipt(node, sequence, "shop", 1, digest, "accepted", "", "", new byte[] {1}, NOW, 0, 1);
    }
}
