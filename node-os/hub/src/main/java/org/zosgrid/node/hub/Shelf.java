package org.zosgrid.node.hub;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Optional;

/** Files under a name that was checked before; each appears whole: written beside, synced, renamed. */
final class Shelf {
    private final Path directory;

    Shelf(Path directory) throws IOException {
        this.directory = Files.createDirectories(directory);
    }

    boolean has(String name) {
        return Files.exists(place(name));
    }

    Optional<byte[]> get(String name) throws IOException {
        return has(name) ? Optional.of(Files.readAllBytes(place(name))) : Optional.empty();
    }

    void put(String name, byte[] content) throws IOException {
        Path target = place(name);
        Files.createDirectories(target.getParent());
        Path temporary = Files.createTempFile(directory, ".new", "");
        try {
            try (FileChannel channel = FileChannel.open(temporary, StandardOpenOption.WRITE)) {
                ByteBuffer bytes = ByteBuffer.wrap(content);
                while (bytes.hasRemaining()) {
                    channel.write(bytes);
                }
                channel.force(true);
            }
            Files.move(temporary, target, StandardCopyOption.ATOMIC_MOVE);
        } finally {
            Files.deleteIfExists(temporary);
        }
    }

    private Path place(String name) {
        return directory.resolve(name.substring(0, 2)).resolve(name);
    }
}
