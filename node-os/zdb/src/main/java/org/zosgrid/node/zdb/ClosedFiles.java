package org.zosgrid.node.zdb;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.zip.CRC32C;

/**
 * What a start has to know of the closed data files that are not there because they were taken elsewhere, so that none is fetched before somebody reads it.
 * Saved and removed with the {@link Checkpoint}. A compacted file brings a table of its own along and is not among them.
 */
final class ClosedFiles {
    static final String FILE = "closed";
    static final ClosedFiles NONE = new ClosedFiles(Map.of());

    private static final int MAGIC = 0x5a444346;
    private static final int HEADER = 12;
    private static final int ROW = 12;
    private static final int MOST = 1 << 22;

    private final Map<Integer, Known> files;

    private record Known(int epoch, int end) {}

    private ClosedFiles(Map<Integer, Known> files) {
        this.files = files;
    }

    static void save(Disk disk, Path directory, List<DataFile> files) throws IOException {
        List<LogFile> plain = files.subList(0, files.size() - 1).stream().filter(LogFile.class::isInstance).map(LogFile.class::cast).toList();
        Disk.DiskFile file = disk.open(directory.resolve(FILE));
        try {
            file.truncate(0);
            ByteBuffer bytes = ByteBuffer.allocateDirect(HEADER + plain.size() * ROW).order(ByteOrder.LITTLE_ENDIAN);
            bytes.putInt(4, MAGIC).putInt(8, plain.size());
            int at = HEADER;
            for (LogFile each : plain) {
                bytes.putInt(at, each.number()).putInt(at + 4, each.epoch()).putInt(at + 8, each.end());
                at += ROW;
            }
            bytes.putInt(0, EntryLayout.checksum(bytes, 0, bytes.capacity(), new CRC32C()));
            file.reserve(bytes.capacity());
            file.write(bytes.clear(), 0);
            file.sync();
        } finally {
            file.close();
        }
    }

    /** Nothing is known where there is no checkpoint or the file is damaged; then every data file is opened. */
    static ClosedFiles load(Disk disk, Path directory) throws IOException {
        if (!disk.exists(directory.resolve(FILE)) || !disk.exists(directory.resolve(Checkpoint.FILE))) {
            return NONE;
        }
        Disk.DiskFile file = disk.open(directory.resolve(FILE));
        try {
            long size = file.size();
            ByteBuffer view = file.view(size);
            int count = size < HEADER ? -1 : view.getInt(8);
            if (count < 0 || count > MOST || size < HEADER + (long) count * ROW || view.getInt(4) != MAGIC
                    || view.getInt(0) != EntryLayout.checksum(view, 0, HEADER + count * ROW, new CRC32C())) {
                return NONE;
            }
            Map<Integer, Known> files = new HashMap<>();
            for (int at = HEADER; at < HEADER + count * ROW; at += ROW) {
                files.put(view.getInt(at), new Known(view.getInt(at + 4), view.getInt(at + 8)));
            }
            return new ClosedFiles(files);
        } finally {
            file.close();
        }
    }

    static void remove(Disk disk, Path directory) throws IOException {
        disk.delete(directory.resolve(FILE));
    }

    /** A data file as it was when the store was closed, if it is known and was taken away; it is fetched when it is read. */
    Optional<DataFile> away(Disk disk, Path directory, int number) {
        Known known = files.get(number);
        Path path = directory.resolve("d" + number);
        return known == null ? Optional.empty() : disk.away(path).map(file -> LogFile.closed(path, number, file, known.epoch(), known.end()));
    }
}
