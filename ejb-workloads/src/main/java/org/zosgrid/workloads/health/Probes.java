package org.zosgrid.workloads.health;

import jakarta.annotation.Resource;
import jakarta.enterprise.concurrent.ManagedExecutorService;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.List;
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

    /** What the questions find out, each of a part, or that there is no answer. They are asked at the same time, in which several parts hang as long as one. */
    public List<Health.Part> ask(Map<String, Supplier<Health.Part>> questions) {
        long end = System.nanoTime() + LIMIT.toNanos();
        questions.forEach((part, question) -> asked.compute(part, (name, before) -> before != null && !before.isDone() ? before : threads.submit(question::get)));
        return questions.keySet().stream().map(part -> answer(part, asked.get(part), Duration.ofNanos(end - System.nanoTime()))).toList();
    }

    private static Health.Part answer(String part, Future<Health.Part> answer, Duration limit) {
        try {
            return answer.get(limit.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException | ExecutionException away) {
            return new Health.Part(part, false, "it does not answer");
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
            return new Health.Part(part, false, "the server stops");
        }
    }
}
