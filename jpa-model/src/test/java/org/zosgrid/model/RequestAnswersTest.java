package org.zosgrid.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

/** Answers that are given again, in a real PostgreSQL. */
class RequestAnswersTest {
    private static final Instant NOW = Instant.parse("2026-11-25T12:00:00Z");
    private static final RequestAnswers.Answer MADE = new RequestAnswers.Answer("d1", 201, "application/json", "/api/webhooks/3", new byte[] {'{', '}'});

    private final TestDatabase database = TestDatabase.create();

    @Test
    void anAnswerIsFoundUnderItsCallersOwnKeyUntilItIsForgotten() {
        keep("alice", "k", NOW);
        assertThat(find("alice", "k")).hasValueSatisfying(found -> {
            assertThat(found).usingRecursiveComparison().isEqualTo(MADE);
        });
        assertThat(find("bob", "k")).isEmpty();
        assertThat(find("alice", "l")).isEmpty();
        database.run(entities -> new RequestAnswers(entities).forgetBefore(NOW));
        assertThat(find("alice", "k")).isPresent();
        database.run(entities -> new RequestAnswers(entities).forgetBefore(NOW.plusSeconds(1)));
        assertThat(find("alice", "k")).isEmpty();
    }

    @Test
    void theSameRequestAtTheSameTimeWaitsForTheFirstOnesAnswer() throws Exception {
        CountDownLatch locked = new CountDownLatch(1);
        CountDownLatch asked = new CountDownLatch(1);
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            Future<?> first = threads.submit(() -> database.run(entities -> {
                RequestAnswers answers = new RequestAnswers(entities);
                assertThat(answers.lock("alice", "k")).isEmpty();
                locked.countDown();
                await(asked);
                answers.keep("alice", "k", MADE, NOW);
            }));
            locked.await();
            Future<Optional<RequestAnswers.Answer>> second = threads.submit(() -> {
                asked.countDown();
                return find("alice", "k");
            });
            assertThat(second.get()).isPresent();
            first.get();
        }
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException stopped) {
            throw new IllegalStateException(stopped);
        }
    }

    private void keep(String person, String key, Instant at) {
        database.run(entities -> new RequestAnswers(entities).keep(person, key, MADE, at));
    }

    private Optional<RequestAnswers.Answer> find(String person, String key) {
        return database.ask(entities -> new RequestAnswers(entities).lock(person, key));
    }
}
