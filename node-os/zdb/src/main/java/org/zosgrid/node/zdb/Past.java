package org.zosgrid.node.zdb;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.Optional;

/** The past of a namespace: versions of a key, what it had at a moment, and going back to that. Nothing is taken away by it: going back writes new versions. */
final class Past {
    private static final int AT_A_TIME = 64;

    private final Namespace namespace;

    Past(Namespace namespace) {
        this.namespace = namespace;
    }

    /** As it is now; the namespace's lock is held. */
    private DataLog log() {
        return namespace.log();
    }

    /** A version of a key: the newest without a token, otherwise the one the token names. */
    Namespace.Version version(byte[] key, Optional<byte[]> token) {
        namespace.lock();
        try {
            if (token.isEmpty()) {
                if (!namespace.seek(Namespace.wrap(key), 0, key.length)) {
                    throw new ZdbException.Refused("Key not found");
                }
            } else {
                namespace.readable();
                if (token.get().length != 8) {
                    throw new ZdbException.Refused("Invalid arguments");
                }
                ByteBuffer place = Namespace.wrap(token.get());
                if (place.getLong(0) == 0) {
                    throw new ZdbException.Refused("No more history");
                }
                long location = Location.of(place.getInt(0), place.getInt(4));
                if (log().dropped(location)) {
                    throw new ZdbException.Refused("No more history");
                }
                if (!log().seek(location) || !log().whole()) {
                    throw new ZdbException.Refused("Invalid arguments (index query)");
                }
                if (!log().keyIs(Namespace.wrap(key), 0, key.length)) {
                    throw new ZdbException.Refused("Invalid arguments (invalid key)");
                }
            }
            Namespace.Version version = new Namespace.Version(Instant.ofEpochMilli(log().time()), namespace.payload(), Optional.empty());
            long previous = log().previous();
            Optional<byte[]> before = previous == 0 || log().dropped(previous)
                    ? Optional.empty()
                    : Optional.of(Namespace.wrap(new byte[8]).putInt(0, Location.file(previous)).putInt(4, Location.offset(previous)).array());
            return new Namespace.Version(version.time(), version.payload(), before);
        } finally {
            namespace.unlock();
        }
    }

    /** What a key had at a moment: its newest version not younger than that. */
    Optional<byte[]> get(byte[] key, Instant at) {
        namespace.lock();
        try {
            namespace.readable();
            return seekAt(key, at.toEpochMilli()) ? Optional.of(namespace.payload()) : Optional.empty();
        } finally {
            namespace.unlock();
        }
    }

    /** Goes to a key's version at a moment; false if it had none or was deleted then. */
    private boolean seekAt(byte[] key, long millis) {
        long location = namespace.find(Namespace.wrap(key), 0, key.length);
        while (location != 0 && !log().dropped(location)) {
            log().go(location);
            if (log().time() <= millis) {
                return !log().deleted();
            }
            location = log().previous();
        }
        // A key that has no version so old may have had one that compaction dropped.
        if (millis < historyFrom()) {
            throw new ZdbException.Refused("The history of that time is not kept");
        }
        return false;
    }

    /** From when on the whole past is there; milliseconds since 1970. The lock is held. */
    private long historyFrom() {
        long from = 0;
        for (DataFile file : log().files()) {
            if (file instanceof CompactFile compact) {
                from = Math.max(from, compact.historyFrom());
            }
        }
        return from;
    }

    /**
     * Gives a key back what it had at a moment, as a new version; a key that was not there then is deleted. The history stays.
     *
     * @return whether anything had to change
     */
    boolean rollback(byte[] key, Instant at) {
        boolean changed;
        namespace.lock();
        try {
            changed = rollbackStaged(key, at.toEpochMilli());
        } finally {
            namespace.unlock();
        }
        namespace.commit();
        return changed;
    }

    private boolean rollbackStaged(byte[] key, long millis) {
        long now = System.currentTimeMillis();
        if (seekAt(key, millis)) {
            byte[] then = namespace.payload();
            return namespace.setStaged(Namespace.wrap(key), 0, key.length, Namespace.wrap(then), 0, then.length, now);
        }
        if (!namespace.seek(Namespace.wrap(key), 0, key.length)) {
            return false;
        }
        namespace.deleteStaged(Namespace.wrap(key), 0, key.length, now);
        return true;
    }

    /**
     * {@link #rollback(byte[], Instant)} for every key. Keys change one after the other; doing it again after a crash ends it.
     *
     * @return how many keys changed
     */
    long rollback(Instant at) {
        namespace.lock();
        try {
            if (at.toEpochMilli() < historyFrom()) {
                throw new ZdbException.Refused("The history of that time is not kept");
            }
        } finally {
            namespace.unlock();
        }
        long changed = 0;
        long until = namespace.end();
        for (long location = edgeLocked(); location != 0 && location < until; ) {
            namespace.lock();
            try {
                for (int i = 0; i < AT_A_TIME && location != 0 && location < until; i++) {
                    if (log().seek(location)) {
                        byte[] key = log().key();
                        if (namespace.isNewest(key, location) && rollbackStaged(key, at.toEpochMilli())) {
                            changed++;
                        }
                    }
                    log().flush();
                    location = namespace.walk().after(location);
                }
            } catch (IOException failed) {
                throw new ZdbException.DiskFailed("Cannot write data right now", failed);
            } finally {
                namespace.unlock();
            }
        }
        namespace.commit();
        return changed;
    }

    private long edgeLocked() {
        namespace.lock();
        try {
            return namespace.walk().first();
        } finally {
            namespace.unlock();
        }
    }
}
