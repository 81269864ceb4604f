package org.zosgrid.node.zdb;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/** Tells how many bytes of a namespace's data files have been gone through, file by file: a file counts when the next one is looked at for the second time. */
final class ProgressDisk implements Disk {
    private final Disk disk;
    private final Tool.Progress progress;
    private final long total;
    private long done;

    ProgressDisk(Disk disk, Path directory, Tool.Progress progress) throws IOException {
        this.disk = disk;
        this.progress = progress;
        try (Stream<Path> files = Files.list(directory)) {
            long bytes = 0;
            for (Path each : files.filter(ProgressDisk::data).toList()) {
                bytes += Files.size(each);
            }
            this.total = bytes;
        }
        progress.at(0, total);
    }

    private static boolean data(Path path) {
        return path.getFileName().toString().matches("d[0-9]+");
    }

    @Override
    public DiskFile open(Path path) throws IOException {
        DiskFile file = disk.open(path);
        return data(path) ? new Watched(file) : file;
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
        disk.syncDirectory(directory);
    }

    private final class Watched implements DiskFile {
        private final DiskFile file;
        private boolean looked;
        private boolean counted;

        Watched(DiskFile file) {
            this.file = file;
        }

        @Override
        public ByteBuffer view(long end) throws IOException {
            if (looked && !counted) {
                counted = true;
                progress.at(done, total);
                done += file.size();
            }
            looked = true;
            return file.view(end);
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
