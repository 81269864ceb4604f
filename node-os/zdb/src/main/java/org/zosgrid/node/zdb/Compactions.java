package org.zosgrid.node.zdb;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.ToLongFunction;

/** Runs compactions behind everything else, one after the other: those that are asked for, and those that are worth it. */
final class Compactions implements AutoCloseable {
    private static final System.Logger LOG = System.getLogger(Compactions.class.getName());

    private final Set<Namespace> queued = ConcurrentHashMap.newKeySet();
    private final ToLongFunction<Namespace> needed;
    private final ExecutorService runner = Executors.newSingleThreadExecutor(Thread.ofPlatform().daemon().name("zdb-compaction").factory());

    /**
     * @param needed from which location of a namespace on every deletion has to be kept
     */
    Compactions(ToLongFunction<Namespace> needed) {
        this.needed = needed;
    }

    /** Begins soon, and comes back at once; false if the namespace waits for it already. */
    boolean begin(Namespace namespace) {
        return queue(namespace, true);
    }

    /** Whether a namespace waits for its turn, or has it. */
    boolean pending(Namespace namespace) {
        return queued.contains(namespace);
    }

    /** Runs now, on this thread. */
    Compaction.Result run(Namespace namespace) {
        return namespace.compact(true, () -> needed.applyAsLong(namespace));
    }

    /** Begins with every namespace of which at least half may be dropped and which has doubled since it was compacted last. */
    void look(Iterable<Namespace> namespaces) {
        for (Namespace each : namespaces) {
            if (each.worthCompacting()) {
                queue(each, false);
            }
        }
    }

    private boolean queue(Namespace namespace, boolean everything) {
        if (!queued.add(namespace)) {
            return false;
        }
        runner.execute(() -> {
            try {
                Compaction.Result result = namespace.compact(everything, () -> needed.applyAsLong(namespace));
                LOG.log(System.Logger.Level.INFO, "namespace {0} was compacted: {1} files, {2} entries dropped, {3} bytes before, {4} after",
                        namespace.name(), result.files(), result.entries(), result.before(), result.after());
            } catch (ZdbException.Refused gone) {
                LOG.log(System.Logger.Level.DEBUG, "namespace {0} is not compacted: {1}", namespace.name(), gone.getMessage());
            } catch (RuntimeException failed) {
                LOG.log(System.Logger.Level.ERROR, "namespace " + namespace.name() + " cannot be compacted", failed);
            } finally {
                queued.remove(namespace);
            }
        });
        return true;
    }

    @Override
    public void close() {
        runner.shutdown(); // No interrupt: it would close the file that is being written. What runs ends with its namespace.
    }
}
