package org.zosgrid.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import jakarta.persistence.PersistenceException;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/** What drifted, in a real PostgreSQL. */
class DriftsTest {
    private static final Instant NOW = Instant.parse("2026-11-26T03:00:00Z");

    private final TestDatabase database = TestDatabase.create();

    @Test
    void aVersionDriftsOnceAtATimeOnANodeAndAgainWhenThatHasEnded() {
        long change = change();
        long first = add(change, "compute-1");
        add(change, "compute-2");
        assertThatThrownBy(() -> add(change, "compute-1")).isInstanceOf(PersistenceException.class);
        database.run(entities -> {
            Drifts drifts = new Drifts(entities);
            assertThat(drifts.open(change)).extracting(Drift::node).containsExactly("compute-1", "compute-2");
            assertThat(drifts.open(change, "compute-1").orElseThrow().shown()).isEqualTo("compute-1: gone: the files of web are not there any more");
            drifts.get(first).end(NOW);
        });
        add(change, "compute-1");
        database.run(entities -> assertThat(new Drifts(entities).open()).hasSize(2));
    }

    @Test
    void aContractIsSentAgainAsOftenAsSomebodyChooses() {
        long change = change();
        database.run(entities -> {
            Changes changes = new Changes(entities);
            changes.add(new Dispatch(change, "compute-1", Dispatch.CONTRACT));
            changes.add(new Dispatch(change, "compute-1", Dispatch.REPAIR));
            changes.add(new Dispatch(change, "compute-1", Dispatch.REPAIR));
        });
        assertThatThrownBy(() -> database.run(entities -> {
            new Changes(entities).add(new Dispatch(change, "compute-1", Dispatch.CONTRACT));
            entities.flush();
        })).isInstanceOf(PersistenceException.class);
    }

    private long change() {
        return database.ask(entities -> {
            Change change = new Change("shop", 1, ChangeKind.DEPLOYMENT, "alice", "d", new byte[] {1}, NOW, NOW.plusSeconds(600), "k");
            new Changes(entities).add(change);
            return change.id();
        });
    }

    private long add(long change, String node) {
        return database.ask(entities -> {
            Drift drift = new Drift(change, node, 7, "gone", "the files of web are not there any more", NOW);
            new Drifts(entities).add(drift);
            return drift.id();
        });
    }
}
