package org.zosgrid.node.zdb;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.MappedByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import org.jspecify.annotations.Nullable;
import org.zosgrid.node.linux.Linux;
import org.zosgrid.node.linux.LinuxException;

/** The operating system's files: written with pwrite, read through a mapping, so that reading costs no system call and no memory of the process's own. */
final class SystemDisk implements Disk {
    private static final long FIRST_STEP = 64 << 10;
    private static final long LARGEST_STEP = 128 << 20;

    @Override
    public DiskFile open(Path path) throws IOException {
        try {
            return new SystemFile(path, FileChannel.open(path, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE), true);
        } catch (AccessDeniedException denied) {
            return readOnly(path);
        } catch (FileSystemException denied) {
            if (Files.exists(path) && String.valueOf(denied.getReason()).contains("Read-only")) {
                return readOnly(path);
            }
            throw denied;
        }
    }

    private static DiskFile readOnly(Path path) throws IOException {
        return new SystemFile(path, FileChannel.open(path, StandardOpenOption.READ), false);
    }

    @Override
    public boolean exists(Path path) {
        return Files.exists(path);
    }

    @Override
    public void delete(Path path) throws IOException {
        Files.deleteIfExists(path);
    }

    @Override
    public void rename(Path from, Path to) throws IOException {
        Files.move(from, to, StandardCopyOption.ATOMIC_MOVE);
    }

    @Override
    public void syncDirectory(Path directory) throws IOException {
        try (FileChannel names = FileChannel.open(directory, StandardOpenOption.READ)) {
            names.force(true);
        }
    }

    private static final class SystemFile implements DiskFile {
        private final Path path;
        private final FileChannel channel;
        private final boolean writable;
        private long reserved;
        private @Nullable MappedByteBuffer mapped;

        SystemFile(Path path, FileChannel channel, boolean writable) throws IOException {
            this.path = path;
            this.channel = channel;
            this.writable = writable;
            this.reserved = channel.size();
        }

        @Override
        public void write(ByteBuffer bytes, long at) throws IOException {
            long place = at;
            while (bytes.hasRemaining()) {
                place += channel.write(bytes, place);
            }
        }

        /** Grows in steps that double, so that a nearly empty namespace stays small and a full one asks seldom. */
        @Override
        public void reserve(long end) throws IOException {
            if (end <= reserved) {
                return;
            }
            long step = Math.clamp(reserved, FIRST_STEP, LARGEST_STEP);
            try {
                allocate(Math.max(end, reserved + step));
            } catch (LinuxException nearlyFull) {
                try {
                    allocate(end);
                } catch (LinuxException refused) {
                    throw new IOException("no space for " + path + ": " + refused.getMessage(), refused);
                }
            }
        }

        private void allocate(long bytes) {
            Linux.allocate(path, bytes);
            reserved = bytes;
        }

        @Override
        public ByteBuffer view(long end) throws IOException {
            MappedByteBuffer now = mapped;
            if (now == null || now.capacity() < end) {
                now = channel.map(FileChannel.MapMode.READ_ONLY, 0, Math.max(reserved, end));
                now.order(ByteOrder.LITTLE_ENDIAN);
                mapped = now;
            }
            return now;
        }

        @Override
        public ByteBuffer privateView(long from, int size) throws IOException {
            if (!writable) {
                ByteBuffer copy = ByteBuffer.allocateDirect(size);
                while (copy.hasRemaining() && channel.read(copy, from + copy.position()) > 0) {
                    // Until it is all there; a short file shows in the checksum.
                }
                return copy.clear();
            }
            return channel.map(FileChannel.MapMode.PRIVATE, from, size);
        }

        @Override
        public long size() throws IOException {
            return channel.size();
        }

        @Override
        public void truncate(long size) throws IOException {
            channel.truncate(size);
            // The mapping stays: nobody reads behind the end, and a new one would have to be filled again page by page.
            reserved = channel.size();
        }

        @Override
        public void sync() throws IOException {
            channel.force(false);
        }

        @Override
        public boolean writable() {
            return writable;
        }

        @Override
        public void close() throws IOException {
            channel.close();
        }
    }
}
