package org.zosgrid.node.zdb;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.List;
import java.util.zip.CRC32C;

/** One data file. What was written to it never changes; only the newest file of a namespace grows. */
final class LogFile {
    static final int FILE_HEADER = 32;

    private static final int MAGIC = 0x5a444233;
    private static final int VERSION = 3;

    private final Path path;
    private final int number;
    private final Disk.DiskFile file;
    private int end;

    /** Told of every whole entry, in order. */
    interface Visitor {
        void entry(ByteBuffer file, int at, long location);
    }

    private LogFile(Path path, int number, Disk.DiskFile file, int end) {
        this.path = path;
        this.number = number;
        this.file = file;
        this.end = end;
    }

    static LogFile open(Disk disk, Path directory, int number) throws IOException {
        Path path = directory.resolve("d" + number);
        boolean fresh = !disk.exists(path);
        Disk.DiskFile file = disk.open(path);
        try {
            CRC32C checksum = new CRC32C();
            long size = file.size();
            if (size > Integer.MAX_VALUE) {
                throw new ZdbException.Damaged(path + " must be smaller than 2 GiB (is: " + size + " bytes)");
            }
            // A crash between making a file and writing its header leaves it short or full of zeros.
            if (fresh || size < FILE_HEADER || blank(file.view(size), 0, (int) size)) {
                ByteBuffer header = ByteBuffer.allocateDirect(FILE_HEADER).order(ByteOrder.LITTLE_ENDIAN);
                header.putInt(4, MAGIC).putInt(8, VERSION).putInt(12, number).putLong(16, System.currentTimeMillis());
                header.putInt(0, EntryLayout.checksum(header, 0, FILE_HEADER, checksum));
                file.reserve(FILE_HEADER);
                file.write(header, 0);
                file.sync();
                disk.syncDirectory(directory);
                return new LogFile(path, number, file, FILE_HEADER);
            }
            ByteBuffer view = file.view(size);
            if (view.getInt(4) != MAGIC || view.getInt(12) != number || view.getInt(0) != EntryLayout.checksum(view, 0, FILE_HEADER, checksum)) {
                throw new ZdbException.Damaged(path + " is no data file of this store");
            }
            return new LogFile(path, number, file, (int) size);
        } catch (IOException | RuntimeException failed) {
            file.close();
            throw failed;
        }
    }

    int number() {
        return number;
    }

    int end() {
        return end;
    }

    boolean writable() {
        return file.writable();
    }

    /** The file's bytes up to its end. */
    ByteBuffer view() {
        try {
            return file.view(end);
        } catch (IOException failed) {
            throw new ZdbException.DiskFailed("Internal Error", failed);
        }
    }

    /** Knows the end from elsewhere, so that nothing has to be replayed; false if the file is shorter than that. */
    boolean endsAt(int known) throws IOException {
        if (file.size() < known) {
            return false;
        }
        end = known;
        return true;
    }

    /**
     * Visits every whole entry from {@code from} on. What is not whole is damage if anything whole follows it, and otherwise the torn or never written end
     * of the file, which is cut off.
     *
     * @return bytes of a torn write that were cut off
     */
    int replay(int from, Visitor visitor, List<Damage> damages) throws IOException {
        CRC32C checksum = new CRC32C();
        ByteBuffer view = file.view(end);
        int at = from;
        while (at < end) {
            if (EntryLayout.plausible(view, at, at, number, end) && EntryLayout.whole(view, at, checksum)) {
                visitor.entry(view, at, Location.of(number, at));
                at += EntryLayout.length(EntryLayout.keyLength(view, at), EntryLayout.payloadLength(view, at));
                continue;
            }
            int next = nextWhole(view, at + 1, checksum);
            if (next < 0) {
                return cutOff(view, at);
            }
            damages.add(new Damage(number, at, next - at));
            at = next;
        }
        return 0;
    }

    private int nextWhole(ByteBuffer view, int from, CRC32C checksum) {
        for (int at = from; at <= end - EntryLayout.HEADER; at++) {
            if (EntryLayout.plausible(view, at, at, number, end) && EntryLayout.whole(view, at, checksum)) {
                return at;
            }
        }
        return -1;
    }

    private int cutOff(ByteBuffer view, int at) throws IOException {
        int torn = 0;
        for (int i = end - 1; i >= at && torn == 0; i--) {
            torn = view.get(i) == 0 ? 0 : i + 1 - at;
        }
        if (file.writable()) {
            file.truncate(at);
            file.sync();
        }
        end = at;
        return torn;
    }

    private static boolean blank(ByteBuffer view, int from, int to) {
        for (int i = from; i < to; i++) {
            if (view.get(i) != 0) {
                return false;
            }
        }
        return true;
    }

    void reserve(int bytes) throws IOException {
        file.reserve(bytes);
    }

    /** Writes at the end. */
    void append(ByteBuffer bytes) throws IOException {
        int length = bytes.remaining();
        file.write(bytes, end);
        end += length;
    }

    void sync() throws IOException {
        file.sync();
    }

    /** Gives back what was reserved and not used; readers keep what they see. */
    void seal() throws IOException {
        if (file.writable()) {
            file.truncate(end);
        }
    }

    void close() throws IOException {
        file.close();
    }

    @Override
    public String toString() {
        return path.toString();
    }
}
