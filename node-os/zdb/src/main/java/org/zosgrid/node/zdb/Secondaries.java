package org.zosgrid.node.zdb;

import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;

/**
 * The copies that follow this store, and how far each has come. A copy is known from the first time it asks until it is forgotten by order: what it needs of
 * deletions is kept also while it is away.
 */
final class Secondaries {

    /** A copy: where it stands in each namespace it has, by the namespace's identity. */
    static final class Secondary {
        private final Map<UUID, Long> acknowledged = new ConcurrentHashMap<>();
        private volatile int connections;
        private volatile Instant heard = Instant.EPOCH;

        void acknowledge(UUID namespace, long until) {
            acknowledged.merge(namespace, until, Math::max);
        }

        /** Begins anew with a namespace, perhaps from further back. */
        void standsAt(UUID namespace, long at) {
            acknowledged.put(namespace, at);
        }

        long acknowledged(UUID namespace) {
            return acknowledged.getOrDefault(namespace, 0L);
        }

        synchronized void came() {
            connections++;
            heard = Instant.now();
        }

        synchronized void went() {
            connections--;
        }

        void spoke() {
            heard = Instant.now();
        }

        boolean connected() {
            return connections > 0;
        }

        Instant heard() {
            return heard;
        }
    }

    private final Store store;
    private final ConcurrentSkipListMap<String, Secondary> known = new ConcurrentSkipListMap<>();

    Secondaries(Store store) {
        this.store = store;
        store.state().secondaries().forEach(each -> known.put(each, new Secondary()));
    }

    Map<String, Secondary> all() {
        return known;
    }

    /** The copy of that name, which is on the disk as known before anything is told to it. */
    synchronized Secondary of(String copy) {
        Secondary secondary = known.get(copy);
        if (secondary == null) {
            Set<String> names = new HashSet<>(known.keySet());
            names.add(copy);
            store.become(state -> state.withSecondaries(names));
            secondary = new Secondary();
            known.put(copy, secondary);
        }
        return secondary;
    }

    synchronized boolean forget(String copy) {
        if (known.remove(copy) == null) {
            return false;
        }
        store.become(state -> state.withSecondaries(known.keySet()));
        return true;
    }

    /** From which location of a namespace on every deletion has to be kept. A secondary keeps all: whoever follows it after a promotion may need them. */
    long needed(Namespace namespace) {
        if (store.state().role() == StoreState.Role.SECONDARY) {
            return 0;
        }
        UUID identity = namespace.properties().identity();
        return known.values().stream().mapToLong(each -> each.acknowledged(identity)).min().orElse(Long.MAX_VALUE);
    }

    /** How many have everything of a namespace up to there. */
    long reached(UUID namespace, long until) {
        return known.values().stream().filter(each -> each.acknowledged(namespace) >= until).count();
    }

    /** Bytes of all namespaces that a copy does not have. */
    long behind(Secondary secondary) {
        List<Namespace> all = store.all();
        return all.stream().mapToLong(each -> each.shipping().behind(secondary.acknowledged(each.properties().identity()))).sum();
    }
}
