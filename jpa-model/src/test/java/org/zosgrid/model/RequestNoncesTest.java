package org.zosgrid.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

/** A nonce counts once, in a real PostgreSQL. */
class RequestNoncesTest {
    private static final Instant NOW = Instant.parse("2026-11-25T12:00:00Z");

    private final TestDatabase database = TestDatabase.create();

    @Test
    void aNonceCountsOnceForEachKey() {
        assertThat(firstUse("key-1", "n1", NOW)).isTrue();
        assertThat(firstUse("key-1", "n1", NOW.plusSeconds(1))).isFalse();
        assertThat(firstUse("key-2", "n1", NOW)).isTrue();
        assertThat(firstUse("key-1", "n2", NOW)).isTrue();
    }

    @Test
    void ofManyAtTheSameTimeOneIsFirst() throws Exception {
        int threads = 8;
        CyclicBarrier together = new CyclicBarrier(threads);
        List<Future<Boolean>> all = new ArrayList<>();
        try (ExecutorService pool = Executors.newFixedThreadPool(threads)) {
            for (int i = 0; i < threads; i++) {
                all.add(pool.submit(() -> {
                    together.await();
                    return firstUse("key-1", "n1", NOW);
                }));
            }
        }
        List<Boolean> answers = new ArrayList<>();
        for (Future<Boolean> each : all) {
            answers.add(each.get());
        }
        assertThat(answers).filteredOn(first -> first).hasSize(1);
    }

    @Test
    void onlyOldOnesAreForgotten() {
        firstUse("key-1", "old", NOW.minusSeconds(1));
        firstUse("key-1", "new", NOW);
        database.run(entities -> new RequestNonces(entities).forgetBefore(NOW));
        assertThat(firstUse("key-1", "new", NOW)).isFalse();
        assertThat(firstUse("key-1", "old", NOW)).isTrue();
    }

    private boolean firstUse(String key, String nonce, Instant at) {
        return database.ask(entities -> new RequestNonces(entities).firstUse(key, nonce, at));
    }
}
