package org.zosgrid.node.zmachine;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Consumer;

/** One step for many containers side by side: runc is a process of its own each time, and most of its time is waiting. */
final class Together {
    /** As many at once as a small node can bear. */
    private static final int AT_ONCE = 8;

    private Together() {}

    /** Ends when the step was tried for all: one that fails keeps none of the others. Throws the first failure, which holds the others. */
    static void each(Collection<String> ids, Consumer<String> step) {
        if (ids.isEmpty()) {
            return;
        }
        RuntimeException failure = null;
        try (ExecutorService workers = Executors.newFixedThreadPool(Math.min(AT_ONCE, ids.size()), Thread.ofPlatform().name("zmachine-", 0).factory())) {
            List<Future<?>> steps = new ArrayList<>();
            for (String id : ids) {
                steps.add(workers.submit(() -> step.accept(id)));
            }
            for (Future<?> each : steps) {
                try {
                    each.get();
                } catch (ExecutionException failed) {
                    RuntimeException cause = failed.getCause() instanceof RuntimeException known ? known : new IllegalStateException(failed.getCause());
                    if (failure == null) {
                        failure = cause;
                    } else {
                        failure.addSuppressed(cause);
                    }
                } catch (InterruptedException interrupted) {
                    Thread.currentThread().interrupt();
                    throw new ZMachineException("interrupted while containers were ended", interrupted);
                }
            }
        }
        if (failure != null) {
            throw failure;
        }
    }
}
