package org.zosgrid.node.zdb;

import java.io.IOException;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Makes a namespace's log durable: whoever gets to sync does it for everybody who has written by then, and without the namespace's lock, so that others go on
 * reading and writing meanwhile. Knows how far that has come, and so how far secondaries may read.
 */
final class GroupCommit {
    private final Namespace namespace;
    private final Standing standing;
    private final ReentrantLock syncing = new ReentrantLock();
    /** Counts entries; changed with the namespace's lock held. */
    private long written;
    private volatile long synced;
    private volatile long shippable;

    GroupCommit(Namespace namespace, Standing standing) {
        this.namespace = namespace;
        this.standing = standing;
    }

    /** An entry was staged. The namespace's lock is held. */
    void wrote() {
        written++;
    }

    /** How many entries were staged by now, for {@link #sync(long)}. The namespace's lock is held. */
    long position() {
        return written;
    }

    /** Whether somebody syncs just now, for whom another sync would have to wait. */
    boolean runs() {
        return syncing.isLocked();
    }

    /** Whether anything was written that no sync has reached. */
    boolean behind() {
        namespace.lock();
        try {
            return synced < written;
        } finally {
            namespace.unlock();
        }
    }

    /** Makes everything durable that was written by now. */
    void sync() {
        long position;
        namespace.lock();
        try {
            position = written;
        } finally {
            namespace.unlock();
        }
        sync(position);
    }

    /** Makes so many entries durable, unless another thread's sync has reached them. */
    void sync(long position) {
        if (synced >= position) {
            return;
        }
        syncing.lock();
        try {
            if (synced < position) {
                ship(reach().end());
            }
        } catch (IOException failed) {
            throw new ZdbException.DiskFailed("Cannot write data right now", failed);
        } finally {
            syncing.unlock();
        }
    }

    /** Makes everything durable and lets secondaries have it. Returns where the log ended that is durable now. */
    long syncForSecondaries() throws IOException {
        syncing.lock();
        try {
            long end = reach().end();
            ship(end);
            return end;
        } finally {
            syncing.unlock();
        }
    }

    /** Makes every closed file durable, and names them. */
    List<DataFile> settled() throws IOException {
        syncing.lock();
        try {
            int active = reach().active();
            namespace.lock();
            try {
                return List.copyOf(namespace.log().files().subList(0, active));
            } finally {
                namespace.unlock();
            }
        } finally {
            syncing.unlock();
        }
    }

    /** Where the log ended that a sync reached, and the number of its newest file. */
    private record Reached(long end, int active) {}

    /** After a failure nothing more is written: the kernel may have dropped the pages it could not write, and a second sync that succeeds would prove nothing. */
    private Reached reach() throws IOException {
        long count;
        long end;
        List<DataFile> files;
        namespace.lock();
        try {
            namespace.flushLocked();
            count = written;
            end = namespace.log().end();
            files = namespace.log().unsynced();
        } finally {
            namespace.unlock();
        }
        try {
            namespace.log().syncNames();
            for (DataFile file : files) {
                file.sync();
            }
        } catch (IOException failed) {
            namespace.lock();
            try {
                namespace.log().fail();
            } finally {
                namespace.unlock();
            }
            throw failed;
        }
        namespace.lock();
        try {
            namespace.log().synced(end);
        } finally {
            namespace.unlock();
        }
        synced = count;
        return new Reached(end, files.getLast().number());
    }

    /** Secondaries may have the log up to here. */
    void ship(long end) {
        if (end > shippable) {
            shippable = end;
            standing.advanced();
        }
    }

    /** Where the log may be read by a secondary up to: what a power cut could not take back, or, where the operating system decides, what it was handed. */
    long shippable() {
        return shippable;
    }

    /** The log begins anew. */
    void restart() {
        shippable = 0;
    }

    /** Runs the last of all, when nobody syncs any more. */
    void last(Runnable closing) {
        syncing.lock();
        try {
            closing.run();
        } finally {
            syncing.unlock();
        }
    }
}
