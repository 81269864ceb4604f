package org.zosgrid.node.zdb;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.zosgrid.zdb.client.Reply;

/**
 * One secondary's connection, on the primary's side. The secondary asks for the next entries when it has made the last ones durable, so asking is
 * acknowledging; entries are read from the data files then and there, and nothing is kept for it in between. Used by one thread at a time.
 */
final class Feed implements AutoCloseable {
    private static final System.Logger LOG = System.getLogger(Feed.class.getName());
    private static final int MOST = 1 << 20;
    private static final int MOST_PARTS = 64;
    private static final int CHUNK = 4 << 20;

    private final Store store;
    private final Secondaries secondaries;
    private final Secondaries.Secondary secondary;
    private final Map<String, Followed> followed = new LinkedHashMap<>();
    private List<Runnable> acknowledgements = new ArrayList<>();

    private static final class Followed {
        final UUID identity;
        long next;

        Followed(UUID identity, long next) {
            this.identity = identity;
            this.next = next;
        }
    }

    Feed(Store store, Secondaries secondaries, String copy) {
        this.store = store;
        this.secondaries = secondaries;
        this.secondary = secondaries.of(copy);
        secondary.came();
    }

    /** Goes on where a copy ends; says why not if it cannot. */
    Reply follow(String name, UUID identity, LogPosition copy) {
        followed.remove(name);
        Optional<Namespace> namespace = store.namespace(name).filter(each -> each.properties().identity().equals(identity));
        if (namespace.isEmpty()) {
            return new Reply.Failure("GONE there is no such namespace any more");
        }
        String difference = namespace.get().shipping().differs(copy);
        if (!difference.isEmpty()) {
            return new Reply.Failure("DIVERGED " + difference);
        }
        try {
            namespace.get().durably().syncForSecondaries();
        } catch (java.io.IOException failed) {
            throw new ZdbException.DiskFailed("Cannot write data right now", failed);
        }
        long from = copy.empty() ? Location.of(0, DataFile.FILE_HEADER) : copy.end();
        followed.put(name, new Followed(identity, from));
        secondary.standsAt(identity, copy.empty() ? 0 : from);
        return Reply.OK;
    }

    /**
     * What comes next: an array of how many bytes will still be missing, and parts, each an array of namespace, identity, file, epoch of the file, place to go on
     * at, and the bytes in chunks; none if nothing comes within that time. Or the number of changes to the namespaces, if that is not what the secondary knows.
     */
    Reply next(long knownChanges, long millis) throws InterruptedException {
        secondary.spoke();
        acknowledgements.forEach(Runnable::run);
        acknowledgements = new ArrayList<>();
        store.standing().advanced();
        List<Reply> parts = new ArrayList<>();
        store.standing().await(() -> store.changes() != knownChanges || !store.standing().writes() || collect(parts), millis);
        if (!store.standing().writes()) {
            acknowledgements.clear();
            return new Reply.Failure("This store is no primary any more");
        }
        // Parts go out first: asking again will acknowledge them.
        return parts.isEmpty() && store.changes() != knownChanges ? new Reply.Number(store.changes()) : new Reply.Array(withLag(parts));
    }

    private List<Reply> withLag(List<Reply> parts) {
        long missing = 0;
        for (Map.Entry<String, Followed> each : followed.entrySet()) {
            missing += store.namespace(each.getKey()).map(namespace -> namespace.shipping().behind(each.getValue().next)).orElse(0L);
        }
        List<Reply> all = new ArrayList<>(List.of(new Reply.Number(missing)));
        all.addAll(parts);
        return all;
    }

    private boolean collect(List<Reply> parts) {
        int room = MOST;
        for (Map.Entry<String, Followed> each : List.copyOf(followed.entrySet())) {
            Followed at = each.getValue();
            Optional<Namespace> namespace = store.namespace(each.getKey());
            if (namespace.isEmpty()) {
                continue;
            }
            Optional<LogPart> part;
            try {
                part = namespace.get().shipping().part(at.identity, at.next, room);
            } catch (ZdbException.Damaged damaged) {
                LOG.log(System.Logger.Level.ERROR, "namespace " + each.getKey() + " is not replicated any further: " + damaged.getMessage());
                followed.remove(each.getKey());
                continue;
            }
            if (part.isEmpty()) {
                continue;
            }
            long next = part.get().next();
            if (next == at.next) {
                secondary.acknowledge(at.identity, next);
                continue;
            }
            at.next = next;
            room -= part.get().entries().limit();
            parts.add(shown(each.getKey(), at.identity, part.get()));
            acknowledgements.add(() -> secondary.acknowledge(at.identity, next));
            // The next time it is the others' turn first.
            followed.remove(each.getKey());
            followed.put(each.getKey(), at);
            if (room <= 0 || parts.size() >= MOST_PARTS) {
                break;
            }
        }
        return !parts.isEmpty();
    }

    private static Reply shown(String name, UUID identity, LogPart part) {
        List<Reply> items = new ArrayList<>(List.of(Reply.text(name), Reply.text(identity.toString()), new Reply.Number(part.file()), new Reply.Number(part.epoch()),
                new Reply.Number(part.next())));
        for (int at = 0; at < part.entries().limit(); at += CHUNK) {
            byte[] chunk = new byte[Math.min(CHUNK, part.entries().limit() - at)];
            part.entries().get(at, chunk);
            items.add(new Reply.Bulk(chunk));
        }
        return new Reply.Array(items);
    }

    /** Which namespaces there are: the number of changes so far, then name, properties as text, and password of each. */
    Reply namespaces(Secret secret) {
        List<Reply> items = new ArrayList<>(List.of(new Reply.Number(store.changes())));
        for (Namespace each : store.all()) {
            NamespaceProperties properties = each.properties();
            items.add(new Reply.Array(List.of(
                    Reply.text(each.name()),
                    new Reply.Bulk(properties.withSecret("").toText().getBytes(StandardCharsets.UTF_8)),
                    Reply.text(properties.secret().isEmpty() ? "" : secret.open(properties.secret())))));
        }
        return new Reply.Array(items);
    }

    @Override
    public void close() {
        secondary.went();
    }
}
