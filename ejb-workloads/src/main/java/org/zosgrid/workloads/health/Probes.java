package org.zosgrid.workloads.health;

import jakarta.annotation.Resource;
import jakarta.enterprise.concurrent.ManagedExecutorService;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import org.zosgrid.workloads.view.Health;

/** Asks parts of the system with a time limit. Who hangs is asked by one thread, however often somebody wants to know. */
@ApplicationScoped
public class Probes {
    private static final Duration LIMIT = Duration.ofSeconds(3);

    @Resource private ManagedExecutorService threads;

    private final Map<String, Future<Health.Part>> asked = new ConcurrentHashMap<>();

    /** What the question finds out, or that there is no answer. */
    public Health.Part ask(String part, Supplier<Health.Part> question) {
        Future<Health.Part> answer = asked.compute(part, (name, before) -> before != null && !before.isDone() ? before : threads.submit(question::get));
        try {
            return answer.get(LIMIT.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException | ExecutionException away) {
            return new Health.Part(part, false, "it does not answer");
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
            return new Health.Part(part, false, "the server stops");
        }
    }
}
