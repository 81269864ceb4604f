package org.zosgrid.node.zdb;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/**
 * A disk in memory that forgets. At a power cut, each 512-byte sector that was written since the last sync of its file is there or not, as chance has it;
 * so writes are lost, torn and reordered. Names are made, changed and removed in order, and of what was done since the last sync of a directory some may be
 * missing. Writes and reservations can be made to fail, and everything from a chosen operation on.
 */
final class FaultyDisk implements Disk {
    private static final int SECTOR = 512;
    private static final int CAPACITY = 1 << 20;

    private final Map<Path, Content> files = new HashMap<>();
    private final List<Map<Path, Content>> names = new ArrayList<>(List.of(Map.of()));
    private final Random random;
    /** Bytes of all files together that may still be reserved. */
    long space = Long.MAX_VALUE;
    boolean syncFails;
    /** Operations that still succeed. */
    long operations = Long.MAX_VALUE;

    private static final class Content {
        final byte[] now = new byte[CAPACITY];
        /** Grows with what is written: most files are small. */
        byte[] durable = {};
        /** Sectors that were written since the last sync; of all others, both have the same. */
        final BitSet written = new BitSet();
        /** Behind it both have zeros. */
        int end;
        long size;
        long durableSize;

        void written(int from, int to) {
            if (from < to) {
                written.set(from / SECTOR, (to - 1) / SECTOR + 1);
                end = Math.max(end, to);
                if (durable.length < end) {
                    durable = Arrays.copyOf(durable, Math.clamp(2L * Integer.highestOneBit(end), SECTOR, CAPACITY));
                }
            }
        }

        void truncate(long to) {
            if (to < end) {
                Arrays.fill(now, (int) to, end, (byte) 0);
                written((int) to, end);
            }
            size = to;
        }

        void sync() {
            written.stream().forEach(sector -> copy(now, durable, sector));
            written.clear();
            durableSize = size;
        }

        void cutPower(Random random) {
            written.stream().forEach(sector -> {
                if (random.nextBoolean()) {
                    copy(now, durable, sector);
                } else {
                    copy(durable, now, sector);
                }
            });
            truncate(random.nextBoolean() ? size : durableSize);
            sync();
        }

        private static void copy(byte[] from, byte[] to, int sector) {
            System.arraycopy(from, sector * SECTOR, to, sector * SECTOR, SECTOR);
        }
    }

    FaultyDisk(long seed) {
        this.random = new Random(seed);
    }

    void cutPower() {
        Map<Path, Content> left = names.get(random.nextInt(names.size()));
        files.clear();
        files.putAll(left);
        names.clear();
        names.add(Map.copyOf(files));
        files.values().forEach(each -> each.cutPower(random));
    }

    void flip(Path path, int at) {
        files.get(path).now[at] ^= 1;
        files.get(path).durable[at] ^= 1;
    }

    private void step() throws IOException {
        if (operations <= 0) {
            throw new IOException("the process was killed");
        }
        operations--;
    }

    private void named() {
        names.add(Map.copyOf(files));
    }

    /** Bytes of all files. */
    long used() {
        return files.values().stream().mapToLong(each -> each.size).sum();
    }

    @Override
    public DiskFile open(Path path) throws IOException {
        if (!files.containsKey(path)) {
            step();
            files.put(path, new Content());
            named();
        }
        return new FaultyFile(files.get(path));
    }

    @Override
    public boolean exists(Path path) {
        return files.containsKey(path);
    }

    @Override
    public void delete(Path path) throws IOException {
        step();
        files.remove(path);
        named();
    }

    @Override
    public void rename(Path from, Path to) throws IOException {
        step();
        files.put(to, files.remove(from));
        named();
    }

    @Override
    public void syncDirectory(Path directory) throws IOException {
        step();
        names.clear();
        names.add(Map.copyOf(files));
    }

    private final class FaultyFile implements DiskFile {
        private final Content content;

        FaultyFile(Content content) {
            this.content = content;
        }

        @Override
        public void write(ByteBuffer bytes, long at) throws IOException {
            step();
            int length = bytes.remaining();
            bytes.get(content.now, (int) at, length);
            content.written((int) at, (int) at + length);
            content.size = Math.max(content.size, at + length);
        }

        @Override
        public void reserve(long end) throws IOException {
            step();
            long more = end - content.size;
            if (more > space) {
                throw new IOException("the disk is full");
            }
            if (more > 0) {
                space -= more;
                content.size = end;
            }
        }

        @Override
        public ByteBuffer view(long end) {
            return ByteBuffer.wrap(content.now).order(ByteOrder.LITTLE_ENDIAN);
        }

        @Override
        public ByteBuffer privateView(long from, int size) {
            return ByteBuffer.wrap(Arrays.copyOfRange(content.now, (int) from, (int) from + size));
        }

        @Override
        public long size() {
            return content.size;
        }

        @Override
        public void truncate(long size) throws IOException {
            step();
            content.truncate(size);
        }

        @Override
        public void sync() throws IOException {
            step();
            if (syncFails) {
                throw new IOException("the disk failed");
            }
            content.sync();
        }

        @Override
        public boolean writable() {
            return true;
        }

        @Override
        public void close() {
            // Nothing to give back.
        }
    }
}
