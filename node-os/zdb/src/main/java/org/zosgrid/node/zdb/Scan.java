package org.zosgrid.node.zdb;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Walks over a namespace's log and tells the newest version of each key, in the order in which they were written. */
final class Scan {
    /** Entries between two looks at the clock. */
    private static final int AT_A_TIME = 64;

    private final Namespace namespace;

    Scan(Namespace namespace) {
        this.namespace = namespace;
    }

    /** Live entries in the order in which they were last written, without the first {@code skip}, at most {@code limit}. */
    List<Namespace.Scanned> entries(long skip, int limit) {
        List<Namespace.Scanned> all = new ArrayList<>();
        long passed = 0;
        for (Optional<Namespace.Slice> slice = slice(0, true, Duration.ofDays(1)); slice.isPresent(); slice = slice(slice.get().last(), true, Duration.ofDays(1))) {
            for (Namespace.Scanned each : slice.get().entries()) {
                if (passed++ >= skip && all.size() < limit) {
                    all.add(each);
                }
            }
        }
        return all;
    }

    /**
     * Walks over the log for about so long, from behind an entry, and returns the newest versions of keys it met.
     *
     * @param from location of the entry the last slice ended with, 0 to begin
     * @param forward oldest to newest, or back
     * @return empty at the end
     */
    Optional<Namespace.Slice> slice(long from, boolean forward, Duration slice) {
        namespace.lock();
        try {
            namespace.readable();
            DataLog log = namespace.log();
            log.flush();
            List<Namespace.Scanned> entries = new ArrayList<>();
            long deadline = System.nanoTime() + slice.toNanos();
            LogWalk walk = namespace.walk();
            long at = from == 0 ? forward ? walk.first() : walk.last() : forward ? walk.after(from) : walk.before(from);
            long last = from;
            int checks = 0;
            while (at != 0) {
                if (log.seek(at)) {
                    last = at;
                    byte[] key = log.key();
                    Namespace.Scanned found = new Namespace.Scanned(key, log.payloadLength(), log.time() / 1000);
                    if (!log.deleted() && namespace.isNewest(key, at)) {
                        entries.add(found);
                    }
                }
                if (++checks % AT_A_TIME == 0 && System.nanoTime() > deadline && !entries.isEmpty()) {
                    break;
                }
                at = forward ? walk.after(at) : walk.before(at);
            }
            return entries.isEmpty() ? Optional.empty() : Optional.of(new Namespace.Slice(entries, last));
        } catch (IOException failed) {
            throw new ZdbException.DiskFailed("Cannot write data right now", failed);
        } finally {
            namespace.unlock();
        }
    }
}
