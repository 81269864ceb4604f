package org.zosgrid.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What deployments hold, in a real PostgreSQL. */
class HoldingsTest {
    private static final Instant NOW = Instant.parse("2026-11-27T03:00:00Z");

    private final TestDatabase database = TestDatabase.create();

    @Test
    void standingDeploymentsOfOtherNamesAreSummedUp() {
        long running = change("shop", 1, ChangeState.RUNNING);
        long next = change("shop", 2, ChangeState.PROVISIONING);
        long blog = change("blog", 1, ChangeState.PAUSED);
        long waiting = change("wiki", 1, ChangeState.APPROVAL);
        long gone = change("mail", 1, ChangeState.REMOVED);
        database.run(entities -> {
            Holdings holdings = new Holdings(entities);
            holdings.keep(running, 100, 1_000, List.of("shop.example", "www.shop.example"));
            holdings.keep(next, 200, 2_000, List.of("shop.example"));
            holdings.keep(blog, 10, 10, List.of("blog.example"));
            holdings.keep(waiting, 1, 1, List.of("wiki.example"));
            holdings.keep(gone, 1, 1, List.of("mail.example"));
        });
        database.run(entities -> {
            Holdings holdings = new Holdings(entities);
            assertThat(holdings.others("blog")).as("two versions of one name").isEqualTo(new Holdings.Sum(1, 300, 3_000));
            assertThat(holdings.others("shop")).isEqualTo(new Holdings.Sum(1, 10, 10));
            assertThat(holdings.others("")).isEqualTo(new Holdings.Sum(2, 310, 3_010));
            assertThat(holdings.heldByOthers("new", List.of("shop.example", "blog.example", "wiki.example", "mail.example", "free.example"))).containsExactlyInAnyOrder("shop.example", "blog.example");
            assertThat(holdings.heldByOthers("shop", List.of("shop.example"))).as("its own").isEmpty();
            assertThat(holdings.heldByOthers("shop", List.of())).isEmpty();
        });
    }

    @Test
    void nothingStandsYet() {
        database.run(entities -> {
            assertThat(new Holdings(entities).others("")).isEqualTo(new Holdings.Sum(0, 0, 0));
            assertThat(new Holdings(entities).missing()).isEmpty();
        });
    }

    @Test
    void whatIsNotNotedYetIsFoundAndNotedOnce() {
        long old = change("shop", 1, ChangeState.RUNNING);
        change("wiki", 1, ChangeState.APPROVAL);
        database.run(entities -> {
            Holdings holdings = new Holdings(entities);
            assertThat(holdings.missing()).extracting(Change::id).containsExactly(old);
            holdings.keep(old, 100, 1_000, List.of("shop.example"));
            holdings.keep(old, 7, 7, List.of("shop.example"));
            assertThat(holdings.missing()).isEmpty();
            assertThat(holdings.others("")).as("a document does not change").isEqualTo(new Holdings.Sum(1, 100, 1_000));
        });
    }

    private long change(String name, long version, ChangeState state) {
        return database.ask(entities -> {
            Change change = new Change(name, version, ChangeKind.DEPLOYMENT, "alice", "d", new byte[] {1}, NOW, NOW.plusSeconds(600), "k" + name + version);
            change.enter(state, "");
            new Changes(entities).add(change);
            return change.id();
        });
    }
}
