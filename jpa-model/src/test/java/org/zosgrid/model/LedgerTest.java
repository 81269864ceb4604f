package org.zosgrid.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.zosgrid.contract.ledger.LedgerEntry;
import org.zosgrid.contract.ledger.MerkleTree;

/** The append-only log in a real PostgreSQL. */
class LedgerTest {
    private static final Instant NOW = Instant.parse("2026-11-25T12:00:00.123456789Z");

    private final TestDatabase database = TestDatabase.create();

    @Test
    void entriesAreReadAsTheyWereAppended() {
        LedgerEntry submitted = new LedgerEntry("submitted", "shop", 1, "d1", NOW, "alice");
        LedgerEntry approved = new LedgerEntry("approved", "shop", 1, "d1", NOW, "bob — \"yes\"");
        assertThat(database.<Long>ask(entities -> new Ledger(entities).size())).isZero();
        assertThat(append(submitted)).isZero();
        assertThat(append(approved)).isEqualTo(1);
        assertThat(append(new LedgerEntry("submitted", "blog", 1, "d2", NOW, "alice"))).isEqualTo(2);
        database.run(entities -> {
            Ledger ledger = new Ledger(entities);
            assertThat(ledger.size()).isEqualTo(3);
            assertThat(ledger.get(1).entry()).isEqualTo(approved);
            assertThat(ledger.get(1).bytes()).isEqualTo(approved.toJson());
            assertThat(ledger.read(1, 10)).extracting(LedgerRecord::index).containsExactly(1L, 2L);
            assertThat(ledger.read(0, 2)).extracting(LedgerRecord::index).containsExactly(0L, 1L);
            assertThat(ledger.read(3, 2)).isEmpty();
            assertThat(ledger.about("shop", 1)).extracting(LedgerRecord::entry).containsExactly(submitted, approved);
            assertThat(ledger.about("shop", 2)).isEmpty();
        });
    }

    @Test
    void decisionsAreFoundByWhatStandsInThem() {
        append(new LedgerEntry("submitted", "shop", 1, "d1", NOW, "alice"));
        append(new LedgerEntry("rejected", "shop", 1, "d1", NOW.plusSeconds(60), "bob: not on a Friday"));
        append(new LedgerEntry("submitted", "blog", 1, "d2", NOW.plusSeconds(120), "alice"));
        assertThat(found(new LedgerSearch("", "", "", Optional.empty(), Optional.empty()), 9, 2)).containsExactly(2L, 1L);
        assertThat(found(new LedgerSearch("submitted", "", "", Optional.empty(), Optional.empty()), 2, 9)).containsExactly(0L);
        assertThat(found(new LedgerSearch("", "shop", "", Optional.empty(), Optional.empty()), 9, 9)).containsExactly(1L, 0L);
        assertThat(found(new LedgerSearch("", "", "bob friday", Optional.empty(), Optional.empty()), 9, 9)).containsExactly(1L);
        assertThat(found(new LedgerSearch("submitted", "", "alice", Optional.of(NOW.plusSeconds(1)), Optional.empty()), 9, 9)).containsExactly(2L);
        assertThat(found(new LedgerSearch("", "", "' or 1=1", Optional.empty(), Optional.of(NOW.plusSeconds(60))), 9, 9)).isEmpty();
        assertThat(found(new LedgerSearch("", "", "", Optional.empty(), Optional.of(NOW.plusSeconds(60))), 9, 9)).containsExactly(0L);
    }

    @Test
    void aDetailThatNoTextOfTheDatabaseCanHoldIsAppendedAndFound() {
        append(new LedgerEntry("failed", "shop", 1, "d1", NOW, "one\0two"));
        append(new LedgerEntry("failed", "shop", 1, "d1", NOW, "three\\u0000"));
        assertThat(found(new LedgerSearch("", "", "two", Optional.empty(), Optional.empty()), 9, 9)).containsExactly(0L);
        assertThat(found(new LedgerSearch("", "", "three", Optional.empty(), Optional.empty()), 9, 9)).containsExactly(1L);
    }

