package org.zosgrid.node.zdb;

import java.io.IOException;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Locale;
import java.util.Properties;

/**
 * What a namespace was told to be.
 *
 * @param maxSize bytes of live payloads it may hold; 0 means no limit
 * @param worm written once: no key is overwritten or deleted
 * @param password salted hash, or empty for none
 */
public record NamespaceProperties(Mode mode, Durability durability, long maxSize, boolean worm, String password) {
    private static final String FILE = "namespace.properties";

    public static NamespaceProperties of(Mode mode) {
        return new NamespaceProperties(mode, Durability.SYNC, 0, false, "");
    }

    NamespaceProperties withMode(Mode other) {
        return new NamespaceProperties(other, durability, maxSize, worm, password);
    }

    NamespaceProperties withMaxSize(long other) {
        return new NamespaceProperties(mode, durability, other, worm, password);
    }

    NamespaceProperties withWorm(boolean other) {
        return new NamespaceProperties(mode, durability, maxSize, other, password);
    }

    NamespaceProperties withPassword(String other) {
        return new NamespaceProperties(mode, durability, maxSize, worm, other);
    }

    static NamespaceProperties read(Path directory) throws IOException {
        Properties properties = new Properties();
        try (Reader reader = Files.newBufferedReader(directory.resolve(FILE))) {
            properties.load(reader);
        }
        try {
            return new NamespaceProperties(
                    Mode.valueOf(properties.getProperty("mode", "").toUpperCase(Locale.ROOT)),
                    Durability.valueOf(properties.getProperty("durability", "").toUpperCase(Locale.ROOT)),
                    Long.parseLong(properties.getProperty("maxSize", "0")),
                    Boolean.parseBoolean(properties.getProperty("worm")),
                    properties.getProperty("password", ""));
        } catch (IllegalArgumentException broken) {
            throw new ZdbException.Damaged(directory.resolve(FILE) + " is damaged: " + broken.getMessage());
        }
    }

    /** Written beside, synced, then renamed: there is always one whole file. */
    void write(Path directory) {
        Properties properties = new Properties();
        properties.setProperty("mode", mode.name().toLowerCase(Locale.ROOT));
        properties.setProperty("durability", durability.name().toLowerCase(Locale.ROOT));
        properties.setProperty("maxSize", Long.toString(maxSize));
        properties.setProperty("worm", Boolean.toString(worm));
        properties.setProperty("password", password);
        Path temporary = directory.resolve(FILE + ".new");
        try {
            try (Writer writer = Files.newBufferedWriter(temporary)) {
                properties.store(writer, null);
            }
            try (FileChannel file = FileChannel.open(temporary, StandardOpenOption.WRITE)) {
                file.force(true);
            }
            Files.move(temporary, directory.resolve(FILE), StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }
}
