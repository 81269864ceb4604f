package org.zosgrid.node.zdb;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;

/** Counts what a namespace does to its files; data files are those called {@code d} and a number. */
final class CountedDisk implements Disk {
    final DiskCounters data = new DiskCounters();
    final DiskCounters index = new DiskCounters();
    private final Disk disk;

    CountedDisk(Disk disk) {
        this.disk = disk;
    }

    @Override
    public DiskFile open(Path path) throws IOException {
        DiskCounters counters = path.getFileName().toString().matches("d[0-9]+") ? data : index;
        try {
            return new CountedFile(disk.open(path), counters);
        } catch (IOException failed) {
            counters.failed(counters.readFailures);
            throw failed;
        }
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
    public void syncDirectory(Path directory) throws IOException {
        disk.syncDirectory(directory);
    }

    private record CountedFile(DiskFile file, DiskCounters counters) implements DiskFile {
        @Override
        public void write(ByteBuffer bytes, long at) throws IOException {
            int length = bytes.remaining();
            try {
                file.write(bytes, at);
            } catch (IOException failed) {
                counters.failed(counters.writeFailures);
                throw failed;
            }
            counters.written.add(length);
        }

        @Override
        public void reserve(long end) throws IOException {
            try {
                file.reserve(end);
            } catch (IOException failed) {
                counters.failed(counters.writeFailures);
                throw failed;
            }
        }

        @Override
        public void sync() throws IOException {
            try {
                file.sync();
            } catch (IOException failed) {
                counters.failed(counters.writeFailures);
                throw failed;
            }
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
        public boolean writable() {
            return file.writable();
        }

        @Override
        public void close() throws IOException {
            file.close();
        }
    }
}
