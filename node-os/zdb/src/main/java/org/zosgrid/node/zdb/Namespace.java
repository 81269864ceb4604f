package org.zosgrid.node.zdb;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * A named log of entries with an index over it. Safe for use by many threads: one works at a time, and those that wait for the disk wait together and
 * without holding up the others.
 */
public final class Namespace implements AutoCloseable {
    private static final System.Logger LOG = System.getLogger(Namespace.class.getName());
    static final String TABLE = "table";

    private static final byte[] NOTHING = {};
    private static final ByteBuffer EMPTY = ByteBuffer.wrap(NOTHING).order(ByteOrder.LITTLE_ENDIAN);

    /** A version of a key: its token names the version before it. */
    public record Version(Instant time, byte[] payload, Optional<byte[]> previous) {}

    /** An entry in a scan; {@code time} in seconds since 1970. */
    public record Scanned(byte[] key, int length, long time) {}

    /** A part of a scan, and the location of its last entry. */
    record Slice(List<Scanned> entries, long last) {}

    private final Standing standing;
    private final GroupCommit durably;
    private final String name;
    private final Path directory;
    private final Path indexDirectory;
    private final Disk disk;
    private final int fileSize;
    private volatile NamespaceProperties properties;
    private DataLog log;
    private KeyIndex index;
    private final List<Consumer<String>> listeners = new CopyOnWriteArrayList<>();
    private final ReentrantLock lock = new ReentrantLock();
    private final List<Damage> damages = new ArrayList<>();
    private long live;
    private long liveBytes;
    private long repairedBytes;
    private volatile boolean closed;
    /** Held while a compaction runs, and by whoever must not meet one. */
    private final ReentrantLock compacting = new ReentrantLock();
    private volatile boolean stopping;
    private volatile @Nullable Compaction compaction;
    /** Written with the lock held. */
    private volatile long longestHold;
    private volatile long compactedBytes;
    private volatile long compactedAt;
    private volatile Space.@Nullable Share share;
    private final RateLimit rate = new RateLimit(System.nanoTime());
    private final AtomicInteger clients = new AtomicInteger();
    private final Past past = new Past(this);

    private Namespace(String name, Disk disk, Path directory, Path indexDirectory, int fileSize, NamespaceProperties properties, Standing standing) throws IOException {
        this.standing = standing;
        this.durably = new GroupCommit(this, standing);
        this.name = name;
        this.disk = disk;
        this.directory = directory;
        this.indexDirectory = indexDirectory;
        this.fileSize = fileSize;
        this.properties = properties;
        if (properties.emptying()) {
            remove(disk, directory, indexDirectory);
            this.properties = properties.withEmptying(false);
            this.properties.write(directory);
        }
        this.log = new DataLog(disk, directory, fileSize, standing.epoch(), ClosedFiles.load(disk, indexDirectory));
        Optional<Checkpoint> checkpoint = log.writable() || disk.exists(indexDirectory) ? Checkpoint.load(disk, indexDirectory, properties.mode()) : Optional.empty();
        if (checkpoint.isPresent() && fits(checkpoint.get())) {
            this.index = checkpoint.get().index();
            this.live = checkpoint.get().live();
            this.liveBytes = checkpoint.get().liveBytes();
            log.lastLength(checkpoint.get().lastLength());
        } else {
            this.index = freshIndex();
            rebuild();
            checkpoint.ifPresent(this::missing);
        }
        tables();
        log.inOrder(inOrder());
        if (log.writable()) {
            Checkpoint.remove(disk, indexDirectory);
            if (standing.writes() && log.active().epoch() < standing.epoch()) {
                log.roll(); // A crash came between a promotion and this.
            }
        }
    }

    /** Adds what is damaged of files besides their entries, and tells the index whether what it misses may be lost. */
    private void tables() {
        log.files().forEach(file -> file.damage().ifPresent(damages::add));
        if (index instanceof SequenceIndex table) {
            table.lossy(!damages.isEmpty());
        }
    }

    static Namespace open(String name, Disk disk, Path directory, Path indexDirectory, int fileSize, NamespaceProperties properties, Standing standing)
            throws IOException {
        return new Namespace(name, disk, directory, indexDirectory, fileSize, properties, standing);
    }

