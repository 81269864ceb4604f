package org.zosgrid.node.zdb;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.Optional;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/**
 * A namespace's index as it was when the store was closed. It is used once: removed when the namespace is opened for writing, so that one that is there
 * always fits the data. Without one, or with a damaged one, the index is rebuilt from the data.
 */
record Checkpoint(KeyIndex index, long end, int lastLength, long live, long liveBytes) {
    static final String FILE = "checkpoint";
    private static final int MAGIC = 0x5a444943;
    private static final int VERSION = 1;
    private static final int HEADER = 64;
    private static final int SEGMENT_HEADER = 12;
    private static final int PAGE = 4096;
    private static final int SEGMENTS_PER_VIEW = 16_384;

    static void save(Disk disk, Path directory, HashIndex index, long end, int lastLength, long live, long liveBytes) throws IOException {
        int segments = index.segments();
        ByteBuffer head = buffer(HEADER + segments * SEGMENT_HEADER);
        header(head, 0, index.seed, end, lastLength, live, liveBytes, index.globalDepth(), segments);
        Disk.DiskFile file = disk.open(directory.resolve(FILE));
        try {
            file.truncate(0);
            long slots = slotsAt(segments);
            file.reserve(slots + (long) segments * HashIndex.SEGMENT_BYTES);
            CRC32C checksum = new CRC32C();
            int[] written = {0};
            index.<IOException>forEachSegment((depth, used, content) -> {
                int at = HEADER + written[0] * SEGMENT_HEADER;
                checksum.reset();
                checksum.update(content.duplicate().clear());
                head.putInt(at, depth).putInt(at + 4, used).putInt(at + 8, (int) checksum.getValue());
                file.write(content.duplicate().clear(), slots + (long) written[0] * HashIndex.SEGMENT_BYTES);
                written[0]++;
            });
            finish(disk, directory, file, head);
        } finally {
            file.close();
        }
    }

    static void save(Disk disk, Path directory, SequenceIndex index, long end, int lastLength, long live, long liveBytes) throws IOException {
        index.sync();
        CRC32C checksum = new CRC32C();
        checksum.update(index.written().duplicate().position(0).limit((int) (index.next() * 8)));
        ByteBuffer head = buffer(HEADER);
        header(head, 1, index.next(), end, lastLength, live, liveBytes, (int) checksum.getValue(), 0);
        Disk.DiskFile file = disk.open(directory.resolve(FILE));
        try {
            file.truncate(0);
            finish(disk, directory, file, head);
        } finally {
            file.close();
        }
    }

    private static void header(ByteBuffer head, int mode, long own, long end, int lastLength, long live, long liveBytes, int depth, int segments) {
        head.putInt(4, MAGIC).putInt(8, VERSION).putInt(12, mode).putLong(16, own).putLong(24, end).putLong(32, live).putLong(40, liveBytes);
        head.putInt(48, depth).putInt(52, segments).putInt(56, lastLength);
    }

    /** The header is written last: a checkpoint without one is none. */
    private static void finish(Disk disk, Path directory, Disk.DiskFile file, ByteBuffer head) throws IOException {
        file.sync();
        head.putInt(0, EntryLayout.checksum(head, 0, head.capacity(), new CRC32C()));
        file.write(head.clear(), 0);
        file.sync();
        disk.syncDirectory(directory);
    }

    static Optional<Checkpoint> load(Disk disk, Path directory, Mode mode) throws IOException {
        if (!disk.exists(directory.resolve(FILE))) {
            return Optional.empty();
        }
        Disk.DiskFile file = disk.open(directory.resolve(FILE));
        try {
            long size = file.size();
            if (size < HEADER) {
                return Optional.empty();
            }
            ByteBuffer head = file.view(Math.min(size, Integer.MAX_VALUE));
            int segments = head.getInt(52);
            if (head.getInt(4) != MAGIC || head.getInt(8) != VERSION || segments < 0 || segments > 1 << 22 || size < HEADER + segments * (long) SEGMENT_HEADER
                    || head.getInt(0) != EntryLayout.checksum(head, 0, HEADER + segments * SEGMENT_HEADER, new CRC32C()) || head.getInt(12) != mode.ordinal()) {
                return Optional.empty();
            }
            KeyIndex index = mode == Mode.USER ? hashIndex(file, head, segments, size) : sequenceIndex(disk, directory, head);
            return index == null ? Optional.empty() : Optional.of(new Checkpoint(index, head.getLong(24), head.getInt(56), head.getLong(32), head.getLong(40)));
        } finally {
            file.close();
        }
    }

    private static @Nullable KeyIndex hashIndex(Disk.DiskFile file, ByteBuffer head, int segments, long size) throws IOException {
        long slots = slotsAt(segments);
        if (size < slots + (long) segments * HashIndex.SEGMENT_BYTES) {
            return null;
        }
        byte[] depths = new byte[segments];
        int[] used = new int[segments];
        ByteBuffer[] views = new ByteBuffer[(segments + SEGMENTS_PER_VIEW - 1) / SEGMENTS_PER_VIEW];
        for (int i = 0; i < views.length; i++) {
            int count = Math.min(SEGMENTS_PER_VIEW, segments - i * SEGMENTS_PER_VIEW);
            views[i] = file.privateView(slots + (long) i * SEGMENTS_PER_VIEW * HashIndex.SEGMENT_BYTES, count * HashIndex.SEGMENT_BYTES);
        }
        CRC32C checksum = new CRC32C();
        for (int i = 0; i < segments; i++) {
            int at = HEADER + i * SEGMENT_HEADER;
            depths[i] = (byte) head.getInt(at);
            used[i] = head.getInt(at + 4);
            checksum.reset();
            checksum.update(slice(views, i));
            if ((int) checksum.getValue() != head.getInt(at + 8)) {
                return null;
            }
        }
        return new HashIndex(head.getLong(16), head.getInt(48), depths, used, i -> slice(views, i));
    }

    private static ByteBuffer slice(ByteBuffer[] views, int segment) {
        return views[segment / SEGMENTS_PER_VIEW].slice(segment % SEGMENTS_PER_VIEW * HashIndex.SEGMENT_BYTES, HashIndex.SEGMENT_BYTES);
    }

    private static @Nullable KeyIndex sequenceIndex(Disk disk, Path directory, ByteBuffer head) throws IOException {
        long next = head.getLong(16);
        SequenceIndex index = new SequenceIndex(disk, directory.resolve(Namespace.TABLE), next);
        CRC32C checksum = new CRC32C();
        if (next > 0) {
            if (index.size() < next * 8) {
                index.close();
                return null;
            }
            checksum.update(index.written().duplicate().position(0).limit((int) (next * 8)));
        }
        if ((int) checksum.getValue() != head.getInt(48)) {
            index.close();
            return null;
        }
        return index;
    }

    static void remove(Disk disk, Path directory) throws IOException {
        ClosedFiles.remove(disk, directory);
        disk.delete(directory.resolve(FILE));
        disk.syncDirectory(directory);
    }

    private static long slotsAt(int segments) {
        return (HEADER + (long) segments * SEGMENT_HEADER + PAGE - 1) / PAGE * PAGE;
    }

    private static ByteBuffer buffer(int size) {
        return ByteBuffer.allocateDirect(size).order(ByteOrder.LITTLE_ENDIAN);
    }
}
