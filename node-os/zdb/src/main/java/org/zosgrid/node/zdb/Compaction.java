package org.zosgrid.node.zdb;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.BitSet;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongSupplier;

/**
 * One run over a namespace's closed files, oldest first: each is written again without what {@link Retention} lets go, and then takes the old one's place.
 *
 * <p>Readers and writers go on meanwhile. The namespace's lock is held for a fraction of a millisecond at a time, to ask the index which versions of a few
 * keys are old, and once for each file to exchange it; making, copying and syncing happen without it. Whatever moment the process ends at, each file is either
 * the old or the new one, whole and synced, and since entries keep their places nothing else has to be changed with it.
 *
 * <p>A deletion goes last: when nothing older of its key is left in any file, so that a rebuilt index cannot bring the key back; when every known secondary
 * has it; and in a sequential namespace only when its number is not the highest, which must not be given again.
 */
final class Compaction {
    private static final System.Logger LOG = System.getLogger(Compaction.class.getName());
    private static final long HOLD_NANOS = 100_000;
    private static final long LET_OTHERS_NANOS = 100_000;
    private static final int MOST_PAUSES = 20;
    private static final int CLOSE_ATTEMPTS = 10;
    /** A file is not written again for less than this part of it. */
    private static final int WORTH = 20;

    /**
     * What a run did.
     *
     * @param files how many were written again
     * @param entries how many were dropped
     * @param before bytes of all data files before it
     * @param after and after it
     */
    record Result(int files, long entries, long before, long after) {
        static final Result NOTHING = new Result(0, 0, 0, 0);
    }

    private final Namespace namespace;
    private final Disk disk;
    private final Path directory;
    private final Horizons horizons;
    private final LongSupplier needed;
    private boolean leftovers;
    private long dropped;
    private int rewritten;
    private volatile long done;
    private volatile long total;

    /**
     * @param now milliseconds since 1970
     * @param needed from which location on every deletion has to be kept, because a secondary has not got it yet
     */
    Compaction(Namespace namespace, Disk disk, long now, LongSupplier needed) {
        this.namespace = namespace;
        this.disk = disk;
        this.directory = namespace.directory();
        this.horizons = new Horizons(namespace, now);
        this.needed = needed;
    }

    long done() {
        return done;
    }

    long total() {
        return total;
    }

    /**
     * Runs to the end, or until the namespace wants it to stop.
     *
     * @param everything whether the newest file is closed before, so that it takes part
     */
    Result run(boolean everything) throws IOException {
        if (everything) {
            closeNewest();
        }
        long before = namespace.fileBytes();
        List<DataFile> closed = namespace.durably().settled();
        total = closed.stream().mapToLong(DataFile::bytes).sum();
        for (DataFile file : closed) {
            if (namespace.stopping()) {
                break;
            }
            compact(file);
            done += file.bytes();
        }
        return new Result(rewritten, dropped, before, namespace.fileBytes());
    }

    /**
     * Closes the newest file, if it has entries, and begins the next; nobody waits for the disk meanwhile. Where somebody writes between each sync and the lock,
     * and replies wait for the disk, the newest file goes on and is compacted when it is full.
     */
    private void closeNewest() throws IOException {
        DataLog log = namespace.log();
        for (int attempt = 0; attempt < CLOSE_ATTEMPTS; attempt++) {
            LogFile newest = newest();
            if (newest.end() == DataFile.FILE_HEADER) {
                return;
            }
            log.prepare(newest.number(), newest.epoch());
            if (rollInto(newest, namespace.durably().syncForSecondaries())) {
                return;
            }
        }
        log.dropPrepared();
        LOG.log(System.Logger.Level.INFO, "namespace {0} is being written: its newest file is left out of this compaction", namespace.name());
    }

    private LogFile newest() throws IOException {
        long got = lock();
        try {
            namespace.readable();
            namespace.log().flush();
            return namespace.log().active();
        } finally {
            unlock(got);
        }
    }

    private boolean rollInto(LogFile newest, long synced) throws IOException {
        long got = lock();
        try {
            namespace.readable();
            return namespace.log().rollInto(newest, synced);
        } finally {
            unlock(got);
        }
    }

    /** From here on a compacted file is read instead of the one before. */
    private void exchange(CompactFile compacted) {
        long got = lock();
        try {
            namespace.log().replace(compacted);
        } finally {
            unlock(got);
        }
    }

    /** Which of a file's entries stay, by their order, and what has to be known of those that do not. */
    private static final class Choice {
        final BitSet kept = new BitSet();
        int entries;
        long droppedBytes;
        int deletionsUntil;
        long historyFrom;
    }

    private void compact(DataFile file) throws IOException {
        if (namespace.damaged(file.number())) {
            leftovers = true;
            return;
        }
        Choice choice = new Choice();
        if (file instanceof CompactFile compact) {
            choice.deletionsUntil = compact.deletionsUntil();
            choice.historyFrom = compact.historyFrom();
        }
        if (!choose(file, choice)) {
            return;
        }
        long saved = choice.droppedBytes - CompactFile.FOOTER - (file instanceof CompactFile ? 0 : choice.kept.cardinality() * 8L);
        if (choice.droppedBytes == 0 || saved < file.bytes() / WORTH) {
            leftovers |= choice.droppedBytes > 0;
            return;
        }
        CompactFile.Writer writer = new CompactFile.Writer(disk, directory, file);
        CompactFile compacted;
        try {
            if (!copy(file, choice, writer)) {
                writer.abandon();
                leftovers = true;
                return;
            }
            compacted = writer.finish(file.end(), choice.deletionsUntil, choice.historyFrom);
        } catch (IOException | RuntimeException failed) {
            abandon(writer, failed);
            throw failed;
        }
        exchange(compacted);
        forget(file, choice);
        file.discard();
        dropped += choice.entries - choice.kept.cardinality();
        rewritten++;
    }