    /** A store that was closed in order had all of it on the disk: what is not there any more is no torn write. */
    private void missing(Checkpoint checkpoint) {
        int file = Location.file(checkpoint.end());
        long missing = file == log.active().number() ? Location.offset(checkpoint.end()) - (long) log.active().end() : Location.offset(checkpoint.end());
        if (missing > 0) {
            damages.add(new Damage(file, Location.offset(checkpoint.end()) - missing, missing));
        }
    }

    private boolean fits(Checkpoint checkpoint) throws IOException {
        return Location.file(checkpoint.end()) == log.active().number() && log.active().endsAt(Location.offset(checkpoint.end()));
    }

    private KeyIndex freshIndex() throws IOException {
        // The table of a sequential namespace is a file: on a disk that cannot be written, its keys are indexed in memory like any others.
        return properties.mode() == Mode.SEQUENTIAL && log.writable()
                ? new SequenceIndex(disk, indexDirectory.resolve(TABLE), 0)
                : new HashIndex(new SecureRandom().nextLong());
    }

    private void rebuild() throws IOException {
        live = 0;
        liveBytes = 0;
        for (DataFile file : log.files()) {
            int[] last = {0};
            file.replay((view, at, location) -> {
                int keyLength = EntryLayout.keyLength(view, at);
                last[0] = EntryLayout.length(keyLength, EntryLayout.payloadLength(view, at));
                remember(view, at + EntryLayout.HEADER, keyLength, EntryLayout.payloadLength(view, at), EntryLayout.deleted(view, at), location);
            }, damages, file == log.active() ? ending() : DataFile.Ending.KEPT);
            log.lastLength(last[0]);
            if (file instanceof LogFile plain) {
                repairedBytes += plain.torn();
            }
        }
    }

    private boolean inOrder() {
        return standing.copies() || properties.durability() == Durability.SYNC;
    }

    /** What damage in the newest file means; those before were on the disk before it was begun, or nobody was promised that. */
    private DataFile.Ending ending() {
        return standing.copies() ? DataFile.Ending.CUT : properties.durability() == Durability.SYNC ? DataFile.Ending.PROVEN : DataFile.Ending.KEPT;
    }