    private List<Long> found(LedgerSearch search, long below, int limit) {
        return database.ask(entities -> new Ledger(entities).search(search, below, limit).stream().map(LedgerRecord::index).toList());
    }

    @ParameterizedTest
    @ValueSource(strings = {"UPDATE ledger_entry SET kind = 'approved'", "UPDATE ledger_entry SET kind = kind WHERE false", "DELETE FROM ledger_entry", "TRUNCATE ledger_entry",
        "TRUNCATE ledger_entry CASCADE", "INSERT INTO ledger_entry SELECT * FROM ledger_entry ON CONFLICT (index) DO UPDATE SET kind = 'approved'"})
    void nobodyChangesWhatStandsInIt(String sql) {
        append(new LedgerEntry("submitted", "shop", 1, "d1", NOW, "alice"));
        assertThatThrownBy(() -> TestDatabase.execute(database.source, sql)).rootCause().hasMessageContaining("the ledger is append-only");
        assertThat(TestDatabase.number(database.source, "select count(*) from ledger_entry where kind = 'submitted'")).isEqualTo(1);
    }

    @Test
    void anIndexIsTakenOnceAndNeverNegative() {
        append(new LedgerEntry("submitted", "shop", 1, "d1", NOW, "alice"));
        assertThatThrownBy(() -> TestDatabase.execute(database.source, "INSERT INTO ledger_entry SELECT * FROM ledger_entry")).rootCause().hasMessageContaining("duplicate key");
        assertThatThrownBy(() -> TestDatabase.execute(database.source, "INSERT INTO ledger_entry VALUES (-1, 'submitted', 'shop', 1, '', '')")).rootCause().hasMessageContaining("check constraint");
    }

    @Test
    void appendsAtTheSameTimeLeaveNoGap() throws Exception {
        int threads = 4;
        int each = 15;
        List<Future<List<Long>>> all = new ArrayList<>();
        try (ExecutorService pool = Executors.newFixedThreadPool(threads)) {
            for (int thread = 0; thread < threads; thread++) {
                String name = "by-" + thread;
                all.add(pool.submit(() -> {
                    List<Long> indexes = new ArrayList<>();
                    for (int i = 0; i < each; i++) {
                        LedgerEntry entry = new LedgerEntry("submitted", name, i + 1, "d", NOW, "");
                        if (i % 3 == 2) {
                            rolledBack(entry);
                        }
                        indexes.add(append(entry));
                    }
                    return indexes;
                }));
            }
        }
        List<Long> indexes = new ArrayList<>();
        for (Future<List<Long>> future : all) {
            assertThat(future.get()).isSorted();
            indexes.addAll(future.get());
        }
        assertThat(indexes).containsExactlyInAnyOrderElementsOf(LongStream.range(0, threads * each).boxed().toList());
        database.run(entities -> {
            Ledger ledger = new Ledger(entities);
            MerkleTree expected = new MerkleTree();
            ledger.read(0, 1000).forEach(record -> assertThat(expected.append(record.bytes())).isEqualTo(record.index()));
            assertThat(expected.size()).isEqualTo(threads * each);
        });
    }

    @Test
    void severalEntriesOfOneTransactionStandTogetherOrNotAtAll() {
        database.run(entities -> {
            Ledger ledger = new Ledger(entities);
            assertThat(ledger.append(new LedgerEntry("approved", "shop", 1, "d", NOW, ""))).isZero();
            assertThat(ledger.append(new LedgerEntry("sealed", "shop", 1, "d", NOW, ""))).isEqualTo(1);
            assertThat(ledger.size()).isEqualTo(2);
        });
        rolledBack(new LedgerEntry("approved", "shop", 2, "d", NOW, ""));
        assertThat(database.<Long>ask(entities -> new Ledger(entities).size())).isEqualTo(2);
    }

    private long append(LedgerEntry entry) {
        return database.ask(entities -> new Ledger(entities).append(entry));
    }

    private void rolledBack(LedgerEntry entry) {
        assertThatThrownBy(() -> database.run(entities -> {
            new Ledger(entities).append(entry);
            throw new IllegalStateException("undone");
        })).hasMessage("undone");
    }
}
