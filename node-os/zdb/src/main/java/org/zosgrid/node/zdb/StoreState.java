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
import java.util.Arrays;
import java.util.Locale;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.stream.Collectors;

/**
 * What a store is among its copies, as it is kept on the disk.
 *
 * @param store the same in all copies of a store
 * @param copy this data directory's own name
 * @param role what it is now
 * @param epoch in which its data was last written, by itself or by whom it follows; grows with each promotion
 * @param heard the highest epoch it knows of
 * @param primary whom it follows, as {@code host:port}; empty unless it is a secondary
 * @param before who was the primary before this store was promoted and does not know it yet; empty if there is none
 * @param secondaries copies that follow or have followed this one, and for which deletions are kept
 * @param diverged namespaces that are not what the primary's are; they are left alone until a resync is ordered
 */
record StoreState(UUID store, UUID copy, Role role, int epoch, int heard, String primary, String before, Set<String> secondaries, Set<String> diverged) {
    private static final String FILE = "store.properties";

    enum Role {
        /** Takes writes. */
        PRIMARY,
        /** Follows a primary and serves reads. */
        SECONDARY,
        /** Was the primary; another one was promoted since. */
        SUPERSEDED
    }

    StoreState {
        secondaries = Set.copyOf(secondaries);
        diverged = Set.copyOf(diverged);
    }

    static StoreState fresh() {
        return new StoreState(UUID.randomUUID(), UUID.randomUUID(), Role.PRIMARY, 1, 1, "", "", Set.of(), Set.of());
    }

    StoreState following(String address) {
        return new StoreState(store, copy, Role.SECONDARY, epoch, heard, address, "", secondaries, diverged);
    }

    /** Takes over: a new epoch, in which nobody else writes. */
    StoreState promoted() {
        int next = heard + 1;
        return new StoreState(store, copy, Role.PRIMARY, next, next, "", primary, secondaries, diverged);
    }

    StoreState superseded(int byEpoch) {
        return new StoreState(store, copy, Role.SUPERSEDED, epoch, byEpoch, "", "", secondaries, diverged);
    }

    /** Whoever was before knows it now. */
    StoreState told() {
        return new StoreState(store, copy, role, epoch, heard, primary, "", secondaries, diverged);
    }

    /** Belongs to a primary's store, whose data of this epoch it has from now on. */
    StoreState adopted(UUID other, int inEpoch) {
        return new StoreState(other, copy, role, inEpoch, Math.max(heard, inEpoch), primary, before, secondaries, diverged);
    }

    StoreState withSecondaries(Set<String> others) {
        return new StoreState(store, copy, role, epoch, heard, primary, before, others, diverged);
    }

    StoreState withDiverged(Set<String> names) {
        return new StoreState(store, copy, role, epoch, heard, primary, before, secondaries, names);
    }

    static StoreState read(Path directory) throws IOException {
        Path file = directory.resolve(FILE);
        if (!Files.exists(file)) {
            return fresh();
        }
        Properties properties = new Properties();
        try (Reader reader = Files.newBufferedReader(file)) {
            properties.load(reader);
        }
        try {
            return new StoreState(
                    UUID.fromString(properties.getProperty("store", "")),
                    UUID.fromString(properties.getProperty("copy", "")),
                    Role.valueOf(properties.getProperty("role", "").toUpperCase(Locale.ROOT)),
                    Integer.parseInt(properties.getProperty("epoch", "")),
                    Integer.parseInt(properties.getProperty("heard", "")),
                    properties.getProperty("primary", ""),
                    properties.getProperty("before", ""),
                    names(properties.getProperty("secondaries", "")),
                    names(properties.getProperty("diverged", "")));
        } catch (IllegalArgumentException broken) {
            throw new ZdbException.Damaged(file + " is damaged: " + broken.getMessage());
        }
    }

    private static Set<String> names(String lines) {
        return Arrays.stream(lines.split("\n")).filter(each -> !each.isEmpty()).collect(Collectors.toSet());
    }

    /** Written beside, synced, then renamed: there is always one whole file. */
    void write(Path directory) {
        Properties properties = new Properties();
        properties.setProperty("store", store.toString());
        properties.setProperty("copy", copy.toString());
        properties.setProperty("role", role.name().toLowerCase(Locale.ROOT));
        properties.setProperty("epoch", Integer.toString(epoch));
        properties.setProperty("heard", Integer.toString(heard));
        properties.setProperty("primary", primary);
        properties.setProperty("before", before);
        properties.setProperty("secondaries", String.join("\n", new TreeSet<>(secondaries)));
        properties.setProperty("diverged", String.join("\n", new TreeSet<>(diverged)));
        Path temporary = directory.resolve(FILE + ".new");
        try {
            try (Writer writer = Files.newBufferedWriter(temporary)) {
                properties.store(writer, null);
            }
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
