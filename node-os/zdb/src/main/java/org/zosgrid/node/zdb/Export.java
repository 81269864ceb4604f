package org.zosgrid.node.zdb;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.zip.CRC32C;

/** Writes a namespace to a file, in the order of its log: the newest version of each key, or every version and deletion there is. */
final class Export {
    private Export() {}

    static ObjectNode run(Namespace namespace, Path file, boolean history, Tool.Progress progress) throws IOException {
        Path temporary = file.resolveSibling(file.getFileName() + ".new");
        MessageDigest digest = ExportFormat.digest();
        long records;
        try (FileChannel channel = FileChannel.open(temporary, StandardOpenOption.CREATE, StandardOpenOption.WRITE, StandardOpenOption.TRUNCATE_EXISTING)) {
            OutputStream out = new DigestOutputStream(new BufferedOutputStream(java.nio.channels.Channels.newOutputStream(channel), 1 << 20), digest);
            out.write(ExportFormat.MAGIC);
            header(out, namespace, history);
            records = entries(out, namespace, history, progress);
            ByteBuffer end = buffer(9).put(ExportFormat.END).putLong(records);
            out.write(end.array());
            byte[] hash = digest.digest();
            out.write(hash);
            out.flush();
            channel.force(true);
            Files.move(temporary, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            return Tool.JSON.createObjectNode().put("namespace", namespace.name()).put("file", file.toString()).put("records", records).put("history", history)
                    .put("bytes", Files.size(file)).put("sha256", HexFormat.of().formatHex(hash));
        } finally {
            Files.deleteIfExists(temporary);
        }
    }

    private static void header(OutputStream out, Namespace namespace, boolean history) throws IOException {
        NamespaceProperties properties = namespace.properties();
        ObjectNode header = Tool.JSON.createObjectNode().put("name", namespace.name()).put("mode", properties.mode() == Mode.SEQUENTIAL ? "seq" : "user")
                .put("maxsize", properties.maxSize()).put("worm", properties.worm()).put("public", properties.open()).put("locked", properties.locked())
                .put("password", !properties.password().isEmpty()).put("retention", properties.retention().toString())
                .put("durability", properties.durability().name().toLowerCase(java.util.Locale.ROOT)).put("intervalMillis", properties.interval().toMillis())
                .put("next", namespace.nextNumber()).put("history", history).put("exported", Instant.now().toString());
        byte[] json = Tool.JSON.writeValueAsBytes(header);
        CRC32C checksum = new CRC32C();
        checksum.update(json);
        out.write(buffer(4).putInt(json.length).array());
        out.write(json);
        out.write(buffer(4).putInt((int) checksum.getValue()).array());
    }

    private static long entries(OutputStream out, Namespace namespace, boolean history, Tool.Progress progress) throws IOException {
        long[] records = {0};
        long[] before = {0};
        long total = namespace.fileBytes();
        CRC32C checksum = new CRC32C();
        List<Damage> damages = new ArrayList<>(namespace.damages());
        for (DataFile file : namespace.log().files()) {
            file.replay((view, at, location) -> {
                int keyLength = EntryLayout.keyLength(view, at);
                boolean newest = namespace.find(view, at + EntryLayout.HEADER, keyLength) == location;
                if (history || newest && !EntryLayout.deleted(view, at)) {
                    int payload = EntryLayout.payloadLength(view, at);
                    byte[] record = new byte[ExportFormat.RECORD + keyLength + payload + 4];
                    ByteBuffer bytes = Namespace.wrap(record);
                    bytes.put(EntryLayout.deleted(view, at) ? ExportFormat.DELETION : ExportFormat.VERSION).put((byte) keyLength).putInt(payload).putLong(EntryLayout.time(view, at));
                    view.get(at + EntryLayout.HEADER, record, ExportFormat.RECORD, keyLength + payload);
                    checksum.reset();
                    checksum.update(record, 0, record.length - 4);
                    bytes.putInt(record.length - 4, (int) checksum.getValue());
                    write(out, record);
                    records[0]++;
                }
                progress.at(before[0] + at, total);
            }, damages, DataFile.Ending.KEPT);
            before[0] += file.bytes();
        }
        if (!damages.isEmpty()) {
            throw new IllegalStateException("namespace " + namespace.name() + " is damaged, first in d" + damages.getFirst().file() + " at " + damages.getFirst().offset()
                    + ", and 'verify' lists all of it; nothing is exported, since it would look whole");
        }
        return records[0];
    }

    private static void write(OutputStream out, byte[] record) {
        try {
            out.write(record);
        } catch (IOException full) {
            throw new java.io.UncheckedIOException("the export cannot be written: " + full.getMessage(), full);
        }
    }

    private static ByteBuffer buffer(int size) {
        return ByteBuffer.allocate(size).order(ByteOrder.LITTLE_ENDIAN);
    }
}
