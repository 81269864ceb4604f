package org.zosgrid.node.zdb;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** All namespaces of one data directory. The one called {@code default} is always there. */
public final class Store implements AutoCloseable {
    static final String DEFAULT = "default";
    static final String GONE = "Your active namespace is not available anymore (probably removed).";

    private static final Pattern NAME = Pattern.compile("[^/\\x00-\\x1f]{1,128}");

    private final Path directory;
    private final Path indexDirectory;
    private final Hooks hooks;
    private final boolean syncOnJump;
    private final Disk disk;
    private final int fileSize;
    private final NamespaceProperties fresh;
    private final StoreLock lock;
    private final Space space;
    private final Map<String, NamespaceDisk> disks = new ConcurrentHashMap<>();
    private final Standing standing;
    private final AtomicLong changes = new AtomicLong();
    private volatile StoreState state;
    private final ConcurrentSkipListMap<String, Namespace> namespaces = new ConcurrentSkipListMap<>();

    private Store(
            Path directory, Path indexDirectory, Disk disk, int fileSize, NamespaceProperties fresh, StoreState state, StoreLock lock, Hooks hooks, boolean syncOnJump,
            long capacity) {
        this.hooks = hooks;
        this.syncOnJump = syncOnJump;
        this.lock = lock;
        this.space = new Space(directory, capacity);
        this.directory = directory;
        this.indexDirectory = indexDirectory;
        this.disk = disk;
        this.fileSize = fileSize;
        this.fresh = fresh;
        this.state = state;
        this.standing = new Standing(state.epoch());
        stand();
    }

    /** Opens a data directory, creating it if it is not there; index and data lie together. */
    public static Store open(Path directory) {
        return open(directory, directory, new SystemDisk(), ZdbConfig.FILE_SIZE, NamespaceProperties.of(Mode.USER));
    }

    static Store open(Path directory, Path indexDirectory, Disk disk, int fileSize, NamespaceProperties fresh) {
        return open(directory, indexDirectory, disk, fileSize, fresh, Hooks.NONE, false, 0);
    }

    /** @param capacity bytes that all data files together may take; 0 means what the disk has */
    static Store open(Path directory, Path indexDirectory, Disk disk, int fileSize, NamespaceProperties fresh, Hooks hooks, boolean syncOnJump, long capacity) {
        Store store;
        try {
            Files.createDirectories(directory);
            Files.createDirectories(indexDirectory);
            StoreLock lock = StoreLock.take(directory);
            try {
                store = new Store(directory, indexDirectory, disk, fileSize, fresh, StoreState.read(directory), lock, hooks, syncOnJump, capacity);
            } catch (IOException | RuntimeException failed) {
                lock.close();
                throw failed;
            }
        } catch (IOException failed) {
            throw new UncheckedIOException("cannot open the store in " + directory + ": " + failed.getMessage(), failed);
        }
        try {
            try (Stream<Path> children = Files.list(directory)) {
                for (Path child : children.filter(each -> Files.isDirectory(each) && !each.getFileName().toString().equals("lost+found")).sorted().toList()) {
                    String name = child.getFileName().toString();
                    // A crash while a namespace was made leaves a directory without properties: nothing was ever written there.
                    if (NamespaceProperties.present(child)) {
                        store.namespaces.put(name, store.load(name, NamespaceProperties.read(child)));
                    }
                }
            }
            if (Files.isWritable(directory)) {
                store.become(same -> same); // A new store gets its name.
            }
            store.createIfAbsent(DEFAULT, fresh.mode());
            store.recount();
            return store;
        } catch (IOException failed) {
            store.close();
            throw new UncheckedIOException("cannot open the store in " + directory + ": " + failed.getMessage(), failed);
        } catch (RuntimeException failed) {
            store.close();
            throw failed;
        }
    }

    /** The bytes its namespaces may take, and have taken. */
    Space space() {
        return space;
    }

    /** Counts the space of every namespace anew, and looks at the disk. */
    void recount() {
        all().forEach(Namespace::recount);
        space.refresh();
    }

    /** Bytes that all data files together may take. */
    public long capacity() {
        return space.capacity();
    }

    /** Bytes that are neither taken nor reserved for a namespace. */
    public long free() {
        return space.free();
    }

    StoreState state() {
        return state;
    }

    Standing standing() {
        return standing;
    }

    /** Becomes something else among its copies; on the disk before it acts by it. */
    synchronized void become(UnaryOperator<StoreState> change) {
        StoreState next = change.apply(state);
        next.write(directory);
        state = next;
        stand();
        standing.advanced();
    }

    private void stand() {
        switch (state.role()) {
            case PRIMARY -> standing.writes(state.epoch());
            case SECONDARY -> standing.copies("This store is a secondary (read-only)");
            case SUPERSEDED -> standing.refuses("This store was superseded in epoch " + state.heard() + " (read-only)");
        }
    }

