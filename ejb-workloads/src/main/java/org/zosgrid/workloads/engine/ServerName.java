package org.zosgrid.workloads.engine;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.UUID;

/**
 * What a server calls itself among those that share its database: chosen by chance at its first start and kept in {@code zos.state}, so that it finds its own
 * jobs again. The folder's name would not do: it is the same on every machine.
 */
final class ServerName {
    private static final String FILE = "server-name";

    private ServerName() {}

    static UUID in(Path state) {
        Path file = state.resolve(FILE);
        try {
            if (!Files.exists(file)) {
                Path temporary = Files.createTempFile(state, FILE, "");
                Files.writeString(temporary, UUID.randomUUID() + "\n");
                Files.move(temporary, file, StandardCopyOption.ATOMIC_MOVE);
            }
            return UUID.fromString(Files.readString(file).strip());
        } catch (IOException failed) {
            throw new UncheckedIOException("cannot keep this server's name in " + file, failed);
        } catch (IllegalArgumentException broken) {
            throw new IllegalStateException(file + ": must hold a UUID; remove it and this server gets a new name", broken);
        }
    }
}
