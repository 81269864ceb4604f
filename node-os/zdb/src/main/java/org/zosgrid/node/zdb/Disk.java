package org.zosgrid.node.zdb;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.Optional;

/** Where files lie. The operating system's in production; tests put one below the store that loses, tears and refuses writes. */
interface Disk {

    /** Opens a file, making it if it is absent and the disk can be written. */
    DiskFile open(Path path) throws IOException;

    boolean exists(Path path);

    /** A file that was taken elsewhere, to be fetched when it is read; empty if it is here, or nobody could fetch it. */
    default Optional<DiskFile> away(Path path) {
        return Optional.empty();
    }

    void delete(Path path) throws IOException;

    /** Gives a file another name, in place of the one that had it: at any time, one of the two is there. */
    void rename(Path from, Path to) throws IOException;

    /** So many bytes of a data file were read through its view. */
    default void viewed(int bytes) {
        // Whoever counts them overrides this.
    }

    /** Makes the names in a directory as durable as the files. */
    void syncDirectory(Path directory) throws IOException;

    /** A file that is written at one place and read through a view. */
    interface DiskFile extends AutoCloseable {
        long DISCARD_STEP = 32 << 20;

        /** Writes all remaining bytes. */
        void write(ByteBuffer bytes, long at) throws IOException;

        /** Sets space aside, so that writes below {@code end} do not meet a full disk. May make the file longer, with zeros. */
        void reserve(long end) throws IOException;

        /** The file's bytes, little-endian, at least up to {@code end}; shows later writes too. */
        ByteBuffer view(long end) throws IOException;

        /** A part of the file that may be changed in memory; nothing of it reaches the file. */
        ByteBuffer privateView(long from, int size) throws IOException;

        long size() throws IOException;

        void truncate(long size) throws IOException;

        void sync() throws IOException;

        boolean writable();

        /** Closes a file whose name another one has by now, and frees its space though it may still be mapped; nobody may read it any more. */
        default void discard() throws IOException {
            // In steps, so that the file system is never busy with it for long.
            for (long size = size(); size > 0; ) {
                size = Math.max(0, size - DISCARD_STEP);
                truncate(size);
            }
            close();
        }

        @Override
        void close() throws IOException;
    }
}