    /** Notes an entry in the index, which may know nothing of the key, or nothing that is not damaged. */
    private void remember(ByteBuffer view, int keyAt, int keyLength, int payloadLength, boolean deleted, long location) {
        try {
            if (index instanceof SequenceIndex table && (keyLength != 8 || table.locate(view.getLong(keyAt)) == 0)) {
                // First of its key, or what damage made the first.
                if (keyLength == 8) {
                    table.set(view.getLong(keyAt), location);
                    count(deleted ? 0 : 1, deleted ? 0 : payloadLength);
                }
                return;
            }
            long before = index.find(view, keyAt, keyLength, log);
            boolean replaces = before != 0 && !log.deleted();
            int replaced = replaces ? log.payloadLength() : 0;
            index.put(view, keyAt, keyLength, location, log);
            count((deleted ? 0 : 1) - (replaces ? 1 : 0), (deleted ? 0 : payloadLength) - replaced);
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    private void count(int entries, int bytes) {
        live += entries;
        liveBytes += bytes;
    }

    public String name() {
        return name;
    }

    public NamespaceProperties properties() {
        return properties;
    }

    /** Changes what the namespace is told to be; the mode only while nothing was ever written. */
    void update(NamespaceProperties changed) {
        lock.lock();
        try {
            if (changed.mode() != properties.mode()) {
                if (log.end() != Location.of(0, DataFile.FILE_HEADER)) {
                    throw new ZdbException.Refused("Cannot change mode of used namespace");
                }
                changed.write(directory);
                properties = changed;
                index.close();
                index = freshIndex();
            } else {
                changed.write(directory);
                properties = changed;
            }
            log.inOrder(inOrder());
            Space.Share mine = share;
            if (mine != null) {
                mine.promised(changed.quota().reserved());
            }
        } catch (IOException failed) {
            throw new ZdbException.DiskFailed("Cannot write index right now", failed);
        } finally {
            lock.unlock();
        }
    }

    /** Bytes of a torn write that were cut off when the namespace was opened. */
    public long repairedBytes() {
        return repairedBytes;
    }

    /** What was found damaged when the index was last rebuilt from the data; whole entries around it are there. */
    public List<Damage> damages() {
        return List.copyOf(damages);
    }

    /** Appends to a sequential namespace; returns the sequence number, and only when it is as durable as the namespace promises. */
    public long append(byte[] payload) {
        byte[] key = write(NOTHING, payload).orElseThrow();
        return wrap(key).getLong(0);
    }

    /**
     * Sets a key, or appends when the key is empty and the namespace sequential.
     *
     * @return the key, or empty if the newest version has this very payload and nothing was written
     */
    public Optional<byte[]> write(byte[] key, byte[] payload) {
        return write(key, payload, System.currentTimeMillis());
    }

    Optional<byte[]> write(byte[] key, byte[] payload, long time) {
        lock();
        byte[] stored = key;
        try {
            ByteBuffer bytes = wrap(payload);
            if (properties.mode() == Mode.SEQUENTIAL && key.length == 0) {
                stored = wrap(new byte[8]).putLong(0, appendStaged(bytes, 0, payload.length, time)).array();
            } else if (!setStaged(wrap(key), 0, key.length, bytes, 0, payload.length, time)) {
                return Optional.empty();
            }
        } finally {
            lock.unlock();
        }
        commit();
        ran("SET");
        return Optional.of(stored);
    }

    /** Writes like {@link #write(byte[], byte[], long)} and leaves it to {@link #sync()} to make it durable; false if nothing had to change. */
    boolean stage(byte[] key, byte[] payload, long time) {
        lock();
        try {
            if (key.length == 0) {
                appendStaged(wrap(payload), 0, payload.length, time);
                return true;
            }
            return setStaged(wrap(key), 0, key.length, wrap(payload), 0, payload.length, time);
        } finally {
            lock.unlock();
        }
    }

    /** Deletes, and leaves it to {@link #sync()} to make it durable; false if there is no such key. */
    boolean stageDeletion(byte[] key, long time) {
        lock();
        try {
            if (!seek(wrap(key), 0, key.length)) {
                return false;
            }
            deleteStaged(wrap(key), 0, key.length, time);
            return true;
        } finally {
            lock.unlock();
        }
    }

    public void delete(byte[] key) {
        delete(key, System.currentTimeMillis());
    }

    void delete(byte[] key, long time) {
        lock();
        try {
            deleteStaged(wrap(key), 0, key.length, time);
        } finally {
            lock.unlock();
        }
        commit();
        ran("DEL");
    }

    /** To be held around the methods below that say so. */
    void lock() {
        lock.lock();
    }

    void unlock() {
        lock.unlock();
    }

    /** Stages a record of a sequential namespace under the next number. The lock is held. */
    long appendStaged(ByteBuffer payload, int payloadAt, int payloadLength, long time) {
        admit(payloadLength, 0);
        SequenceIndex table = table();
        long number = table.next();
        ByteBuffer key = wrap(new byte[8]).putLong(0, number);
        note(key, 0, 8, payload, payloadAt, payloadLength, 0, time, 0);
        count(1, payloadLength);
        return number;
    }

    /** Stages a version of a key; false if the newest one has this very payload. The lock is held. */
    boolean setStaged(ByteBuffer key, int keyAt, int keyLength, ByteBuffer payload, int payloadAt, int payloadLength, long time) {
        if (keyLength > EntryLayout.MAX_KEY) {
            throw new ZdbException.Refused("Key too large");
        }
        boolean sequential = properties.mode() == Mode.SEQUENTIAL;
        if (keyLength == 0 && !sequential) {
            throw new ZdbException.Refused("Invalid argument, key needed");
        }
        writable();
        long last = index.find(key, keyAt, keyLength, log);
        if (last == 0 && sequential) {
            throw new ZdbException.Refused("Invalid key, only update authorized");
        }
        boolean replaces = last != 0 && !log.deleted();
        int replaced = replaces ? log.payloadLength() : 0;
        if (replaces) {
            if (properties.worm()) {
                throw new ZdbException.Refused("Namespace is protected by worm mode");
            }
            if (log.payloadIs(payload, payloadAt, payloadLength)) {
                return false;
            }
        }
        admit(payloadLength, replaced);
        note(key, keyAt, keyLength, payload, payloadAt, payloadLength, 0, time, last);
        count(replaces ? 0 : 1, payloadLength - replaced);
        return true;
    }

    /** Stages a deletion. The lock is held. */
    void deleteStaged(ByteBuffer key, int keyAt, int keyLength, long time) {
        writable();
        long last = index.find(key, keyAt, keyLength, log);
        if (last == 0 || log.deleted()) {
            throw new ZdbException.Refused("Key not found");
        }
        if (properties.worm()) {
            throw new ZdbException.Refused("Cannot delete a key when namespace is in worm mode");
        }
        int replaced = log.payloadLength();
        note(key, keyAt, keyLength, EMPTY, 0, 0, EntryLayout.DELETED, time, last);
        count(-1, -replaced);
    }

    private void note(ByteBuffer key, int keyAt, int keyLength, ByteBuffer payload, int payloadAt, int payloadLength, int flags, long time, long previous) {
        Space.Share mine = share;
        if (mine != null) {
            int length = EntryLayout.length(keyLength, payloadLength);
            if (flags == 0) {
                mine.take(length);
            } else {
                mine.count(length);
            }
        }
        long location = log.append(key, keyAt, keyLength, payload, payloadAt, payloadLength, flags, time, previous);
        durably.wrote();
        try {
            index.put(key, keyAt, keyLength, location, log);
        } catch (IOException full) {
            throw new ZdbException.DiskFailed("Cannot write index right now", full);
        }
    }

    private void admit(int payloadLength, int replaced) {
        writable();
        if (payloadLength > EntryLayout.MAX_PAYLOAD) {
            throw new ZdbException.Refused("Payload too big");
        }
        if (properties.maxSize() > 0 && liveBytes + payloadLength - replaced > properties.maxSize()) {
            throw new ZdbException.Refused("No space left on this namespace");
        }
    }

    private void writable() {
        readable();
        standing.mayWrite();
        if (properties.locked()) {
            throw new ZdbException.Refused("Namespace is temporarily locked (read-only)");
        }
    }

    void readable() {
        if (closed) {
            throw new ZdbException.Refused(Store.GONE);
        }
        if (properties.frozen()) {
            throw new ZdbException.Refused("Namespace is temporarily frozen (read-write disabled)");
        }
    }

    private SequenceIndex table() {
        if (index instanceof SequenceIndex table) {
            return table;
        }
        throw new ZdbException.DiskFailed("Cannot write data right now", new IOException(directory + " is read-only"));
    }

    /** Goes to a key's newest version unless that is its deletion. The lock is held; what was found is read from {@link #log}. */
    boolean seek(ByteBuffer key, int keyAt, int keyLength) {
        readable();
        if (keyLength > EntryLayout.MAX_KEY) {
            throw new ZdbException.Refused("Invalid key");
        }
        return index.find(key, keyAt, keyLength, log) != 0 && !log.deleted();
    }

    DataLog log() {
        return log;
    }

    /** The lock is held as long as it is used. */
    LogWalk walk() {
        return new LogWalk(log, damages);
    }

    public Optional<byte[]> get(byte[] key) {
        lock();
        try {
            if (!seek(wrap(key), 0, key.length)) {
                return Optional.empty();
            }
            return Optional.of(payload());
        } finally {
            lock.unlock();
        }
    }

    byte[] payload() {
        if (!log.whole()) {
            throw new ZdbException.Damaged("the newest version of a key in " + directory + " is damaged");
        }
        return log.payload();
    }

    /** Whether a key's stored bytes are those that were written; empty if there is no such key. */
    Optional<Boolean> check(byte[] key) {
        lock();
        try {
            return seek(wrap(key), 0, key.length) ? Optional.of(log.whole()) : Optional.empty();
        } finally {
            lock.unlock();
        }
    }

    /** Records of a sequential namespace from a sequence number on, up to the first that is not there, at most {@code limit}. */
    public List<byte[]> read(long from, int limit) {
        List<byte[]> records = new ArrayList<>();
        while (records.size() < limit) {
            Optional<byte[]> record = get(wrap(new byte[8]).putLong(0, from + records.size()).array());
            if (record.isEmpty()) {
                break;
            }
            records.add(record.get());
        }
        return records;
    }

    /** When a key was last written, and how long its payload is. */
    public Optional<Scanned> describe(byte[] key) {
        lock();
        try {
            return seek(wrap(key), 0, key.length) ? Optional.of(new Scanned(key, log.payloadLength(), log.time() / 1000)) : Optional.empty();
        } finally {
            lock.unlock();
        }
    }

    /** Live entries in the order in which they were last written, without the first {@code skip}, at most {@code limit}. */
    public List<Scanned> scan(long skip, int limit) {
        return new Scan(this).entries(skip, limit);
    }

    /** Newest versions of keys behind an entry, or before it, as many as are met in about so long; empty at the end. */
    Optional<Slice> scan(long from, boolean forward, Duration slice) {
        return new Scan(this).slice(from, forward, slice);
    }

    /** Whether the entry there is the newest of its key. The lock is held. */
    boolean isNewest(byte[] key, long location) {
        try {
            return index.find(wrap(key), 0, key.length, log) == location;
        } catch (ZdbException.Damaged elsewhere) {
            return false;
        }
    }

    /** Location of a key's newest version, deletions included; empty if it was never written. */
    Optional<Long> locate(byte[] key) {
        lock();
        try {
            readable();
            long location = index.find(wrap(key), 0, key.length, log);
            return location == 0 ? Optional.empty() : Optional.of(location);
        } finally {
            lock.unlock();
        }
    }

    /** Number of live entries. */
    public long size() {
        lock();
        try {
            return live;
        } finally {
            lock.unlock();
        }
    }

    /** Bytes of live payloads. */
    public long dataBytes() {
        lock();
        try {
            return liveBytes;
        } finally {
            lock.unlock();
        }
    }

    long indexBytes() {
        lock();
        try {
            return index.bytes();
        } finally {
            lock.unlock();
        }
    }

    /** How many records were ever appended to a sequential namespace: the number of the next one. */
    public long nextNumber() {
        lock();
        try {
            return index instanceof SequenceIndex table ? table.next() : 0;
        } finally {
            lock.unlock();
        }
    }

    boolean gone() {
        return closed;
    }

    Path directory() {
        return directory;
    }

    Path indexDirectory() {
        return indexDirectory;
    }

    /** A version of a key: the newest without a token, otherwise the one the token names. */
    public Version history(byte[] key, Optional<byte[]> token) {
        return past.version(key, token);
    }

    /** What a key had at a moment: its newest version not younger than that. */
    public Optional<byte[]> get(byte[] key, Instant at) {
        return past.get(key, at);
    }

    /**
     * Gives a key back what it had at a moment, as a new version; a key that was not there then is deleted. The history stays.
     *
     * @return whether anything had to change
     */
    public boolean rollback(byte[] key, Instant at) {
        return past.rollback(key, at);
    }

    /**
     * {@link #rollback(byte[], Instant)} for every key. Keys change one after the other; doing it again after a crash ends it.
     *
     * @return how many keys changed
     */
    public long rollback(Instant at) {
        return past.rollback(at);
    }

    long end() {
        lock();
        try {
            log.flush();
            return log.end();
        } catch (IOException failed) {
            throw new ZdbException.DiskFailed("Cannot write data right now", failed);
        } finally {
            lock.unlock();
        }
    }

    /** Closes the newest data file and begins the next. */
    void jump() {
        lock();
        try {
            writable();
            log.roll();
        } catch (IOException failed) {
            throw new ZdbException.DiskFailed("Cannot write data right now", failed);
        } finally {
            lock.unlock();
        }
    }

    /** Removes every entry and the history. */
    void clear() {
        stopCompaction();
        lock();
        try {
            writable();
            // Begun is as good as done: a start after a crash in between goes on with it.
            NamespaceProperties emptied = properties.withIdentity(UUID.randomUUID()).withEmptying(true);
            emptied.write(directory);
            index.close();
            log.close();
            remove(disk, directory, indexDirectory);
            properties = emptied.withEmptying(false);
            properties.write(directory);
            reopen();
        } catch (IOException failed) {
            closed = true;
            throw new ZdbException.DiskFailed("Cannot write data right now", failed);
        } finally {
            lock.unlock();
            compacting.unlock();
        }
    }

    /**
     * Writes the closed data files again without what the retention lets go; see {@link Compaction}. Others may read and write
     * meanwhile.
     *
     * @param everything whether the newest file is closed before, so that it takes part
     * @param needed from which location on every deletion has to be kept
     */
    Compaction.Result compact(boolean everything, LongSupplier needed) {
        compacting.lock();
        try {
            if (properties.retention() instanceof Retention.All) {
                return Compaction.Result.NOTHING;
            }
            // Sizes and moments are noted also when it fails, lest it be tried again at once.
            compactedBytes = fileBytes();
            compactedAt = System.nanoTime();
            Compaction run = new Compaction(this, disk, System.currentTimeMillis(), needed);
            compaction = run;
            // A secondary's files end where the primary's end.
            Compaction.Result result = run.run(everything && standing.writes());
            compactedBytes = result.after();
            return result;
        } catch (IOException failed) {
            throw new ZdbException.DiskFailed("Cannot compact right now", failed);
        } finally {
            compaction = null;
            compacting.unlock();
        }
    }

    /** Whether half of the closed files and more may be dropped, and either they have doubled since the last time or their retention is over. */
    boolean worthCompacting() {
        Retention retention = properties.retention();
        if (retention instanceof Retention.All || compaction != null || closed) {
            return false;
        }
        lock();
        try {
            long bytes = fileBytes();
            boolean due = compactedAt == 0 || bytes >= 2 * compactedBytes
                    || retention instanceof Retention.Span span && System.nanoTime() - compactedAt > span.span().toNanos();
            return due && log.files().size() > 1 && 2 * (liveBytes + live * EntryLayout.HEADER) <= bytes;
        } finally {
            lock.unlock();
        }
    }

    /** Compaction had the lock for so many nanoseconds. */
    void heldByCompaction(long nanos) {
        longestHold = Math.max(longestHold, nanos);
    }

    /** The longest that compaction ever had the lock, in nanoseconds, since the store was started. */
    long longestHold() {
        return longestHold;
    }

    /** Takes a key out of the index whose newest version was this deletion. The lock is held. */
    void forget(ByteBuffer view, int at, long location) throws IOException {
        index.remove(view, at + EntryLayout.HEADER, EntryLayout.keyLength(view, at), location);
    }

    /** Location of a key's newest version, 0 if there is none. The lock is held. */
    long find(ByteBuffer key, int at, int length) {
        return index.find(key, at, length, log);
    }

    /** Whether an entry's number is the last that was given. The lock is held. */
    boolean highest(ByteBuffer view, int at) {
        return index instanceof SequenceIndex table && SequenceIndex.number(view, at + EntryLayout.HEADER) == table.next() - 1;
    }

    boolean damaged(int file) {
        lock();
        try {
            return damages.stream().anyMatch(each -> each.file() == file);
        } finally {
            lock.unlock();
        }
    }

    boolean contended() {
        return lock.hasQueuedThreads();
    }

    /** Whether a compaction has to end. */
    boolean stopping() {
        return stopping || closed;
    }

    /** Bytes of all data files. */
    long fileBytes() {
        lock();
        try {
            return log.files().stream().mapToLong(DataFile::bytes).sum();
        } finally {
            lock.unlock();
        }
    }

    /** From now on its bytes are a share of the store's. */
    void share(Space space) {
        share = space.join(fileBytes(), properties.quota().reserved());
    }

    Space.@Nullable Share share() {
        return share;
    }

    /** Counts the files' bytes anew: what is reserved ahead of a write, and what compaction gave back, is not known to whoever counts writes. */
    void recount() {
        lock();
        try {
            Space.Share mine = share;
            if (mine != null && !closed) {
                mine.recount(fileBytes() + Location.offset(log.end()) - log.active().end());
            }
        } finally {
            lock.unlock();
        }
    }

    /** Refuses when more was asked than the quota has for this moment. */
    void admitOperations(int operations) {
        int limit = properties.quota().rate();
        if (limit > 0 && !rate.admits(System.nanoTime(), operations, limit)) {
            throw new ZdbException.Refused("Too many requests to this namespace");
        }
    }

    /** A client selects it. */
    void enter() {
        int limit = properties.quota().connections();
        if (clients.incrementAndGet() > limit && limit > 0) {
            clients.decrementAndGet();
            throw new ZdbException.Refused("Too many connections to this namespace");
        }
    }

    /** A client selected another, or is gone. */
    void leave() {
        clients.decrementAndGet();
    }

    int clients() {
        return clients.get();
    }

    /** The compaction that runs, if one does. */
    Optional<Compaction> compaction() {
        return Optional.ofNullable(compaction);
    }

    /** Ends a compaction and keeps another from beginning, until {@code compacting} is unlocked. */
    private void stopCompaction() {
        stopping = true;
        compacting.lock();
        stopping = false;
    }

    private static void remove(Disk disk, Path directory, Path indexDirectory) throws IOException {
        Checkpoint.remove(disk, indexDirectory);
        int count = 0;
        while (disk.exists(directory.resolve("d" + count))) {
            count++;
        }
        for (int number = count - 1; number >= 0; number--) {
            disk.delete(directory.resolve("d" + number));
        }
        disk.syncDirectory(directory);
    }

    /** Opens the files again and rebuilds the index from them. */
    void reload() {
        stopCompaction();
        lock();
        try {
            log.flush();
            index.close();
            log.close();
            reopen();
        } catch (IOException failed) {
            closed = true;
            throw new ZdbException.DiskFailed("Internal Error", failed);
        } finally {
            lock.unlock();
            compacting.unlock();
        }
    }

    private void reopen() throws IOException {
        damages.clear();
        durably.restart();
        log = new DataLog(disk, directory, fileSize, standing.epoch(), ClosedFiles.NONE);
        index = freshIndex();
        rebuild();
        tables();
        log.inOrder(inOrder());
    }

    /** Calls back after every write and deletion, on the writer's thread. */
    public void onChange(Runnable listener) {
        listeners.add(command -> {
            if (command.equals("SET") || command.equals("DEL")) {
                listener.run();
            }
        });
    }

    void listen(Consumer<String> listener) {
        listeners.add(listener);
    }

    void removeListener(Consumer<String> listener) {
        listeners.remove(listener);
    }

    /** Tells those who wait that a command was run. */
    void ran(String command) {
        if (!listeners.isEmpty()) {
            listeners.forEach(each -> each.accept(command));
        }
    }

    /** Hands what is staged to the operating system: what was answered survives the end of the process. */
    void flush() {
        lock();
        try {
            flushLocked();
        } finally {
            lock.unlock();
        }
    }

    void flushLocked() {
        try {
            log.flush();
        } catch (IOException failed) {
            throw new ZdbException.DiskFailed("Cannot write data right now", failed);
        }
        try {
            index.flush();
        } catch (IOException failed) {
            throw new ZdbException.DiskFailed("Cannot write index right now", failed);
        }
        if (properties.durability() == Durability.SYSTEM) {
            durably.ship(log.end());
        }
    }

    /** Makes what was staged as durable as the namespace promises. */
    void commit() {
        long position;
        lock();
        try {
            flushLocked();
            position = durably.position();
        } finally {
            lock.unlock();
        }
        if (properties.durability() == Durability.SYNC) {
            durably.sync(position);
        }
    }

    /** How it becomes durable, and how far it is. */
    GroupCommit durably() {
        return durably;
    }

    void sync() {
        durably.sync();
    }

    /** The log as secondaries get it. */
    LogShipping shipping() {
        return new LogShipping(this);
    }

    /** Takes entries of the primary's log, at the places they have there. */
    void replicate(LogPart part) {
        lock();
        try {
            log.inOrder(true);
            if (closed) {
                throw new ZdbException.Refused(Store.GONE);
            }
            ByteBuffer entries = part.entries();
            java.util.zip.CRC32C checksum = new java.util.zip.CRC32C();
            for (int at = 0; at < entries.limit(); ) {
                int offset = entries.limit() - at < EntryLayout.HEADER ? -1 : EntryLayout.offset(entries, at);
                if (offset < DataFile.FILE_HEADER || !EntryLayout.plausible(entries, at, offset, part.file(), entries.limit()) || !EntryLayout.whole(entries, at, checksum)) {
                    throw new ZdbException.Damaged("what came from the primary for " + name + " is damaged at " + part.file() + "/" + offset);
                }
                int keyLength = EntryLayout.keyLength(entries, at);
                int payloadLength = EntryLayout.payloadLength(entries, at);
                if (!EntryLayout.gap(entries, at)) {
                    long location = log.copy(part, at, EntryLayout.length(keyLength, payloadLength));
                    durably.wrote();
                    remember(entries, at + EntryLayout.HEADER, keyLength, payloadLength, EntryLayout.deleted(entries, at), location);
                }
                at += EntryLayout.length(keyLength, payloadLength);
            }
            log.goOnAt(part.next(), part.epoch());
            durably.wrote();
        } catch (UncheckedIOException index) {
            log.fail(); // An entry is in the log and not in the index.
            throw new ZdbException.DiskFailed("Cannot write index right now", index);
        } catch (IOException failed) {
            throw new ZdbException.DiskFailed("Cannot write data right now", failed);
        } finally {
            lock.unlock();
        }
        commit();
        ran("SET");
    }

    /** Goes on in a file of this epoch, in which nobody else has written. */
    void begin(int epoch) throws IOException {
        lock();
        try {
            log.epoch(epoch);
            log.inOrder(inOrder());
            if (log.active().epoch() != epoch) {
                log.roll();
            }
        } finally {
            lock.unlock();
        }
        durably.syncForSecondaries();
    }

    /** Leaves everything as a namespace that was removed: nothing more can be read or written. */
    void abandon() throws IOException {
        stopCompaction();
        lock();
        try {
            closed = true;
            Space.Share mine = share;
            if (mine != null) {
                mine.leave();
            }
            index.close();
            log.close();
        } finally {
            lock.unlock();
            compacting.unlock();
        }
        removeAll(directory);
        removeAll(indexDirectory);
    }

    /** Removes a directory and what is in it; the properties go first, without which there is no namespace. */
    static void removeAll(Path place) throws IOException {
        if (Files.exists(place)) {
            NamespaceProperties.remove(place);
            try (var files = Files.walk(place)) {
                for (Path file : files.sorted(java.util.Comparator.reverseOrder()).toList()) {
                    Files.delete(file);
                }
            }
        }
    }

    @Override
    public void close() {
        stopCompaction();
        try {
            durably.last(this::closeLog);
        } finally {
            compacting.unlock();
        }
    }

    private void closeLog() {
        lock();
        try {
            if (closed) {
                return;
            }
            closed = true;
            if (log.writable()) {
                log.flush();
                log.active().seal();
                log.syncNames();
                for (DataFile file : log.unsynced()) {
                    file.sync();
                }
                save();
            }
            index.close();
            log.close();
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        } finally {
            lock.unlock();
        }
    }

    private void save() throws IOException {
        if (!damages.isEmpty()) {
            return; // Found again, and reported again, at the next start.
        }
        try {
            ClosedFiles.save(disk, indexDirectory, log.files());
            switch (index) {
                case HashIndex hash -> Checkpoint.save(disk, indexDirectory, hash, log.end(), log.lastLength(), live, liveBytes);
                case SequenceIndex table -> Checkpoint.save(disk, indexDirectory, table, log.end(), log.lastLength(), live, liveBytes);
            }
        } catch (IOException full) {
            LOG.log(System.Logger.Level.WARNING, "namespace {0} has no checkpoint, the next start rebuilds its index: {1}", name, full.getMessage());
            Checkpoint.remove(disk, indexDirectory);
        }
    }

    static ByteBuffer wrap(byte[] bytes) {
        return ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    }
}
