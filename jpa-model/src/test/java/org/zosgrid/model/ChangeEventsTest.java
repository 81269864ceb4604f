package org.zosgrid.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.zosgrid.model.ChangeEvents.Position;

/** Everything that happens to a change is told, once it is certain, and nothing is passed over. */
class ChangeEventsTest {
    private static final Instant NOW = Instant.parse("2026-11-25T12:00:00Z");

    private final TestDatabase database = TestDatabase.create();

    @Test
    void whatHappensToAChangeIsToldInItsOrder() {
        Position before = now();
        long shop = add("shop");
        long blog = add("blog");
        database.run(entities -> new Changes(entities).get(shop).enter(ChangeState.APPROVAL, ""));
        database.run(entities -> new Changes(entities).add(new Approval(shop, "bob", "ab".repeat(32), new byte[] {1}, NOW)));
        database.run(entities -> new Changes(entities).add(new Rejection(shop, "carol", "no", NOW)));
        database.run(entities -> {
            List<ChangeEvents.Told> told = new ChangeEvents(entities).after(before, 10);
            assertThat(told).extracting(each -> each.change().id()).containsExactly(shop, blog, shop, shop, shop);
            assertThat(told.getFirst().change().state()).as("as it is now").isEqualTo(ChangeState.APPROVAL);
            assertThat(new ChangeEvents(entities).after(told.get(1).position(), 2)).hasSize(2);
            assertThat(new ChangeEvents(entities).after(told.getLast().position(), 10)).isEmpty();
            assertThat(new ChangeEvents(entities).knows(told.getFirst().position())).isTrue();
            assertThat(new ChangeEvents(entities).knows(new Position(Long.MAX_VALUE, 1))).as("of another database").isFalse();
        });
    }

    @Test
    void whatCommitsLateIsNotPassedOver() throws Exception {
        long shop = add("shop");
        long blog = add("blog");
        Position before = now();
        CountDownLatch written = new CountDownLatch(1);
        CountDownLatch seen = new CountDownLatch(1);
        CompletableFuture<Void> late = CompletableFuture.runAsync(() -> database.run(entities -> {
            new Changes(entities).get(shop).enter(ChangeState.APPROVAL, "");
            entities.flush();
            written.countDown();
            await(seen);
        }));
        written.await();
        database.run(entities -> new Changes(entities).get(blog).enter(ChangeState.APPROVAL, ""));
        database.run(entities -> assertThat(new ChangeEvents(entities).after(before, 10)).as("an older transaction is under way").isEmpty());
        seen.countDown();
        late.get();
        database.run(entities -> assertThat(new ChangeEvents(entities).after(before, 10)).extracting(each -> each.change().name()).containsExactly("shop", "blog"));
    }

    @Test
    void whatIsOldIsForgottenAndAPositionBeforeItIsNotKnown() {
        Position before = now();
        add("shop");
        database.run(entities -> new ChangeEvents(entities).forgetBefore(Instant.now().plus(Duration.ofHours(1))));
        add("blog");
        database.run(entities -> {
            assertThat(new ChangeEvents(entities).after(before, 10)).extracting(each -> each.change().name()).containsExactly("blog");
            assertThat(new ChangeEvents(entities).knows(before)).isFalse();
        });
    }

    private Position now() {
        return database.ask(entities -> new ChangeEvents(entities).now());
    }

    private long add(String name) {
        return database.ask(entities -> {
            Change change = new Change(name, 1, ChangeKind.DEPLOYMENT, "alice", "digest-" + name, new byte[] {1}, NOW, NOW.plusSeconds(3600), name);
            new Changes(entities).add(change);
            return change.id();
        });
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
