package org.zosgrid.node.zdb;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.zip.CRC32C;

/**
 * Takes an exported namespace in. The whole file is verified before the first entry is written; a namespace that did not exist gets the properties it had,
 * except for its password, which is never exported.
 */
final class Import {
    /**
     * What the operator wants.
     *
     * @param merge whether a namespace that is there may be added to
     * @param password of the new namespace
     * @param noPassword that it shall have none, though the exported one had
     */
    record Wishes(boolean merge, Optional<String> password, boolean noPassword) {}

    /** Told of each record. */
    private interface Visitor {
        void record(byte type, byte[] key, byte[] payload, long time) throws IOException;
    }

    private final Path file;
    private final Tool.Progress progress;
    private long changed;
    private long unchanged;
    private long placeholders;

    private Import(Path file, Tool.Progress progress) {
        this.file = file;
        this.progress = progress;
    }

    static ObjectNode run(Path data, Path index, Path file, Optional<String> wanted, Wishes wishes, Tool.Progress progress) throws IOException {
        return new Import(file, progress).into(data, index, wanted, wishes);
    }

    private ObjectNode into(Path data, Path index, Optional<String> wanted, Wishes wishes) throws IOException {
        long size = Files.size(file);
        long[] records = {0};
        JsonNode header = read((type, key, payload, time) -> records[0]++, 0, size * 2);
        String name = wanted.orElse(header.path("name").asText());
        boolean exists = Files.isDirectory(data.resolve(name));
        if (exists && !wishes.merge()) {
            throw new IllegalArgumentException("--namespace: " + name + " is there already; take another name, or --merge to add to it");
        }
        if (!exists && header.path("password").asBoolean() && wishes.password().isEmpty() && !wishes.noPassword()) {
            throw new IllegalArgumentException("--password-file: " + name + " had a password, which is not exported; give one, or say --no-password");
        }
        Mode mode = header.path("mode").asText().equals("seq") ? Mode.SEQUENTIAL : Mode.USER;
        try (Store store = Store.open(data, index, new SystemDisk(), ZdbConfig.FILE_SIZE, NamespaceProperties.of(Mode.USER))) {
            Namespace namespace = exists ? store.namespace(name).orElseThrow() : store.create(name);
            NamespaceProperties before = exists ? namespace.properties() : restored(namespace.properties().withMode(mode), header, wishes, index);
            if (before.mode() != mode) {
                throw new IllegalArgumentException("--namespace: " + name + " has other keys than the exported namespace (is: " + before.mode() + ")");
            }
            try {
                namespace.update(before.withDurability(Durability.SYSTEM, before.interval()).withMaxSize(0).withWorm(false).withLocked(false).withFrozen(false));
                read((type, key, payload, time) -> take(namespace, type, key, payload, time), size, size * 2);
                fill(namespace, header.path("next").asLong());
                namespace.flush();
                namespace.sync();
                namespace.update(before);
            } catch (IOException | RuntimeException failed) {
                if (!exists) {
                    store.delete(name); // A part of it is nothing anybody wants.
                }
                throw failed;
            }
            return Tool.JSON.createObjectNode().put("namespace", name).put("records", records[0]).put("written", changed).put("unchanged", unchanged)
                    .put("placeholders", placeholders).put("keys", namespace.size());
        }
    }

    private static NamespaceProperties restored(NamespaceProperties fresh, JsonNode header, Wishes wishes, Path index) {
        NamespaceProperties properties = fresh
                .withDurability(Durability.valueOf(header.path("durability").asText("sync").toUpperCase(Locale.ROOT)), Duration.ofMillis(header.path("intervalMillis").asLong(1000)))
                .withMaxSize(header.path("maxsize").asLong()).withWorm(header.path("worm").asBoolean()).withOpen(header.path("public").asBoolean(true))
                .withLocked(header.path("locked").asBoolean()).withRetention(Retention.parse(header.path("retention").asText("all")));
        return wishes.password().map(each -> properties.withPassword(Password.hash(each), new Secret(index).seal(each))).orElse(properties);
    }

