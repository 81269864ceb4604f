package org.zosgrid.node.zdb;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.jspecify.annotations.Nullable;

/** Keeps a second process out of a data directory: two that write the same log destroy it. The kernel lets go of it when the process dies. */
final class StoreLock implements AutoCloseable {
    private static final String FILE = "lock";

    private final @Nullable FileChannel channel;

    private StoreLock(@Nullable FileChannel channel) {
        this.channel = channel;
    }

    /** On a disk that cannot be written there is nothing to keep anybody from. */
    static StoreLock take(Path directory) throws IOException {
        FileChannel channel;
        try {
            channel = FileChannel.open(directory.resolve(FILE), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        } catch (AccessDeniedException readOnly) {
            return new StoreLock(null);
        } catch (FileSystemException readOnly) {
            if (String.valueOf(readOnly.getReason()).contains("Read-only")) {
                return new StoreLock(null);
            }
            throw readOnly;
        }
        try {
            FileLock lock = channel.tryLock();
            if (lock == null) {
                throw new IOException("another process uses the store in " + directory);
            }
            return new StoreLock(channel);
        } catch (OverlappingFileLockException own) {
            channel.close();
            throw new IOException("this process uses the store in " + directory + " already", own);
        } catch (IOException failed) {
            channel.close();
            throw failed;
        }
    }

    @Override
    public void close() {
        if (channel != null) {
            try {
                channel.close();
            } catch (IOException gone) {
                // Nothing is held any more either way.
            }
        }
    }
}
