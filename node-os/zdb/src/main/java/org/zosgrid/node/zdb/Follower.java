package org.zosgrid.node.zdb;

import java.io.IOException;
import java.net.Socket;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.zosgrid.zdb.client.Reply;
import org.zosgrid.zdb.client.ZdbClient;

/**
 * A secondary's side: fetches what the primary has written and puts it where it stands there, so that how far this store has come is told by its own logs and
 * survives whatever happens. When the connection breaks it is made again, for as long as the store is a secondary.
 *
 * <p>Life: {@link #start}; then connect, compare, follow, and after a fault wait and connect again; until {@link #close}.
 */
final class Follower implements AutoCloseable {
    private static final System.Logger LOG = System.getLogger(Follower.class.getName());
    private static final int ASK_MILLIS = 2_000;
    private static final int FIRST_PAUSE = 50;
    private static final int LONGEST_PAUSE = 2_000;

    private final Store store;
    private final Secret secret;
    private final ZdbConfig.Replication source;
    private final String address;
    private final Thread thread;
    private final Map<String, String> diverged = new ConcurrentHashMap<>();
    private final Set<String> resync = ConcurrentHashMap.newKeySet();
    private volatile boolean resyncAll;
    private volatile @Nullable Socket socket;
    private volatile boolean closed;
    private volatile boolean up;
    private volatile long lag;
    private volatile String problem = "";
    private volatile Instant heard = Instant.EPOCH;
    private volatile Instant complete = Instant.EPOCH;

    Follower(Store store, Secret secret, ZdbConfig.Replication source, String address) {
        this.store = store;
        this.secret = secret;
        this.source = source;
        this.address = address;
        store.state().diverged().forEach(each -> diverged.put(each, "not compared yet"));
        this.thread = Thread.ofPlatform().daemon().name("zdb-follower").unstarted(this::run);
    }

    void start() {
        thread.start();
    }

    boolean up() {
        return up;
    }

    /** Why nothing comes, or empty. */
    String problem() {
        return problem;
    }

    Instant heard() {
        return heard;
    }

    /** Bytes that the primary has and this store not, when it was last heard. */
    long lag() {
        return lag;
    }

    /** When this store last had everything that the primary would give. */
    Instant complete() {
        return complete;
    }

    /** Namespaces that are not followed, and why. */
    Map<String, String> diverged() {
        return diverged;
    }

    /** By order: throws away what this store has, of one namespace or of all, and begins anew. */
    void resync(Optional<String> name) {
        if (name.isPresent()) {
            resync.add(name.get());
        } else {
            resyncAll = true;
        }
        disconnect();
    }

    private void run() {
        int pause = FIRST_PAUSE;
        while (!closed) {
            try {
                follow();
                pause = FIRST_PAUSE;
            } catch (Broken | IOException | RuntimeException failed) {
                boolean wasUp = up;
                up = false;
                String said = String.valueOf(failed.getMessage());
                if (!closed && !said.equals(problem)) {
                    LOG.log(System.Logger.Level.WARNING, "following {0} fails and is tried again until it succeeds: {1}", address, said);
                }
                problem = said;
                pause = wasUp ? FIRST_PAUSE : Math.min(LONGEST_PAUSE, pause * 2);
            }
            rest(pause);
        }
        up = false;
    }

    private synchronized void rest(int millis) {
        try {
            if (!closed) {
                wait(millis);
            }
        } catch (InterruptedException stop) {
            closed = true;
        }
    }

    /** The primary said something that cannot be gone on from. */
    static final class Broken extends Exception {
        private static final long serialVersionUID = 1;

        Broken(String message) {
            super(message);
        }
    }

    private void follow() throws IOException, Broken {
        try (Socket connected = source.connector().connect(PrimaryLink.parse(address)); PrimaryLink primary = new PrimaryLink(ZdbClient.over(connected))) {
            socket = connected;
            if (closed) {
                return;
            }
            source.password().ifPresent(primary::authenticate);
            PrimaryLink.Greeting greeting = primary.greet(store.state());
            boolean strict = join(greeting);
            Map<String, UUID> following = new HashMap<>();
            long changes = catalogue(primary, greeting, strict, following);
            heard = Instant.now();
            up = true;
            problem = "";
            while (!closed) {
                Reply reply = primary.next(changes, ASK_MILLIS);
                heard = Instant.now();
                switch (reply) {
                    case Reply.Number changed -> changes = catalogue(primary, greeting, false, following);
                    case Reply.Array parts -> take(parts);
                    default -> throw new Broken(PrimaryLink.said(reply));
                }
            }
        } finally {
            socket = null;
        }
    }