    private static void abandon(CompactFile.Writer writer, Exception failed) {
        try {
            writer.abandon();
        } catch (IOException again) {
            failed.addSuppressed(again);
        }
    }

    /** Goes over the file's entries; false if it is to stop, or met damage. */
    private boolean choose(DataFile file, Choice choice) {
        ByteBuffer view = file.view();
        int at = DataFile.FILE_HEADER;
        while (at < file.limit()) {
            if (namespace.stopping()) {
                return false;
            }
            long until = lock() + HOLD_NANOS;
            try {
                while (at < file.limit() && System.nanoTime() < until) {
                    if (!EntryLayout.plausible(view, at, EntryLayout.offset(view, at), file.number(), file.limit())) {
                        damaged(file, at);
                        return false;
                    }
                    int next = at + EntryLayout.length(EntryLayout.keyLength(view, at), EntryLayout.payloadLength(view, at));
                    if (!horizons.found(view, at)) {
                        break; // Goes on with the key's history after a pause.
                    }
                    choose(file, view, at, choice);
                    at = next;
                }
            } finally {
                unlock(until - HOLD_NANOS);
            }
            letOthers();
        }
        return true;
    }

    /** Returns when it was got. */
    private long lock() {
        namespace.lock();
        return System.nanoTime();
    }

    private void unlock(long got) {
        namespace.heldByCompaction(System.nanoTime() - got);
        namespace.unlock();
    }

    /** Lets those go first who wait for the lock; but where somebody always waits, it has to go on at some time. */
    private void letOthers() {
        int pauses = 0;
        do {
            LockSupport.parkNanos(LET_OTHERS_NANOS);
            pauses++;
        } while (pauses < MOST_PAUSES && namespace.contended());
    }

    private void choose(DataFile file, ByteBuffer view, int at, Choice choice) {
        int length = EntryLayout.length(EntryLayout.keyLength(view, at), EntryLayout.payloadLength(view, at));
        long location = Location.of(file.number(), EntryLayout.offset(view, at));
        boolean deleted = EntryLayout.deleted(view, at);
        boolean old = location < horizons.location();
        boolean keep = !EntryLayout.gap(view, at) && !old && !(deleted && location == horizons.location() && forgettable(view, at, location));
        if (keep) {
            choice.kept.set(choice.entries);
        } else {
            choice.droppedBytes += length;
            if (!EntryLayout.gap(view, at)) {
                choice.historyFrom = Math.max(choice.historyFrom, old ? horizons.time() : EntryLayout.time(view, at));
            }
            if (deleted && !old) {
                choice.deletionsUntil = EntryLayout.offset(view, at) + 1;
            }
        }
        choice.entries++;
    }

    /** Whether a deletion before which nothing of its key is kept can go itself. */
    private boolean forgettable(ByteBuffer view, int at, long location) {
        return !leftovers && location < needed.getAsLong() && !namespace.highest(view, at);
    }

    /** Copies what is kept; false if it is to stop, or met damage. */
    private boolean copy(DataFile file, Choice choice, CompactFile.Writer writer) throws IOException {
        ByteBuffer view = ownView(file);
        java.util.zip.CRC32C checksum = new java.util.zip.CRC32C();
        int at = DataFile.FILE_HEADER;
        for (int entry = 0; entry < choice.entries; entry++) {
            int length = EntryLayout.length(EntryLayout.keyLength(view, at), EntryLayout.payloadLength(view, at));
            if (choice.kept.get(entry)) {
                if (namespace.stopping()) {
                    return false;
                }
                if (!EntryLayout.whole(view, at, checksum)) {
                    damaged(file, at);
                    return false;
                }
                writer.add(view, at, length);
            }
            at += length;
        }
        return true;
    }

    /** Whoever has the lock may be moving the limit of the one that all share, to have a part of it checked. */
    private ByteBuffer ownView(DataFile file) {
        namespace.lock();
        try {
            return file.view().duplicate().order(file.view().order());
        } finally {
            namespace.unlock();
        }
    }

    /** Takes out of the index the keys whose deletion was dropped. */
    private void forget(DataFile file, Choice choice) throws IOException {
        ByteBuffer view = file.view();
        int at = DataFile.FILE_HEADER;
        int entry = 0;
        while (entry < choice.entries) {
            long until = lock() + HOLD_NANOS;
            try {
                while (entry < choice.entries && System.nanoTime() < until) {
                    if (!choice.kept.get(entry) && EntryLayout.deleted(view, at)) {
                        namespace.forget(view, at, Location.of(file.number(), EntryLayout.offset(view, at)));
                    }
                    at += EntryLayout.length(EntryLayout.keyLength(view, at), EntryLayout.payloadLength(view, at));
                    entry++;
                }
            } finally {
                unlock(until - HOLD_NANOS);
            }
            letOthers();
        }
    }

    private void damaged(DataFile file, int at) {
        leftovers = true;
        LOG.log(System.Logger.Level.ERROR, "{0} is damaged at {1}, and is not compacted", file, at);
    }
}
