package org.zosgrid.node.zdb;

import java.nio.ByteBuffer;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Finds the oldest version of a key that a retention keeps, by going back from its newest. Keys with a long past are remembered, so that a file with thousands of
 * versions of one key does not go back thousands of times; and going back may be interrupted, since others wait for the lock.
 */
final class Horizons {
    private static final int STEPS = 64;
    private static final int REMEMBERED = 4096;

    private final Namespace namespace;
    private final Retention retention;
    private final long cutoff;
    private final Map<ByteBuffer, Found> remembered = new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<ByteBuffer, Found> eldest) {
            return size() > REMEMBERED;
        }
    };

    private Found found = new Found(0, 0);
    private @Nullable ByteBuffer walked;
    private long at;
    private long steps;

    /** Location of the oldest version that is kept, and its time; of no version if the location is larger than all. */
    private record Found(long location, long time) {}

    Horizons(Namespace namespace, long now) {
        this.namespace = namespace;
        this.retention = namespace.properties().retention();
        this.cutoff = retention instanceof Retention.Span span ? now - span.span().toMillis() : 0;
    }

    /** Finds out about the key of an entry; false if it is to be asked again, after a pause. The namespace's lock is held. */
    boolean found(ByteBuffer view, int entryAt) {
        if (retention instanceof Retention.All || EntryLayout.gap(view, entryAt)) {
            found = new Found(0, 0);
            return true;
        }
        int keyAt = entryAt + EntryLayout.HEADER;
        int keyLength = EntryLayout.keyLength(view, entryAt);
        if (walked == null) {
            if (!remembered.isEmpty()) {
                Found before = remembered.get(view.slice(keyAt, keyLength));
                if (before != null) {
                    found = before;
                    return true;
                }
            }
            at = newest(view, keyAt, keyLength);
            steps = 1;
            if (at <= 0) {
                // In no index: it was deleted, and the deletion is gone. Or lost: then nothing is known of it.
                found = at == 0 ? new Found(Long.MAX_VALUE, EntryLayout.time(view, entryAt)) : new Found(0, 0);
                return true;
            }
        }
        if (!back()) {
            walked = view.slice(keyAt, keyLength);
            return false;
        }
        walked = null;
        if (steps > STEPS / 4) {
            byte[] key = new byte[keyLength];
            view.get(keyAt, key);
            remembered.put(ByteBuffer.wrap(key), found);
        }
        return true;
    }

    private long newest(ByteBuffer view, int keyAt, int keyLength) {
        try {
            return namespace.find(view, keyAt, keyLength);
        } catch (ZdbException.Damaged lost) {
            return -1;
        }
    }

    /** Goes back from {@link #at}; false if it has not come to the end of it. */
    private boolean back() {
        DataLog log = namespace.log();
        for (int step = 0; step < STEPS; step++) {
            if (!log.seek(at)) {
                found = new Found(0, 0); // Damaged: everything of this key stays.
                return true;
            }
            long time = log.time();
            long previous = log.previous();
            boolean oldest = switch (retention) {
                case Retention.All all -> false;
                case Retention.Versions versions -> steps >= versions.count();
                case Retention.Span span -> time <= cutoff;
            };
            if (oldest || previous == 0 || log.dropped(previous)) {
                found = new Found(at, time);
                return true;
            }
            at = previous;
            steps++;
        }
        return false;
    }

    /** Of the key asked for last: the oldest version that is kept. */
    long location() {
        return found.location();
    }

    /** When that one was written, which ended the time of those before it. */
    long time() {
        return found.time();
    }
}