    /** Whether it belongs together; returns whether this store may have what the primary lacks, since it followed somebody else or wrote itself before. */
    private boolean join(PrimaryLink.Greeting greeting) throws Broken {
        StoreState own = store.state();
        if (greeting.epoch() < own.heard()) {
            throw new Broken("the primary is of epoch " + greeting.epoch() + ", and was superseded in epoch " + own.heard());
        }
        boolean stranger = !greeting.store().equals(own.store());
        if (stranger && !resyncAll && store.all().stream().anyMatch(each -> !each.shipping().position().empty())) {
            throw new Broken("this store has data of its own, which is not the primary's: RESYNC throws it away");
        }
        return !stranger && greeting.epoch() > own.epoch();
    }

    /** Makes the namespaces those of the primary, and follows each that it does not follow yet. */
    private long catalogue(PrimaryLink primary, PrimaryLink.Greeting greeting, boolean strict, Map<String, UUID> following) throws IOException, Broken {
        PrimaryLink.Catalogue catalogue = primary.namespaces();
        boolean anew = resyncAll;
        Set<String> order = new HashSet<>(resync);
        Map<String, String> differences = new HashMap<>();
        Set<String> gone = new LinkedHashSet<>(store.names());
        for (PrimaryLink.Described each : catalogue.namespaces()) {
            gone.remove(each.name());
        }
        for (String name : gone) {
            boolean own = strict && !store.namespace(name).orElseThrow().shipping().position().empty() || diverged.containsKey(name);
            if (own && !anew && !order.contains(name)) {
                differences.put(name, "the primary has no such namespace");
            } else {
                store.remove(name);
            }
        }
        List<PrimaryLink.Described> toFollow = new ArrayList<>();
        for (PrimaryLink.Described each : catalogue.namespaces()) {
            Optional<Namespace> local = store.namespace(each.name());
            NamespaceProperties wanted = sealed(each);
            boolean same = local.isPresent() && local.get().properties().identity().equals(wanted.identity());
            boolean own = local.isPresent() && !local.get().shipping().position().empty() && (strict || diverged.containsKey(each.name()));
            if (anew || order.contains(each.name()) || local.isEmpty() || !same && !own) {
                store.copy(each.name(), wanted);
            } else if (!same) {
                differences.put(each.name(), "the primary's was made anew");
                continue;
            } else if (!local.get().properties().withSecret("").equals(wanted.withSecret(""))) {
                local.get().update(wanted);
            }
            toFollow.add(each);
        }
        for (PrimaryLink.Described each : toFollow) {
            UUID identity = each.properties().identity();
            if (!identity.equals(following.get(each.name()))) {
                Optional<String> why = primary.follow(each.name(), store.namespace(each.name()).orElseThrow());
                why.ifPresentOrElse(text -> differences.put(each.name(), text), () -> following.put(each.name(), identity));
            }
        }
        differences.forEach((name, why) -> {
            if (!why.equals(diverged.put(name, why))) {
                LOG.log(System.Logger.Level.ERROR, "namespace {0} has diverged from the primary''s and is left as it is until RESYNC: {1}", name, why);
            }
        });
        diverged.keySet().retainAll(differences.keySet());
        if (!store.state().diverged().equals(differences.keySet()) || !store.state().store().equals(greeting.store()) || store.state().epoch() != greeting.epoch()) {
            store.become(state -> state.adopted(greeting.store(), greeting.epoch()).withDiverged(differences.keySet()));
        }
        if (anew) {
            resyncAll = false;
        }
        resync.removeAll(order);
        return catalogue.changes();
    }

    private NamespaceProperties sealed(PrimaryLink.Described namespace) {
        return namespace.password().isEmpty() ? namespace.properties() : namespace.properties().withSecret(secret.seal(namespace.password()));
    }

    private void take(Reply.Array parts) throws Broken {
        if (parts.items().isEmpty() || !(parts.items().getFirst() instanceof Reply.Number missing)) {
            throw new Broken(PrimaryLink.said(parts));
        }
        for (Reply each : parts.items().subList(1, parts.items().size())) {
            PrimaryLink.Part part = PrimaryLink.part(each);
            Optional<Namespace> namespace = store.namespace(part.name()).filter(one -> one.properties().identity().equals(part.identity()));
            if (namespace.isPresent()) {
                namespace.get().replicate(part.entries());
            }
        }
        lag = missing.value();
        if (lag == 0) {
            complete = Instant.now();
        }
    }

    private void disconnect() {
        Socket now = socket;
        if (now != null) {
            try {
                now.close();
            } catch (IOException alreadyGone) {
                // It was to go.
            }
        }
        synchronized (this) {
            notifyAll();
        }
    }

    /** Ends following, and comes back when it has ended. */
    @Override
    public void close() {
        closed = true;
        disconnect();
        try {
            thread.join();
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
        }
    }
}
