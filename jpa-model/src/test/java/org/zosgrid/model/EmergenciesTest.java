package org.zosgrid.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/** What is owed of emergencies, in a real PostgreSQL. */
class EmergenciesTest {
    private static final Instant NOW = Instant.parse("2026-11-26T03:00:00Z");
    private static final Duration WEEK = Duration.ofDays(7);

    private final TestDatabase database = TestDatabase.create();

    @Test
    void peopleAreToldOnceWhenHalfOfItIsOverAndEachDayFromItsEndUntilItIsReviewed() {
        Emergency emergency = new Emergency(1, "shop", NOW, NOW.plusSeconds(100));
        assertThat(emergency.warns(NOW.plusSeconds(49))).isFalse();
        assertThat(emergency.warns(NOW.plusSeconds(50))).isTrue();
        assertThat(emergency.warns(NOW.plusSeconds(100))).as("too late for a warning").isFalse();
        emergency.warned(NOW.plusSeconds(50));
        assertThat(emergency.warns(NOW.plusSeconds(51))).isFalse();
        assertThat(emergency.tells(NOW.plusSeconds(99))).as("while it stands").isFalse();
        assertThat(emergency.overdueAt(WEEK)).isEmpty();

        Instant end = NOW.plusSeconds(100);
        emergency.ended(end);
        assertThat(emergency.overdueAt(WEEK)).contains(end.plus(WEEK));
        assertThat(emergency.tells(end)).isTrue();
        emergency.toldAgain(end);
        assertThat(emergency.tells(end.plus(Duration.ofHours(23)))).isFalse();
        assertThat(emergency.tells(end.plus(Duration.ofHours(24)))).isTrue();
        emergency.reviewed(2, end);
        assertThat(emergency.tells(end.plus(WEEK))).isFalse();
        assertThat(emergency.overdueAt(WEEK)).isEmpty();
    }

    @Test
    void whatIsOwedIsFoundUntilItWasDone() {
        long first = change(1, ChangeKind.DEPLOYMENT, "shop");
        long second = change(2, ChangeKind.DEPLOYMENT, "shop");
        long review = change(1, ChangeKind.REVIEW, "review-shop");
        database.run(entities -> {
            Emergencies emergencies = new Emergencies(entities);
            emergencies.add(new Emergency(first, "shop", NOW, NOW.plusSeconds(60)));
            emergencies.add(new Emergency(second, "shop", NOW.plusSeconds(10), NOW.plusSeconds(70)));
        });
        database.run(entities -> {
            Emergencies emergencies = new Emergencies(entities);
            assertThat(emergencies.open()).containsExactly(first, second);
            emergencies.of(first).orElseThrow().ended(NOW);
            emergencies.of(first).orElseThrow().reviewed(review, NOW);
        });
        database.run(entities -> {
            Emergencies emergencies = new Emergencies(entities);
            assertThat(emergencies.open()).containsExactly(second);
            assertThat(emergencies.unreviewed("shop")).extracting(Emergency::change).containsExactly(second);
            assertThat(emergencies.unreviewed("blog")).isEmpty();
            assertThat(emergencies.all(10)).extracting(Emergency::change).as("what nobody has reviewed first").containsExactly(second, first);
            assertThat(emergencies.of(review)).isEmpty();
        });
    }

    @Test
    void aNodesWordOfAPauseBehindAnEmergencyCountsToo() {
        database.run(entities -> new NodeReceipts(entities).add(new NodeReceipt("compute-1", 0, "shop", 2, "d", "removed", "emergency-over", "", new byte[] {1}, NOW, 0, 1)));
        database.run(entities -> {
            NodeReceipts receipts = new NodeReceipts(entities);
            assertThat(receipts.saidOver("compute-1", "shop", 1)).isTrue();
            assertThat(receipts.saidOver("compute-1", "shop", 3)).isFalse();
            assertThat(receipts.saidOver("compute-2", "shop", 1)).isFalse();
            assertThat(receipts.saidOver("compute-1", "blog", 1)).isFalse();
        });
    }

    private long change(long version, ChangeKind kind, String name) {
        return database.ask(entities -> {
            Change change = new Change(name, version, kind, "alice", "d", new byte[] {1}, NOW, NOW.plusSeconds(600), "k" + name + version);
            change.enter(ChangeState.SUPERSEDED, "");
            new Changes(entities).add(change);
            return change.id();
        });
    }
}
