package org.zosgrid.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import jakarta.persistence.PersistenceException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.ToLongFunction;
import org.junit.jupiter.api.Test;

/** The outbox of webhooks, in a real PostgreSQL. */
class WebhooksTest {
    private static final Instant NOW = Instant.parse("2026-11-25T12:00:00Z");
    private static final String SUBMITTED = "org.zosgrid.change.submitted";

    private final TestDatabase database = TestDatabase.create();

    @Test
    void onlyWhoWantsTheTypeIsTold() {
        long all = subscribe("https://a.example/", List.of());
        long some = subscribe("https://b.example/", List.of(SUBMITTED, "org.zosgrid.change.sealed"));
        tell(0, "shop", SUBMITTED);
        tell(1, "shop", "org.zosgrid.change.approved");
        assertThat(number(webhooks -> webhooks.waiting(all))).isEqualTo(2);
        assertThat(number(webhooks -> webhooks.waiting(some))).isEqualTo(1);
        assertThat(list(webhooks -> webhooks.due(NOW))).containsExactly(all, some);
    }

    @Test
    void withinASubjectTheOldestComesFirstAndAFailureHoldsWhatIsBehindItButNoOtherSubject() {
        long webhook = subscribe("https://a.example/", List.of());
        tell(0, "shop", SUBMITTED);
        tell(1, "shop", SUBMITTED);
        tell(2, "blog", SUBMITTED);
        assertThat(next(webhook, NOW)).hasValue(0L);
        ask(webhooks -> {
            webhooks.delivery(webhook, 0).orElseThrow().failed("no answer", NOW.plusSeconds(10));
            return true;
        });
        assertThat(next(webhook, NOW)).hasValue(2L);
        deliver(webhook, 2);
        assertThat(next(webhook, NOW)).isEmpty();
        assertThat(next(webhook, NOW.plusSeconds(10))).hasValue(0L);
        deliver(webhook, 0);
        assertThat(next(webhook, NOW)).hasValue(1L);
    }

    @Test
    void aDeadLetterHoldsNobodyAndIsReadRetriedAndDropped() {
        long webhook = subscribe("https://a.example/", List.of());
        tell(0, "shop", SUBMITTED);
        tell(1, "shop", SUBMITTED);
        ask(webhooks -> {
            webhooks.delivery(webhook, 0).orElseThrow().died("answered 500", NOW);
            return true;
        });
        assertThat(next(webhook, NOW)).hasValue(1L);
        assertThat(list(webhooks -> webhooks.deadAfter(0, -1, 10))).singleElement().satisfies(dead -> {
            assertThat(dead.index()).isZero();
            assertThat(dead.attempts()).isEqualTo(1);
            assertThat(dead.failure()).isEqualTo("answered 500");
            assertThat(dead.deadAt()).hasValue(NOW);
        });
        assertThat(whether(webhooks -> webhooks.retry(webhook, 1, NOW))).as("what is alive").isFalse();
        assertThat(whether(webhooks -> webhooks.drop(webhook, 1))).as("what is alive").isFalse();
        assertThat(whether(webhooks -> webhooks.retry(webhook, 0, NOW))).isTrue();
        assertThat(number(webhooks -> webhooks.dead(webhook))).isZero();
        assertThat(next(webhook, NOW)).hasValue(0L);
        ask(webhooks -> {
            webhooks.delivery(webhook, 0).orElseThrow().died("answered 500", NOW);
            return true;
        });
        assertThat(whether(webhooks -> webhooks.drop(webhook, 0))).isTrue();
        assertThat(number(webhooks -> webhooks.dead() + webhooks.waiting(webhook))).isEqualTo(1);
    }

    @Test
    void oneServerSendsUntilItsLeaseIsOver() {
        long webhook = subscribe("https://a.example/", List.of());
        tell(0, "shop", SUBMITTED);
        assertThat(whether(webhooks -> webhooks.lease(webhook, NOW, NOW.plusSeconds(60)))).isTrue();
        assertThat(whether(webhooks -> webhooks.lease(webhook, NOW.plusSeconds(59), NOW.plusSeconds(120)))).isFalse();
        assertThat(list(webhooks -> webhooks.due(NOW.plusSeconds(59)))).isEmpty();
        assertThat(list(webhooks -> webhooks.due(NOW.plusSeconds(60)))).containsExactly(webhook);
        assertThat(whether(webhooks -> webhooks.lease(webhook, NOW.plusSeconds(60), NOW.plusSeconds(120)))).isTrue();
    }

    @Test
    void removedNothingOfItIsLeft() {
        long webhook = subscribe("https://a.example/", List.of());
        tell(0, "shop", SUBMITTED);
        ask(webhooks -> {
            webhooks.remove(webhooks.find(webhook).orElseThrow());
            return true;
        });
        assertThat(number(Webhooks::count)).isZero();
        assertThat(TestDatabase.number(database.source, "select count(*) from webhook_delivery")).isZero();
    }

    @Test
    void aSubscriptionThatEndsWhileSomethingIsDecidedWaitsAndFailsNothing() throws Exception {
        long webhook = subscribe("https://a.example/", List.of());
        CountDownLatch told = new CountDownLatch(1);
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            Future<Boolean> removal = threads.submit(() -> {
                told.await();
                return ask(webhooks -> {
                    webhooks.remove(webhooks.find(webhook).orElseThrow());
                    return true;
                });
            });
            ask(webhooks -> {
                webhooks.tell(0, "shop", SUBMITTED, NOW);
                told.countDown();
                assertThat(whether(other -> other.lease(webhook, NOW, NOW.plusSeconds(60)))).as("a lease meanwhile").isTrue();
                return true;
            });
            assertThat(removal.get()).isTrue();
        }
        assertThat(TestDatabase.number(database.source, "select count(*) from webhook_delivery")).isZero();
    }

    @Test
    void anAddressIsSubscribedOnce() {
        subscribe("https://a.example/", List.of());
        assertThatThrownBy(() -> subscribe("https://a.example/", List.of())).isInstanceOf(PersistenceException.class);
    }

    private long subscribe(String url, List<String> types) {
        return ask(webhooks -> {
            Webhook webhook = Webhook.withSecret(url, types, new byte[] {1}, "dave", NOW);
            webhooks.add(webhook);
            return webhook.id();
        });
    }

    private void tell(long index, String subject, String type) {
        ask(webhooks -> {
            webhooks.tell(index, subject, type, NOW);
            return true;
        });
    }

    private void deliver(long webhook, long index) {
        ask(webhooks -> {
            webhooks.delivered(webhooks.delivery(webhook, index).orElseThrow());
            return true;
        });
    }

    private Optional<Long> next(long webhook, Instant now) {
        return ask(webhooks -> webhooks.next(webhook, now).map(WebhookDelivery::index));
    }

    private long number(ToLongFunction<Webhooks> question) {
        return ask(question::applyAsLong);
    }

    private boolean whether(Predicate<Webhooks> question) {
        return ask(question::test);
    }

    private <T> List<T> list(Function<Webhooks, List<T>> question) {
        return ask(question);
    }

    private <T> T ask(Function<Webhooks, T> question) {
        return database.ask(entities -> question.apply(new Webhooks(entities)));
    }
}
