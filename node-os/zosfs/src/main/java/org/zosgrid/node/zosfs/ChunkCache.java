package org.zosgrid.node.zosfs;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import org.zosgrid.flist.Chunk;
import org.zosgrid.flist.ChunkSource;
import org.zosgrid.flist.FlistException;

/**
 * Chunks of all mounts of a node, on disk under their fingerprints, and the last few in memory. What comes from the hub or from the disk is checked
 * before anybody sees it; a damaged file is thrown away and fetched again. A chunk that several readers want is fetched once.
 */
public final class ChunkCache {
    private static final System.Logger LOG = System.getLogger(ChunkCache.class.getName());
    private static final int IN_MEMORY = 24;

    private final Path directory;
    private final ChunkSource source;
    private final Map<String, byte[]> memory = new LinkedHashMap<>(32, 0.75f, true) {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, byte[]> eldest) {
            return size() > IN_MEMORY;
        }
    };
    private final ConcurrentHashMap<String, CompletableFuture<byte[]>> loading = new ConcurrentHashMap<>();

    public ChunkCache(Path directory, ChunkSource source) {
        this.directory = directory;
        this.source = source;
        try {
            Files.createDirectories(directory);
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    /** The plain, verified content of a chunk; do not change it. */
    public byte[] load(String fingerprint) {
        synchronized (memory) {
            byte[] known = memory.get(fingerprint);
            if (known != null) {
                return known;
            }
        }
        CompletableFuture<byte[]> mine = new CompletableFuture<>();
        CompletableFuture<byte[]> other = loading.putIfAbsent(fingerprint, mine);
        if (other != null) {
            return join(other);
        }
        try {
            byte[] plain = fromDiskOrSource(fingerprint);
            synchronized (memory) {
                memory.put(fingerprint, plain);
            }
            mine.complete(plain);
            return plain;
        } catch (RuntimeException failed) {
            mine.completeExceptionally(failed);
            throw failed;
        } finally {
            loading.remove(fingerprint);
        }
    }

    /** Whether a chunk lies on the disk; its content is checked when it is loaded. */
    public boolean has(String fingerprint) {
        return Files.exists(place(fingerprint));
    }

    private static byte[] join(CompletableFuture<byte[]> other) {
        try {
            return other.join();
        } catch (CompletionException failed) {
            throw failed.getCause() instanceof RuntimeException cause ? cause : failed;
        }
    }

    private byte[] fromDiskOrSource(String fingerprint) {
        Path file = place(fingerprint);
        try {
            return Chunk.verified(Files.readAllBytes(file), fingerprint);
        } catch (NoSuchFileException absent) {
            return fetch(fingerprint, file);
        } catch (FlistException | IOException damaged) {
            LOG.log(System.Logger.Level.WARNING, "cached chunk {0} is damaged and fetched again: {1}", fingerprint, damaged.getMessage());
            return fetch(fingerprint, file);
        }
    }

    private byte[] fetch(String fingerprint, Path file) {
        byte[] plain = Chunk.unpack(source.fetch(fingerprint), fingerprint);
        try {
            Files.createDirectories(file.getParent());
            Path temporary = Files.createTempFile(directory, ".new", "");
            try {
                try (FileChannel channel = FileChannel.open(temporary, StandardOpenOption.WRITE)) {
                    ByteBuffer bytes = ByteBuffer.wrap(plain);
                    while (bytes.hasRemaining()) {
                        channel.write(bytes);
                    }
                }
                Files.move(temporary, file, StandardCopyOption.ATOMIC_MOVE);
            } finally {
                Files.deleteIfExists(temporary);
            }
        } catch (IOException full) {
            // A full disk makes reading slower, not impossible.
            LOG.log(System.Logger.Level.WARNING, "chunk {0} cannot be cached: {1}", fingerprint, full.getMessage());
        }
        return plain;
    }

    private Path place(String fingerprint) {
        return directory.resolve(fingerprint.substring(0, 2)).resolve(fingerprint);
    }
}
