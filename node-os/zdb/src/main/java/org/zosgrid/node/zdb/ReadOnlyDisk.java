package org.zosgrid.node.zdb;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** Files as they are: whoever looks through it changes nothing. May hide the checkpoint, so that the index is made from the data. */
final class ReadOnlyDisk implements Disk {
    private final boolean checkpoints;
    private final Disk disk = new SystemDisk();

    ReadOnlyDisk(boolean checkpoints) {
        this.checkpoints = checkpoints;
    }

    @Override
    public DiskFile open(Path path) throws IOException {
        // A probe that fails early for what is not there: opening must not make it.
        FileChannel.open(path, StandardOpenOption.READ).close();
        return new Closed(disk.open(path));
    }

    @Override
    public boolean exists(Path path) {
        return Files.exists(path) && (checkpoints || !path.endsWith(Checkpoint.FILE));
    }

    @Override
    public void delete(Path path) throws IOException {
        throw refused();
    }

    @Override
    public void rename(Path from, Path to) throws IOException {
        throw refused();
    }

    @Override
    public void syncDirectory(Path directory) throws IOException {
        throw refused();
    }

    private static IOException refused() {
        return new IOException("nothing may be changed here");
    }

    private record Closed(DiskFile file) implements DiskFile {
        @Override
        public void write(ByteBuffer bytes, long at) throws IOException {
            throw refused();
        }

        @Override
        public void reserve(long end) throws IOException {
            throw refused();
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
            throw refused();
        }

        @Override
        public void sync() throws IOException {
            throw refused();
        }

        @Override
        public boolean writable() {
            return false;
        }

        @Override
        public void close() throws IOException {
            file.close();
        }
    }
}
