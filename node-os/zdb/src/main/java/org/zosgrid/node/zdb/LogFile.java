package org.zosgrid.node.zdb;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.function.BiConsumer;
import java.util.zip.CRC32C;

/**
 * One file of a namespace's log. An entry is a header of {@value #HEADER_BYTES} bytes (checksum, lengths, flags, time, place of the key's previous
 * version), then key and payload, all little-endian. The checksum covers everything behind it.
 */
final class LogFile implements AutoCloseable {
    static final int HEADER_BYTES = 36;

    private static final int MAGIC = 0x5a444232;
    private static final int FILE_HEADER_BYTES = 8;
    private static final int DELETED = 1;
    private static final int MAX_KEY = 255;
    private static final int MAX_PAYLOAD = 8 << 20;

    /** An entry as it was read: with its key, its payload and the place of the key's previous version (file -1 if there is none). */
    record Stored(Entry entry, byte[] key, byte[] payload, int previousFile, long previousOffset) {}

    private final Path path;
    private final int number;
    private final FileChannel channel;
    private long end;

    private LogFile(Path path, int number, FileChannel channel, long end) {
        this.path = path;
        this.number = number;
        this.channel = channel;
        this.end = end;
    }

    static LogFile open(Path path, int number) throws IOException {
        FileChannel channel = FileChannel.open(path, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
        try {
            if (channel.size() < FILE_HEADER_BYTES) {
                ByteBuffer header = buffer(FILE_HEADER_BYTES).putInt(MAGIC).putInt(number).flip();
                channel.truncate(0);
                writeFully(channel, header, 0);
                channel.force(true);
            } else {
                ByteBuffer header = buffer(FILE_HEADER_BYTES);
                readFully(channel, header, 0);
                if (header.flip().getInt() != MAGIC) {
                    throw new ZdbException.Damaged(path + " is no log file of this store");
                }
            }
            return new LogFile(path, number, channel, channel.size());
        } catch (IOException | RuntimeException failed) {
            channel.close();
            throw failed;
        }
    }

    int number() {
        return number;
    }

    long end() {
        return end;
    }

    /**
     * Reads every entry in order. A torn end, as a crash leaves it, is cut off; a broken entry with whole ones behind it is damage and fails.
     *
     * @return bytes that were cut off
     */
    long replay(BiConsumer<Entry, byte[]> each) throws IOException {
        long at = FILE_HEADER_BYTES;
        while (at < end) {
            Stored stored = tryRead(at);
            if (stored == null) {
                long torn = end - at;
                if (followedByWholeEntry(at)) {
                    throw new ZdbException.Damaged(path + " is damaged at offset " + at + ": whole entries follow, so this is no torn write");
                }
                channel.truncate(at);
                channel.force(true);
                end = at;
                return torn;
            }
            each.accept(stored.entry(), stored.key());
            at = stored.entry().end();
        }
        return 0;
    }

    /** Appends an entry; on failure the file is as it was before. */
    Entry append(byte[] key, byte[] payload, boolean deleted, long time, int previousFile, long previousOffset) {
        ByteBuffer bytes = buffer(HEADER_BYTES + key.length + payload.length)
                .putInt(0)
                .putInt(payload.length)
                .put((byte) key.length)
                .put((byte) (deleted ? DELETED : 0))
                .putShort((short) 0)
                .putInt(previousFile)
                .putLong(previousOffset)
                .putLong(time)
                .putInt(0)
                .put(key)
                .put(payload);
        bytes.putInt(0, checksum(bytes.array())).flip();
        try {
            writeFully(channel, bytes, end);
        } catch (IOException full) {
            cutBack();
            throw new ZdbException.DiskFailed("Cannot write data right now", full);
        }
        Entry entry = new Entry(number, end, key.length, payload.length, time, deleted);
        end = entry.end();
        return entry;
    }

    void sync() throws IOException {
        channel.force(false);
    }

    /** Reads an entry and checks it. */
    Stored read(long offset) {
        try {
            Stored stored = tryRead(offset);
            if (stored == null) {
                throw new ZdbException.Damaged(path + " is damaged at offset " + offset);
            }
            return stored;
        } catch (IOException failed) {
            throw new ZdbException.DiskFailed("Internal Error", failed);
        }
    }

    private @org.jspecify.annotations.Nullable Stored tryRead(long at) throws IOException {
        if (end - at < HEADER_BYTES) {
            return null;
        }
        ByteBuffer header = buffer(HEADER_BYTES);
        readFully(channel, header, at);
        int payloadLength = header.getInt(4);
        int keyLength = Byte.toUnsignedInt(header.get(8));
        if (payloadLength < 0 || payloadLength > MAX_PAYLOAD || keyLength > MAX_KEY || at + HEADER_BYTES + keyLength + payloadLength > end) {
            return null;
        }
        ByteBuffer whole = buffer(HEADER_BYTES + keyLength + payloadLength);
        readFully(channel, whole, at);
        if (whole.getInt(0) != checksum(whole.array())) {
            return null;
        }
        byte[] key = new byte[keyLength];
        byte[] payload = new byte[payloadLength];
        whole.position(HEADER_BYTES).get(key).get(payload);
        Entry entry = new Entry(number, at, keyLength, payloadLength, whole.getLong(24), (whole.get(9) & DELETED) != 0);
        return new Stored(entry, key, payload, whole.getInt(12), whole.getLong(16));
    }

    /** A torn write has nothing behind it; damage in the middle has. */
    private boolean followedByWholeEntry(long at) throws IOException {
        long limit = Math.min(end, at + HEADER_BYTES + MAX_KEY + MAX_PAYLOAD + 1L);
        for (long next = at + 1; next + HEADER_BYTES <= limit; next++) {
            ByteBuffer lengths = buffer(9);
            readFully(channel, lengths, next);
            int payloadLength = lengths.getInt(4);
            long entryEnd = next + HEADER_BYTES + Byte.toUnsignedInt(lengths.get(8)) + payloadLength;
            if (payloadLength >= 0 && payloadLength <= MAX_PAYLOAD && entryEnd <= end && tryRead(next) != null) {
                return true;
            }
        }
        return false;
    }

    private void cutBack() {
        try {
            channel.truncate(end);
        } catch (IOException stillFull) {
            // The torn end is cut off at the next start instead: its checksum does not fit.
        }
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }

    private static int checksum(byte[] entry) {
        CRC32C checksum = new CRC32C();
        checksum.update(entry, 4, entry.length - 4);
        return (int) checksum.getValue();
    }

    private static ByteBuffer buffer(int size) {
        return ByteBuffer.allocate(size).order(ByteOrder.LITTLE_ENDIAN);
    }

    private static void writeFully(FileChannel channel, ByteBuffer bytes, long at) throws IOException {
        while (bytes.hasRemaining()) {
            at += channel.write(bytes, at);
        }
    }

    private static void readFully(FileChannel channel, ByteBuffer bytes, long at) throws IOException {
        while (bytes.hasRemaining()) {
            int count = channel.read(bytes, at + bytes.position());
            if (count < 0) {
                throw new IOException("the file ended early");
            }
        }
    }
}