    /** Counts changes of which namespaces there are and what they were told to be. */
    long changes() {
        return changes.get();
    }

    private void changed() {
        changes.incrementAndGet();
        standing.advanced();
    }

    private Namespace load(String name, NamespaceProperties properties) throws IOException {
        Path index = indexDirectory.resolve(name);
        if (!Files.exists(index)) {
            Files.createDirectories(index);
        }
        NamespaceDisk own = disks.computeIfAbsent(name, absent -> new NamespaceDisk(disk, hooks, syncOnJump));
        Namespace namespace = Namespace.open(name, own, directory.resolve(name), index, fileSize, properties, standing);
        namespace.share(space);
        return namespace;
    }

    public Optional<Namespace> namespace(String name) {
        return Optional.ofNullable(namespaces.get(name));
    }

    public List<String> names() {
        return List.copyOf(namespaces.keySet());
    }

    /** What was read from and written to a namespace's disks. */
    NamespaceDisk disk(Namespace namespace) {
        return disks.computeIfAbsent(namespace.name(), absent -> new NamespaceDisk(disk, hooks, syncOnJump));
    }

    /** The same for all namespaces that there were since the store was opened. */
    List<NamespaceDisk> allDisks() {
        return List.copyOf(disks.values());
    }

    List<Namespace> all() {
        return List.copyOf(namespaces.values());
    }

    Path directory() {
        return directory;
    }

    /** The namespace of that name, made with these keys if it is not there yet. */
    public Namespace createIfAbsent(String name, Mode mode) {
        return namespaces.computeIfAbsent(name, absent -> make(name, fresh.withMode(mode).withIdentity(UUID.randomUUID())));
    }

    Namespace create(String name) {
        standing.mayWrite();
        if (!NAME.matcher(name).matches() || name.equals(".") || name.equals("..") || name.equals(DEFAULT)) {
            throw new ZdbException.Refused("This name is not allowed");
        }
        if (namespaces.containsKey(name)) {
            throw new ZdbException.Refused("This namespace is not available");
        }
        return createIfAbsent(name, fresh.mode());
    }

    void delete(String name) {
        standing.mayWrite();
        if (name.equals(DEFAULT)) {
            throw new ZdbException.Refused("Cannot remove default namespace");
        }
        remove(name);
    }

    /** Changes what a namespace was told to be. */
    void update(Namespace namespace, UnaryOperator<NamespaceProperties> change) {
        standing.mayWrite();
        NamespaceProperties before = namespace.properties();
        NamespaceProperties after = change.apply(before);
        Space.Share share = namespace.share();
        if (share != null) {
            space.reserve(share, after.quota().reserved());
        }
        try {
            namespace.update(after);
        } catch (RuntimeException failed) {
            if (share != null) {
                space.reserve(share, before.quota().reserved());
            }
            throw failed;
        }
        changed();
    }

    /** Removes every entry of a namespace. */
    void clear(Namespace namespace) {
        namespace.clear();
        changed();
    }

    /** A copy of a namespace of the primary, in place of one that had the name before; at any time there is one of the name. */
    synchronized Namespace copy(String name, NamespaceProperties properties) {
        Namespace before = namespaces.get(name);
        try {
            if (before != null) {
                before.abandon();
            }
        } catch (IOException failed) {
            throw new ZdbException.DiskFailed("Could not remove namespace", failed);
        }
        Namespace copy = make(name, properties);
        namespaces.put(name, copy);
        return copy;
    }

    void remove(String name) {
        Namespace namespace = namespaces.remove(name);
        if (namespace == null) {
            throw new ZdbException.Refused("This namespace doesn't exists");
        }
        try {
            namespace.abandon();
        } catch (IOException failed) {
            throw new ZdbException.DiskFailed("Could not remove namespace", failed);
        } finally {
            changed();
        }
    }

    /** Compacts a namespace, as {@code COMPACT} does, on this thread. */
    public void compact(String name) {
        namespace(name).orElseThrow(() -> new ZdbException.Refused("Namespace not found")).compact(true, () -> Long.MAX_VALUE);
    }

    private Namespace make(String name, NamespaceProperties properties) {
        try {
            Path place = directory.resolve(name);
            // What a removal that a crash ended left there is not to come back under the name.
            Namespace.removeAll(place);
            Namespace.removeAll(indexDirectory.resolve(name));
            Files.createDirectories(place);
            properties.write(place);
            Namespace made = load(name, properties);
            changed();
            return made;
        } catch (IOException | UncheckedIOException failed) {
            throw new ZdbException.DiskFailed("Could not create namespace", failed);
        }
    }

    @Override
    public void close() {
        RuntimeException first = null;
        for (Namespace each : namespaces.values()) {
            try {
                each.close();
            } catch (RuntimeException failed) {
                if (first == null) {
                    first = failed;
                } else {
                    first.addSuppressed(failed);
                }
            }
        }
        lock.close();
        if (first != null) {
            throw first;
        }
    }
}
