package org.zosgrid.node.zdb;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A namespace's files as the operator sees them: counts what is done to them, tells the hook of every new data file, and asks it to bring back one that
 * was taken away. Data files are those called {@code d} and a number; all but the newest may be moved elsewhere, and come back when somebody reads them.
 */
final class NamespaceDisk implements Disk {
    private static final System.Logger LOG = System.getLogger(NamespaceDisk.class.getName());
    private static final Pattern DATA = Pattern.compile("d([0-9]{1,9})");

    final DiskCounters data = new DiskCounters();
    final DiskCounters index = new DiskCounters();
    private final Disk disk;
    private final Hooks hooks;
    private final boolean syncOnJump;
    private final Map<Path, WatchedFile> open = new ConcurrentHashMap<>();

    /** @param syncOnJump whether a data file is synced when the next one begins */
    NamespaceDisk(Disk disk, Hooks hooks, boolean syncOnJump) {
        this.syncOnJump = syncOnJump;
        this.disk = disk;
        this.hooks = hooks;
    }

    @Override
    public DiskFile open(Path path) throws IOException {
        boolean isData = number(path) >= 0;
        DiskCounters counters = isData ? data : index;
        boolean fresh = isData && !disk.exists(path);
        try {
            if (fresh && offloaded(path)) {
                bringBack(path);
                fresh = false;
            }
            WatchedFile file = new WatchedFile(path, disk.open(path), counters);
            if (isData) {
                open.put(path, file);
            }
            if (fresh && number(path) > 0) {
                jumped(path.resolveSibling("d" + (number(path) - 1)), path);
            }
            return file;
        } catch (IOException failed) {
            counters.failed(counters.readFailures);
            throw failed;
        }
    }

    @Override
    public Optional<DiskFile> away(Path path) {
        if (disk.exists(path) || !offloaded(path)) {
            return Optional.empty();
        }
        WatchedFile file = new WatchedFile(path, null, data);
        open.put(path, file);
        return Optional.of(file);
    }

    private void jumped(Path before, Path now) throws IOException {
        WatchedFile closed = open.get(before);
        if (syncOnJump && closed != null) {
            closed.sync();
        }
        hooks.tell("jump-data", before.toString(), now.toString());
    }

    /** The number in a data file's name; -1 for others. */
    private static int number(Path path) {
        Matcher name = DATA.matcher(path.getFileName().toString());
        return name.matches() ? Integer.parseInt(name.group(1)) : -1;
    }

    /** Whether a data file that is not there must have been: a later one is. */
    private static boolean offloaded(Path path) {
        int number = number(path);
        Path directory = path.getParent();
        if (number < 0 || directory == null || !Files.isDirectory(directory)) {
            return false;
        }
        try (Stream<Path> files = Files.list(directory)) {
            return files.anyMatch(each -> number(each) > number);
        } catch (IOException unreadable) {
            return false;
        }
    }

    private void bringBack(Path path) throws IOException {
        hooks.ask("missing-data", path.toString());
        if (!disk.exists(path)) {
            throw new IOException(path + " is missing, and the hook 'missing-data' did not bring it back");
        }
    }

    /** Lets go of data files that were taken away, so that their space is free. */
    void releaseOffloaded() {
        open.forEach((path, file) -> {
            if (!disk.exists(path)) {
                if (offloaded(path)) {
                    file.release();
                } else {
                    open.remove(path, file);
                }
            }
        });
    }

    @Override
    public void viewed(int bytes) {
        data.read.add(bytes);
    }

    @Override
    public boolean exists(Path path) {
        return disk.exists(path) || offloaded(path);
    }

    @Override
    public void delete(Path path) throws IOException {
        disk.delete(path);
    }

    @Override
    public void rename(Path from, Path to) throws IOException {
        boolean fresh = number(to) > 0 && !exists(to);
        disk.rename(from, to);
        if (fresh) {
            jumped(to.resolveSibling("d" + (number(to) - 1)), to);
        }
    }

    @Override
    public void syncDirectory(Path directory) throws IOException {
        disk.syncDirectory(directory);
    }

    /** A file that is counted, and may be let go of and opened again behind the store's back. */
    private final class WatchedFile implements DiskFile {
        private final Path path;
        private final DiskCounters counters;
        private volatile @Nullable DiskFile file;

        WatchedFile(Path path, @Nullable DiskFile file, DiskCounters counters) {
            this.path = path;
            this.file = file;
            this.counters = counters;
        }

        private DiskFile file() throws IOException {
            DiskFile now = file;
            return now != null ? now : reopened();
        }

        private synchronized DiskFile reopened() throws IOException {
            DiskFile now = file;
            if (now == null) {
                if (!disk.exists(path)) {
                    bringBack(path);
                }
                now = disk.open(path);
                file = now;
            }
            return now;
        }

        synchronized void release() {
            DiskFile now = file;
            if (now != null) {
                file = null;
                try {
                    now.close();
                    LOG.log(System.Logger.Level.INFO, "{0} was taken away; it is fetched again when it is read", path);
                } catch (IOException failed) {
                    LOG.log(System.Logger.Level.WARNING, "{0} cannot be closed: {1}", path, failed.getMessage());
                }
            }
        }

        @Override
        public void write(ByteBuffer bytes, long at) throws IOException {
            int length = bytes.remaining();
            try {
                file().write(bytes, at);
            } catch (IOException failed) {
                counters.failed(counters.writeFailures);
                throw failed;
            }
            counters.written.add(length);
        }

        @Override
        public void reserve(long end) throws IOException {
            try {
                file().reserve(end);
            } catch (IOException failed) {
                counters.failed(counters.writeFailures);
                throw failed;
            }
        }

        @Override
        public void sync() throws IOException {
            try {
                file().sync();
            } catch (IOException failed) {
                counters.failed(counters.writeFailures);
                throw failed;
            }
        }

        @Override
        public ByteBuffer view(long end) throws IOException {
            DiskFile now = file;
            if (now != null) {
                return now.view(end);
            }
            try {
                DiskFile again = reopened();
                if (again.size() < end) {
                    throw new IOException(path + " came back with " + again.size() + " bytes and must have " + end);
                }
                return again.view(end);
            } catch (IOException failed) {
                counters.failed(counters.readFailures);
                throw failed;
            }
        }

        @Override
        public ByteBuffer privateView(long from, int size) throws IOException {
            return file().privateView(from, size);
        }

        @Override
        public long size() throws IOException {
            return file().size();
        }

        @Override
        public void truncate(long size) throws IOException {
            file().truncate(size);
        }

        @Override
        public boolean writable() {
            DiskFile now = file;
            return now != null && now.writable();
        }

        @Override
        public void discard() throws IOException {
            open.remove(path, this);
            // If it was let go of, there is nothing to free; to open it again would find the file that has its name now.
            DiskFile now = file;
            if (now != null) {
                now.discard();
            }
        }

        @Override
        public void close() throws IOException {
            open.remove(path, this);
            DiskFile now = file;
            if (now != null) {
                now.close();
            }
        }
    }
}
