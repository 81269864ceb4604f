package org.zosgrid.node.zdb;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.ReentrantLock;

/**
 * A named log of entries with an index over it. Safe for use by many threads: one writes at a time, and those that wait for the disk wait together.
 */
public final class Namespace implements AutoCloseable {
    private static final int MAX_KEY = 255;
    private static final int MAX_PAYLOAD = 8 << 20;
    private static final byte[] NOTHING = {};

    /** A version of a key: its token names the version before it. */
    public record Version(Instant time, byte[] payload, Optional<byte[]> previous) {}

    /** An entry in a scan. */
    public record Scanned(byte[] key, int length, long time) {}

    private final String name;
    private final Path directory;
    private final long fileSize;
    private volatile NamespaceProperties properties;
    private final List<LogFile> files = new ArrayList<>();
    private final Map<Key, Entry> index = new LinkedHashMap<>();
    private final List<Runnable> listeners = new CopyOnWriteArrayList<>();
    private final ReentrantLock lock = new ReentrantLock();
    private final ReentrantLock syncing = new ReentrantLock();
    private long written;
    private volatile long synced;
    private long nextSequence;
    private long liveBytes;
    private long repairedBytes;

    private Namespace(String name, Path directory, long fileSize, NamespaceProperties properties) {
        this.name = name;
        this.directory = directory;
        this.fileSize = fileSize;
        this.properties = properties;
    }

    static Namespace open(String name, Path directory, long fileSize, NamespaceProperties properties) throws IOException {
        Namespace namespace = new Namespace(name, directory, fileSize, properties);
        try {
            namespace.load();
            return namespace;
        } catch (IOException | RuntimeException failed) {
            namespace.close();
            throw failed;
        }
    }

