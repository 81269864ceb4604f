package org.zosgrid.node.zdb;

import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * The bytes that a store's data files may take, and who may take them: a namespace always gets what is reserved for it, and all share the rest. Without
 * a capacity that was configured it is that of the disk.
 */
final class Space {
    private final Path directory;
    private final long configured;
    private final List<Share> shares = new CopyOnWriteArrayList<>();
    private volatile long disk = Long.MAX_VALUE;
    private volatile boolean limited;

    /** @param configured bytes; 0 means what the disk has */
    Space(Path directory, long configured) {
        this.directory = directory;
        this.configured = configured;
        this.limited = configured > 0;
    }

    /** What a namespace takes and what is its own. Its bytes are changed by one thread at a time. */
    final class Share {
        private volatile long used;
        private volatile long reserved;

        private Share(long used, long reserved) {
            this.used = used;
            this.reserved = reserved;
        }

        private long held() {
            return Math.max(used, reserved);
        }

        /** Before so many bytes are written: refuses if others may have them. */
        void take(int bytes) {
            if (limited && used + bytes > reserved) {
                takeShared(this, bytes);
            } else {
                used += bytes;
            }
        }

        /** Bytes that are written whatever the limit, so that what is too much can be deleted. */
        void count(int bytes) {
            used += bytes;
        }

        /** What is reserved, as the namespace's properties have it; nothing is checked. */
        void promised(long bytes) {
            synchronized (Space.this) {
                reserved = bytes;
                limited = configured > 0 || reserved() > 0;
            }
        }

        /** The namespace is gone. */
        void leave() {
            synchronized (Space.this) {
                shares.remove(this);
            }
        }

        /** What the files take in truth, after they were compacted for instance. */
        void recount(long bytes) {
            used = bytes;
        }
    }

    synchronized Share join(long used, long reserved) {
        Share share = new Share(used, reserved);
        shares.add(share);
        limited |= reserved > 0;
        return share;
    }

    private synchronized void takeShared(Share share, int bytes) {
        long before = share.held();
        long after = Math.max(share.used + bytes, share.reserved);
        if (held() - before + after > capacity()) {
            throw new ZdbException.Refused("No space left on this store");
        }
        share.used += bytes;
    }

    /** Sets bytes aside for a namespace, or gives them back; refuses to promise what is not there. */
    synchronized void reserve(Share share, long bytes) {
        long others = held() - share.held();
        if (bytes > share.reserved && others + Math.max(bytes, share.used) > capacity()) {
            throw new ZdbException.Refused("No space left to reserve (free: " + Math.max(0, capacity() - others) + ")");
        }
        share.reserved = bytes;
        limited = configured > 0 || reserved() > 0;
    }

    /** Looks at the disk again. */
    void refresh() {
        long free = directory.toFile().getUsableSpace();
        disk = free + shares.stream().mapToLong(share -> share.used).sum();
    }

    long capacity() {
        return configured > 0 ? configured : disk;
    }

    long reserved() {
        return shares.stream().mapToLong(share -> share.reserved).sum();
    }

    long used() {
        return shares.stream().mapToLong(share -> share.used).sum();
    }

    /** What is neither taken nor promised to anybody. */
    long free() {
        return Math.max(0, capacity() - held());
    }

    private long held() {
        return shares.stream().mapToLong(Share::held).sum();
    }
}