    private void take(Namespace namespace, byte type, byte[] key, byte[] payload, long time) {
        if (namespace.properties().mode() == Mode.SEQUENTIAL) {
            long number = Namespace.wrap(key).getLong(0);
            fill(namespace, number);
            if (type == ExportFormat.VERSION && number == namespace.nextNumber()) {
                namespace.stage(new byte[0], payload, time);
                changed++;
                return;
            }
            if (number == namespace.nextNumber()) {
                fill(namespace, number + 1);
                return;
            }
        }
        boolean wrote = type == ExportFormat.VERSION ? namespace.stage(key, payload, time) : namespace.stageDeletion(key, time);
        if (wrote) {
            changed++;
        } else {
            unchanged++;
        }
    }

    /** Numbers that the export has no record of were deleted: they must not be given to anybody again. */
    private void fill(Namespace namespace, long until) {
        if (namespace.properties().mode() != Mode.SEQUENTIAL) {
            return;
        }
        while (namespace.nextNumber() < until) {
            byte[] key = Namespace.wrap(new byte[8]).putLong(0, namespace.nextNumber()).array();
            namespace.stage(new byte[0], new byte[0], 0);
            namespace.stageDeletion(key, 0);
            placeholders++;
        }
    }

    /** Reads the file to its end and checks all of it. */
    private JsonNode read(Visitor visitor, long doneBefore, long total) throws IOException {
        MessageDigest digest = ExportFormat.digest();
        try (DataInputStream in = new DataInputStream(new DigestInputStream(new BufferedInputStream(Files.newInputStream(file), 1 << 20), digest))) {
            if (!Arrays.equals(in.readNBytes(8), ExportFormat.MAGIC)) {
                throw broken("does not begin as an export does");
            }
            JsonNode header = header(in);
            long records = 0;
            long at = 0;
            CRC32C checksum = new CRC32C();
            while (true) {
                byte type = in.readByte();
                if (type == ExportFormat.END) {
                    long told = Long.reverseBytes(in.readLong());
                    byte[] computed = ((MessageDigest) clone(digest)).digest();
                    if (told != records || !MessageDigest.isEqual(computed, in.readNBytes(computed.length)) || in.read() >= 0) {
                        throw broken("ends otherwise than it was written: " + records + " records (must be: " + told + ")");
                    }
                    return header;
                }
                byte[] head = new byte[ExportFormat.RECORD];
                head[0] = type;
                in.readFully(head, 1, head.length - 1);
                int keyLength = Byte.toUnsignedInt(head[1]);
                int payloadLength = Namespace.wrap(head).getInt(2);
                if (type != ExportFormat.VERSION && type != ExportFormat.DELETION || keyLength == 0 || payloadLength < 0 || payloadLength > EntryLayout.MAX_PAYLOAD
                        || header.path("mode").asText().equals("seq") && keyLength != 8) {
                    throw broken("has a record that cannot be, number " + records);
                }
                byte[] key = new byte[keyLength];
                byte[] payload = new byte[payloadLength];
                in.readFully(key);
                in.readFully(payload);
                checksum.reset();
                checksum.update(head);
                checksum.update(key);
                checksum.update(payload);
                if (Integer.reverseBytes(in.readInt()) != (int) checksum.getValue()) {
                    throw broken("is damaged in record " + records);
                }
                visitor.record(type, key, payload, Namespace.wrap(head).getLong(6));
                records++;
                at += head.length + keyLength + payloadLength + 4;
                progress.at(doneBefore + at, total);
            }
        } catch (EOFException cut) {
            throw broken("was cut off");
        }
    }

    private JsonNode header(DataInputStream in) throws IOException {
        int length = Integer.reverseBytes(in.readInt());
        if (length < 2 || length > ExportFormat.HEADER_LIMIT) {
            throw broken("has a header of " + length + " bytes, and at most " + ExportFormat.HEADER_LIMIT + " are allowed");
        }
        byte[] json = new byte[length];
        in.readFully(json);
        CRC32C checksum = new CRC32C();
        checksum.update(json);
        if (Integer.reverseBytes(in.readInt()) != (int) checksum.getValue()) {
            throw broken("is damaged in its header");
        }
        return Tool.JSON.readTree(json);
    }

    private static Object clone(MessageDigest digest) {
        try {
            return digest.clone();
        } catch (CloneNotSupportedException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private IllegalArgumentException broken(String how) {
        return new IllegalArgumentException("--file: " + file + " " + how);
    }
}
