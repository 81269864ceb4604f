package org.zosgrid.node.zdb;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;

/** The operating system's files, whose syncs, of files and of folders, wait at a gate once it is closed. */
final class GatedDisk implements Disk {
    private final Disk disk = new SystemDisk();
    private final Semaphore gate = new Semaphore(0);
    private final AtomicInteger arrivals = new AtomicInteger();
    private volatile boolean closed;

    void close() {
        closed = true;
    }

    /** Whether somebody stands at the gate. */
    boolean waitedFor() {
        return gate.hasQueuedThreads();
    }

    /** How many have come to the closed gate. */
    int arrivals() {
        return arrivals.get();
    }

    void letOneThrough() {
        gate.release();
    }

    void open() {
        closed = false;
        gate.release(1_000);
    }

    private void waitAtGate() {
        if (closed) {
            arrivals.incrementAndGet();
            gate.acquireUninterruptibly();
        }
    }

    @Override
    public DiskFile open(Path path) throws IOException {
        return new GatedFile(disk.open(path));
    }

    @Override
    public boolean exists(Path path) {
        return disk.exists(path);
    }

    @Override
    public void delete(Path path) throws IOException {
        disk.delete(path);
    }

    @Override
    public void rename(Path from, Path to) throws IOException {
        disk.rename(from, to);
    }

    @Override
    public void syncDirectory(Path directory) throws IOException {
        waitAtGate();
        disk.syncDirectory(directory);
    }

    private final class GatedFile implements DiskFile {
        private final DiskFile file;

        GatedFile(DiskFile file) {
            this.file = file;
        }

        @Override
        public void write(ByteBuffer bytes, long at) throws IOException {
            file.write(bytes, at);
        }

        @Override
        public void reserve(long end) throws IOException {
            file.reserve(end);
        }

        @Override
        public ByteBuffer view(long end) throws IOException {
            return file.view(end);
        }

        @Override
        public ByteBuffer privateView(long from, int size) throws IOException {
            return file.privateView(from, size);
        }

        @Override
        public long size() throws IOException {
            return file.size();
        }

        @Override
        public void truncate(long size) throws IOException {
            file.truncate(size);
        }

        @Override
        public void sync() throws IOException {
            waitAtGate();
            file.sync();
        }

        @Override
        public boolean writable() {
            return file.writable();
        }

        @Override
        public void close() throws IOException {
            file.close();
        }
    }
}
