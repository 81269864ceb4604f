package org.zosgrid.node.zdb;

import java.io.IOException;
import java.net.Socket;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.zosgrid.zdb.client.ZdbClient;

/**
 * What a store does among its copies: serves those that follow it, follows a primary itself, or takes over from one.
 *
 * <p>Roles: a store is made a primary. {@code REPLICAOF host port} makes it a secondary, {@code REPLICAOF NO ONE} promotes it, in a new epoch; whoever hears of
 * a later epoch than it writes in is superseded and writes no more. Every change is on the disk before it is acted on.
 */
final class Replication implements AutoCloseable {
    private static final System.Logger LOG = System.getLogger(Replication.class.getName());
    private static final int FENCE_MILLIS = 1_000;

    private final Store store;
    private final Secret secret;
    private final ZdbConfig.Replication config;
    private final Secondaries secondaries;
    private volatile @Nullable Follower follower;
    private @Nullable Thread fencing;
    private volatile boolean closed;

    Replication(Store store, Secret secret, ZdbConfig.Replication config) {
        this.store = store;
        this.secret = secret;
        this.config = config;
        this.secondaries = new Secondaries(store);
    }

    Secondaries secondaries() {
        return secondaries;
    }

    Optional<Follower> follower() {
        return Optional.ofNullable(follower);
    }

    synchronized void start() {
        StoreState state = store.state();
        if (config.primary().isPresent() && state.role() == StoreState.Role.PRIMARY && state.epoch() == 1 && state.secondaries().isEmpty()) {
            follow(config.primary().get());
        } else if (state.role() == StoreState.Role.SECONDARY) {
            follow(state.primary());
        } else if (!state.before().isEmpty()) {
            tellTheOneBefore();
        }
    }

    /** Becomes a secondary of another store. */
    synchronized void follow(String address) {
        PrimaryLink.parse(address);
        stopFollowing();
        store.become(state -> state.following(address));
        Follower next = new Follower(store, secret, config, address);
        follower = next;
        next.start();
    }

    /** Takes over: ends following, and writes in an epoch of its own. */
    synchronized void promote() {
        if (store.state().role() == StoreState.Role.PRIMARY) {
            return;
        }
        stopFollowing();
        store.become(StoreState::promoted);
        try {
            for (Namespace each : store.all()) {
                each.begin(store.state().epoch());
            }
        } catch (IOException failed) {
            throw new ZdbException.DiskFailed("Cannot write data right now", failed);
        }
        LOG.log(System.Logger.Level.INFO, "this store is the primary from now on, in epoch {0}", store.state().epoch());
        if (!store.state().before().isEmpty()) {
            tellTheOneBefore();
        }
    }

    /** Another store of the same data writes in a later epoch. */
    synchronized void hear(UUID of, int epoch) {
        StoreState state = store.state();
        if (of.equals(state.store()) && epoch > state.heard() && state.role() != StoreState.Role.SECONDARY) {
            store.become(own -> own.superseded(epoch));
            LOG.log(System.Logger.Level.ERROR, "this store was superseded in epoch {0}, and takes no writes any more", epoch);
        }
    }

    void resync(Optional<String> namespace) {
        Follower now = follower;
        if (now == null) {
            throw new ZdbException.Refused("This store is no secondary");
        }
        now.resync(namespace);
    }

    private void stopFollowing() {
        Follower now = follower;
        if (now != null) {
            now.close();
            follower = null;
        }
    }

    /** Until it knows: it may come back at any time, and must not take writes then. */
    private void tellTheOneBefore() {
        Thread teller = Thread.ofVirtual().name("zdb-fence").unstarted(this::fence);
        fencing = teller;
        teller.start();
    }

    private void fence() {
        try {
            while (!closed && store.state().role() == StoreState.Role.PRIMARY && !store.state().before().isEmpty()) {
                try (Socket socket = config.connector().connect(PrimaryLink.parse(store.state().before())); PrimaryLink link = new PrimaryLink(ZdbClient.over(socket))) {
                    config.password().ifPresent(link::authenticate);
                    link.fence(store.state());
                    store.become(StoreState::told);
                    return;
                } catch (IOException | RuntimeException | Follower.Broken away) {
                    LOG.log(System.Logger.Level.DEBUG, "the primary before cannot be told yet: {0}", away.getMessage());
                }
                Thread.sleep(FENCE_MILLIS);
            }
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
        }
    }

    /** Waits until so many copies have everything that was written to a namespace by now; returns how many have. */
    long await(Namespace namespace, long copies, long millis) {
        UUID identity = namespace.properties().identity();
        try {
            long end = namespace.end();
            namespace.durably().syncForSecondaries();
            store.standing().await(() -> secondaries.reached(identity, end) >= copies, millis);
            return secondaries.reached(identity, end);
        } catch (IOException failed) {
            throw new ZdbException.DiskFailed("Cannot write data right now", failed);
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
            return 0;
        }
    }

    /** As INFO shows it. */
    List<String> lines() {
        StoreState state = store.state();
        List<String> lines = new ArrayList<>(List.of(
                "# replication",
                "role: " + state.role().name().toLowerCase(java.util.Locale.ROOT),
                "store_id: " + state.store(),
                "copy_id: " + state.copy(),
                "epoch: " + state.epoch()));
        Follower now = follower;
        if (now != null) {
            lines.add("primary: " + state.primary());
            lines.add("primary_link: " + (now.up() ? "up" : "down"));
            lines.add("primary_problem: " + now.problem());
            lines.add("primary_heard_ms: " + age(now.heard()));
            lines.add("lag_bytes: " + now.lag());
            lines.add("lag_ms: " + age(now.complete()));
            for (Map.Entry<String, String> each : now.diverged().entrySet()) {
                lines.add("diverged: " + each.getKey() + ": " + each.getValue());
            }
        }
        if (state.role() == StoreState.Role.PRIMARY) {
            lines.add("secondaries: " + secondaries.all().size());
            secondaries.all().forEach((copy, each) -> lines.add("secondary_" + copy + ": " + (each.connected() ? "connected" : "away")
                    + ",lag_bytes=" + secondaries.behind(each) + ",heard_ms=" + age(each.heard())));
        }
        return lines;
    }

    private static long age(Instant then) {
        return then.equals(Instant.EPOCH) ? -1 : Duration.between(then, Instant.now()).toMillis();
    }

    @Override
    public synchronized void close() {
        closed = true;
        stopFollowing();
        Thread teller = fencing;
        if (teller != null) {
            teller.interrupt();
        }
    }
}