    private void load() throws IOException {
        int number = 0;
        do {
            LogFile file = LogFile.open(directory.resolve("d" + number), number);
            files.add(file);
            repairedBytes += file.replay(this::remember);
            number++;
        } while (Files.exists(directory.resolve("d" + number)));
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
            if (changed.mode() != properties.mode() && !index.isEmpty()) {
                throw new ZdbException.Refused("Cannot change mode of used namespace");
            }
            changed.write(directory);
            properties = changed;
        } finally {
            lock.unlock();
        }
    }

    /** Bytes of a torn write that were cut off when the namespace was opened. */
    public long repairedBytes() {
        return repairedBytes;
    }

    /** Appends to a sequential namespace; returns the sequence number, and only when it is as durable as the namespace promises. */
    public long append(byte[] payload) {
        byte[] key = write(NOTHING, payload).orElseThrow();
        return ByteBuffer.wrap(key).order(ByteOrder.LITTLE_ENDIAN).getLong();
    }

    /**
     * Sets a key, or appends when the key is empty and the namespace sequential.
     *
     * @return the key, or empty if the newest version has this very payload and nothing was written
     */
    public Optional<byte[]> write(byte[] key, byte[] payload) {
        if (payload.length > MAX_PAYLOAD) {
            throw new ZdbException.Refused("Payload too big");
        }
        long position;
        byte[] stored;
        lock.lock();
        try {
            stored = keyFor(key);
            Entry last = index.get(new Key(stored));
            boolean replaces = last != null && !last.deleted();
            if (replaces && properties.worm()) {
                throw new ZdbException.Refused("Namespace is protected by worm mode");
            }
            if (replaces && Arrays.equals(file(last).read(last.offset()).payload(), payload)) {
                return Optional.empty();
            }
            long replaced = replaces ? last.payloadLength() : 0;
            if (properties.maxSize() > 0 && liveBytes + payload.length - replaced > properties.maxSize()) {
                throw new ZdbException.Refused("No space left on this namespace");
            }
            position = put(stored, payload, false, last);
        } finally {
            lock.unlock();
        }
        awaitDurable(position);
        listeners.forEach(Runnable::run);
        return Optional.of(stored);
    }

    public void delete(byte[] key) {
        long position;
        lock.lock();
        try {
            Entry last = index.get(new Key(key));
            if (last == null || last.deleted()) {
                throw new ZdbException.Refused("Key not found");
            }
            if (properties.worm()) {
                throw new ZdbException.Refused("Cannot delete a key when namespace is in worm mode");
            }
            position = put(key, NOTHING, true, last);
        } finally {
            lock.unlock();
        }
        awaitDurable(position);
        listeners.forEach(Runnable::run);
    }

    public Optional<byte[]> get(byte[] key) {
        return stored(key).map(LogFile.Stored::payload);
    }

    /** Records of a sequential namespace from a sequence number on, up to the first that is not there, at most {@code limit}. */
    public List<byte[]> read(long from, int limit) {
        List<byte[]> records = new ArrayList<>();
        while (records.size() < limit) {
            Optional<byte[]> record = get(ByteBuffer.allocate(8).order(ByteOrder.LITTLE_ENDIAN).putLong(from + records.size()).array());
            if (record.isEmpty()) {
                break;
            }
            records.add(record.get());
        }
        return records;
    }

    /** When a key was last written, and how long its payload is. */
    public Optional<Scanned> describe(byte[] key) {
        lock.lock();
        try {
            return Optional.ofNullable(index.get(new Key(key)))
                    .filter(entry -> !entry.deleted())
                    .map(entry -> new Scanned(key, entry.payloadLength(), entry.time()));
        } finally {
            lock.unlock();
        }
    }

    /** Live entries after the given number of index places, oldest key first; the size of the result is bounded. */
    public List<Scanned> scan(long skip, int limit) {
        lock.lock();
        try {
            return index.entrySet().stream()
                    .skip(skip)
                    .limit(limit)
                    .filter(each -> !each.getValue().deleted())
                    .map(each -> new Scanned(each.getKey().bytes(), each.getValue().payloadLength(), each.getValue().time()))
                    .toList();
        } finally {
            lock.unlock();
        }
    }

    /** Places in the index, deleted keys included: where a scan ends. */
    public long places() {
        lock.lock();
        try {
            return index.size();
        } finally {
            lock.unlock();
        }
    }

    /** Number of live entries. */
    public long size() {
        lock.lock();
        try {
            return index.values().stream().filter(entry -> !entry.deleted()).count();
        } finally {
            lock.unlock();
        }
    }

    /** Bytes of live payloads. */
    public long dataBytes() {
        lock.lock();
        try {
            return liveBytes;
        } finally {
            lock.unlock();
        }
    }

    /** A version of a key: the newest without a token, otherwise the one the token names. */
    public Version history(byte[] key, Optional<byte[]> token) {
        LogFile.Stored stored;
        if (token.isEmpty()) {
            stored = stored(key).orElseThrow(() -> new ZdbException.Refused("Key not found"));
        } else {
            ByteBuffer place = ByteBuffer.wrap(token.get()).order(ByteOrder.LITTLE_ENDIAN);
            if (token.get().length != 8) {
                throw new ZdbException.Refused("Invalid arguments");
            }
            int number = place.getInt();
            long offset = Integer.toUnsignedLong(place.getInt());
            lock.lock();
            try {
                if (number < 0 || number >= files.size() || offset >= files.get(number).end()) {
                    throw new ZdbException.Refused("Invalid arguments (index query)");
                }
                stored = files.get(number).read(offset);
            } finally {
                lock.unlock();
            }
            if (!Arrays.equals(stored.key(), key)) {
                throw new ZdbException.Refused("Invalid arguments (invalid key)");
            }
        }
        Optional<byte[]> previous = stored.previousFile() < 0
                ? Optional.empty()
                : Optional.of(ByteBuffer.allocate(8).order(ByteOrder.LITTLE_ENDIAN).putInt(stored.previousFile()).putInt((int) stored.previousOffset()).array());
        return new Version(Instant.ofEpochSecond(stored.entry().time()), stored.payload(), previous);
    }

    /** Calls back after every write and deletion, on the writer's thread. */
    public void onChange(Runnable listener) {
        listeners.add(listener);
    }

    void removeListener(Runnable listener) {
        listeners.remove(listener);
    }

    private Optional<LogFile.Stored> stored(byte[] key) {
        lock.lock();
        try {
            return Optional.ofNullable(index.get(new Key(key))).filter(entry -> !entry.deleted()).map(entry -> file(entry).read(entry.offset()));
        } finally {
            lock.unlock();
        }
    }

    private byte[] keyFor(byte[] key) {
        if (properties.mode() == Mode.SEQUENTIAL) {
            if (key.length == 0) {
                return ByteBuffer.allocate(8).order(ByteOrder.LITTLE_ENDIAN).putLong(nextSequence).array();
            }
            if (!index.containsKey(new Key(key))) {
                throw new ZdbException.Refused("Invalid key, only update authorized");
            }
            return key;
        }
        if (key.length == 0) {
            throw new ZdbException.Refused("Invalid argument, key needed");
        }
        if (key.length > MAX_KEY) {
            throw new ZdbException.Refused("Key too large");
        }
        return key;
    }

    private long put(byte[] key, byte[] payload, boolean deleted, @org.jspecify.annotations.Nullable Entry last) {
        LogFile file = files.getLast();
        try {
            if (file.end() + LogFile.HEADER_BYTES + key.length + payload.length > fileSize) {
                file.sync();
                file = LogFile.open(directory.resolve("d" + files.size()), files.size());
                files.add(file);
            }
        } catch (IOException full) {
            throw new ZdbException.DiskFailed("Cannot write data right now", full);
        }
        Entry entry = file.append(key, payload, deleted, Instant.now().getEpochSecond(), last == null ? -1 : last.file(), last == null ? 0 : last.offset());
        remember(entry, key);
        return ++written;
    }

    private void remember(Entry entry, byte[] key) {
        Entry before = index.put(new Key(key), entry);
        liveBytes += entry.payloadLength() - (before == null || before.deleted() ? 0 : before.payloadLength());
        if (properties.mode() == Mode.SEQUENTIAL && key.length == 8) {
            nextSequence = Math.max(nextSequence, ByteBuffer.wrap(key).order(ByteOrder.LITTLE_ENDIAN).getLong() + 1);
        }
    }

    /** Group commit: whoever gets the lock syncs for everybody who has written by then. */
    private void awaitDurable(long position) {
        if (properties.durability() != Durability.SYNC || synced >= position) {
            return;
        }
        syncing.lock();
        try {
            if (synced >= position) {
                return;
            }
            long reached;
            LogFile file;
            lock.lock();
            try {
                reached = written;
                file = files.getLast();
            } finally {
                lock.unlock();
            }
            file.sync();
            synced = reached;
        } catch (IOException failed) {
            throw new ZdbException.DiskFailed("Cannot write data right now", failed);
        } finally {
            syncing.unlock();
        }
    }

    private LogFile file(Entry entry) {
        return files.get(entry.file());
    }

    @Override
    public void close() {
        lock.lock();
        try {
            for (LogFile file : files) {
                file.sync();
                file.close();
            }
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        } finally {
            lock.unlock();
        }
    }
}
