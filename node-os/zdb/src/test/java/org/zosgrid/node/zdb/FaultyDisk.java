package org.zosgrid.node.zdb;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
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
        byte[] now = new byte[CAPACITY];
        byte[] durable = new byte[CAPACITY];
        long size;
        long durableSize;
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
        for (Content each : files.values()) {
            for (int at = 0; at < CAPACITY; at += SECTOR) {
                if (random.nextBoolean()) {
                    System.arraycopy(each.now, at, each.durable, at, SECTOR);
                }
            }
            long size = random.nextBoolean() ? each.size : each.durableSize;
            each.now = each.durable.clone();
            Arrays.fill(each.now, (int) size, CAPACITY, (byte) 0);
            each.durable = each.now.clone();
            each.size = size;
            each.durableSize = size;
        }
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
            if (size < content.size) {
                Arrays.fill(content.now, (int) size, CAPACITY, (byte) 0);
            }
            content.size = size;
        }

        @Override
        public void sync() throws IOException {
            step();
            if (syncFails) {
                throw new IOException("the disk failed");
            }
            content.durable = content.now.clone();
            content.durableSize = content.size;
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
