package org.zosgrid.node.zdb;

import java.io.IOException;
import java.io.StringReader;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.Locale;
import java.util.Properties;
import java.util.UUID;

/**
 * What a namespace was told to be.
 *
 * @param interval how often a namespace of {@link Durability#INTERVAL} is synced; whole milliseconds, at least one
 * @param maxSize bytes of live payloads it may hold; 0 means no limit
 * @param worm written once: no key is overwritten or deleted
 * @param open whether a client may read it without its password
 * @param locked nobody may write
 * @param frozen nobody may read or write
 * @param password salted hash, or empty for none
 * @param secret the password under the store's own key, for SELECT SECURE, or empty for none
 * @param retention how much of the past compaction leaves
 * @param identity tells this namespace from others of the same name, before or after it; a new one when it is emptied
 * @param emptying whether its entries are being removed: an open goes on with that
 * @param quota what it is promised and held to
 */
public record NamespaceProperties(
        Mode mode, Durability durability, Duration interval, long maxSize, boolean worm, boolean open, boolean locked, boolean frozen, String password, String secret,
        Retention retention, UUID identity, boolean emptying, Quota quota) {
    private static final String FILE = "namespace.properties";
    private static final Duration SECOND = Duration.ofSeconds(1);

    public static NamespaceProperties of(Mode mode) {
        return new NamespaceProperties(mode, Durability.SYNC, SECOND, 0, false, true, false, false, "", "", Retention.ALL, UUID.randomUUID(), false, Quota.NONE);
    }

    NamespaceProperties withMode(Mode other) {
        return new NamespaceProperties(other, durability, interval, maxSize, worm, open, locked, frozen, password, secret, retention, identity, emptying, quota);
    }

    NamespaceProperties withDurability(Durability other, Duration every) {
        return new NamespaceProperties(mode, other, every, maxSize, worm, open, locked, frozen, password, secret, retention, identity, emptying, quota);
    }

    NamespaceProperties withMaxSize(long other) {
        return new NamespaceProperties(mode, durability, interval, other, worm, open, locked, frozen, password, secret, retention, identity, emptying, quota);
    }

    NamespaceProperties withWorm(boolean other) {
        return new NamespaceProperties(mode, durability, interval, maxSize, other, open, locked, frozen, password, secret, retention, identity, emptying, quota);
    }

    NamespaceProperties withOpen(boolean other) {
        return new NamespaceProperties(mode, durability, interval, maxSize, worm, other, locked, frozen, password, secret, retention, identity, emptying, quota);
    }

    NamespaceProperties withLocked(boolean other) {
        return new NamespaceProperties(mode, durability, interval, maxSize, worm, open, other, frozen, password, secret, retention, identity, emptying, quota);
    }

    NamespaceProperties withFrozen(boolean other) {
        return new NamespaceProperties(mode, durability, interval, maxSize, worm, open, locked, other, password, secret, retention, identity, emptying, quota);
    }

    NamespaceProperties withPassword(String hash, String sealed) {
        return new NamespaceProperties(mode, durability, interval, maxSize, worm, open, locked, frozen, hash, sealed, retention, identity, emptying, quota);
    }

    NamespaceProperties withSecret(String sealed) {
        return withPassword(password, sealed);
    }

    NamespaceProperties withRetention(Retention other) {
        return new NamespaceProperties(mode, durability, interval, maxSize, worm, open, locked, frozen, password, secret, other, identity, emptying, quota);
    }

    NamespaceProperties withIdentity(UUID other) {
        return new NamespaceProperties(mode, durability, interval, maxSize, worm, open, locked, frozen, password, secret, retention, other, emptying, quota);
    }

    NamespaceProperties withEmptying(boolean other) {
        return new NamespaceProperties(mode, durability, interval, maxSize, worm, open, locked, frozen, password, secret, retention, identity, other, quota);
    }

    NamespaceProperties withQuota(Quota other) {
        return new NamespaceProperties(mode, durability, interval, maxSize, worm, open, locked, frozen, password, secret, retention, identity, emptying, other);
    }

    static boolean present(Path directory) {
        return Files.exists(directory.resolve(FILE));
    }

    static void remove(Path directory) throws IOException {
        Files.deleteIfExists(directory.resolve(FILE));
    }

    static NamespaceProperties read(Path directory) throws IOException {
        try {
            return parse(Files.readString(directory.resolve(FILE)));
        } catch (IllegalArgumentException broken) {
            throw new ZdbException.Damaged(directory.resolve(FILE) + " is damaged: " + broken.getMessage());
        }
    }

    static NamespaceProperties parse(String text) throws IOException {
        Properties properties = new Properties();
        properties.load(new StringReader(text));
        return new NamespaceProperties(
                Mode.valueOf(properties.getProperty("mode", "").toUpperCase(Locale.ROOT)),
                Durability.valueOf(properties.getProperty("durability", "").toUpperCase(Locale.ROOT)),
                Duration.ofMillis(Long.parseLong(properties.getProperty("intervalMillis", "1000"))),
                Long.parseLong(properties.getProperty("maxSize", "0")),
                Boolean.parseBoolean(properties.getProperty("worm")),
                Boolean.parseBoolean(properties.getProperty("public", "true")),
                Boolean.parseBoolean(properties.getProperty("locked")),
                Boolean.parseBoolean(properties.getProperty("frozen")),
                properties.getProperty("password", ""),
                properties.getProperty("secret", ""),
                Retention.parse(properties.getProperty("retention", "all")),
                UUID.fromString(properties.getProperty("identity", "")),
                Boolean.parseBoolean(properties.getProperty("emptying")),
                new Quota(Long.parseLong(properties.getProperty("reserved", "0")), Integer.parseInt(properties.getProperty("connections", "0")),
                        Integer.parseInt(properties.getProperty("rate", "0"))));
    }

    /** As a properties file. */
    String toText() {
        Properties properties = new Properties();
        properties.setProperty("mode", mode.name().toLowerCase(Locale.ROOT));
        properties.setProperty("durability", durability.name().toLowerCase(Locale.ROOT));
        properties.setProperty("intervalMillis", Long.toString(interval.toMillis()));
        properties.setProperty("maxSize", Long.toString(maxSize));
        properties.setProperty("worm", Boolean.toString(worm));
        properties.setProperty("public", Boolean.toString(open));
        properties.setProperty("locked", Boolean.toString(locked));
        properties.setProperty("frozen", Boolean.toString(frozen));
        properties.setProperty("password", password);
        properties.setProperty("secret", secret);
        properties.setProperty("retention", retention.toString());
        properties.setProperty("identity", identity.toString());
        properties.setProperty("emptying", Boolean.toString(emptying));
        properties.setProperty("reserved", Long.toString(quota.reserved()));
        properties.setProperty("connections", Integer.toString(quota.connections()));
        properties.setProperty("rate", Integer.toString(quota.rate()));
        try {
            StringWriter text = new StringWriter();
            properties.store(text, null);
            return text.toString();
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
    }

    /** Written beside, synced, then renamed: there is always one whole file. */
    void write(Path directory) {
        Path temporary = directory.resolve(FILE + ".new");
        try {
            Files.writeString(temporary, toText());
            try (FileChannel file = FileChannel.open(temporary, StandardOpenOption.WRITE)) {
                file.force(true);
            }
            Files.move(temporary, directory.resolve(FILE), StandardCopyOption.ATOMIC_MOVE);
            try (FileChannel names = FileChannel.open(directory, StandardOpenOption.READ)) {
                names.force(true);
            }
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }
}
