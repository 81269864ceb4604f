package org.zosgrid.node.zdb;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import java.util.zip.CRC32C;

/**
 * A data file that was compacted: the entries that were kept, byte for byte, then a table from the offsets they were written at to where they stand now. It
 * never changes; compacting it again makes another one in its place.
 */
final class CompactFile implements DataFile {
    /** Marks the header of such a file. */
    static final int KIND = 1;
    static final int FOOTER = 40;

    private static final int MAGIC = 0x5a444346;
    private static final int ROW = 8;

    private final Path path;
    private final int number;
    private final Disk.DiskFile file;
    private final ByteBuffer view;
    private final int epoch;
    private final int size;
    private final Table table;

    /** Rows in {@code bytes} from {@code at} on; entries lie below {@code limit}. */
    private record Table(ByteBuffer bytes, int at, int count, int limit, int end, int deletionsUntil, long historyFrom, boolean guessed) {}

    private final boolean headerDamaged;

    private CompactFile(Path path, int number, Disk.DiskFile file, ByteBuffer view, int size, int epoch, Table table, boolean headerDamaged) {
        this.path = path;
        this.number = number;
        this.file = file;
        this.view = view;
        this.size = size;
        this.epoch = epoch;
        this.table = table;
        this.headerDamaged = headerDamaged;
    }

    static CompactFile open(Path path, int number, Disk.DiskFile file, ByteBuffer view, int size) {
        return new CompactFile(path, number, file, view, size, view.getInt(LogFile.EPOCH_AT), table(view, number, size), false);
    }

    /** Of a file whose header nobody can read, but whose table says what it is. */
    static CompactFile withDamagedHeader(Path path, int number, Disk.DiskFile file, ByteBuffer view, int size, int epoch) {
        return new CompactFile(path, number, file, view, size, epoch, table(view, number, size), true);
    }

    /** Whether a file ends as a compacted one does. */
    static boolean hasTable(ByteBuffer view, int size) {
        return size >= FILE_HEADER + FOOTER && view.getInt(size - FOOTER + 4) == MAGIC;
    }

    private static Table table(ByteBuffer view, int number, int size) {
        int footer = size - FOOTER;
        int count = footer < FILE_HEADER ? -1 : view.getInt(footer + 8);
        if (count < 0 || count > (footer - FILE_HEADER) / ROW || view.getInt(footer + 4) != MAGIC
                || view.getInt(footer) != tableChecksum(view, footer - count * ROW, footer, size, new CRC32C())) {
            return guess(view, number, size);
        }
        int at = footer - count * ROW;
        return new Table(view, at, count, at, view.getInt(footer + 12), view.getInt(footer + 16), view.getLong(footer + 24), false);
    }

    /** The table of a file whose own one is damaged: each whole entry says what its offset was. What else the table knew is taken to be the worst. */
    private static Table guess(ByteBuffer view, int number, int size) {
        CRC32C checksum = new CRC32C();
        ByteBuffer rows = ByteBuffer.allocate(1024 * ROW).order(ByteOrder.LITTLE_ENDIAN);
        int limit = FILE_HEADER;
        int end = FILE_HEADER;
        for (int at = FILE_HEADER; at <= size - EntryLayout.HEADER; ) {
            int offset = EntryLayout.offset(view, at);
            if (offset < end || !EntryLayout.plausible(view, at, offset, number, size) || !EntryLayout.whole(view, at, checksum)) {
                at++;
                continue;
            }
            if (!rows.hasRemaining()) {
                rows = ByteBuffer.allocate(rows.capacity() * 2).order(ByteOrder.LITTLE_ENDIAN).put(rows.flip());
            }
            int length = EntryLayout.length(EntryLayout.keyLength(view, at), EntryLayout.payloadLength(view, at));
            rows.putInt(offset).putInt(at);
            end = offset + length;
            at += length;
            limit = at;
        }
        return new Table(rows, 0, rows.position() / ROW, limit, end, end, System.currentTimeMillis(), true);
    }

    /** Its table or its header. */
    @Override
    public Optional<Damage> damage() {
        if (headerDamaged) {
            return Optional.of(new Damage(number, 0, FILE_HEADER));
        }
        return table.guessed() ? Optional.of(new Damage(number, table.limit(), size - table.limit())) : Optional.empty();
    }

    private static int tableChecksum(ByteBuffer view, int tableAt, int footer, int size, CRC32C checksum) {
        checksum.reset();
        checksum.update(view.duplicate().limit(footer).position(tableAt));
        checksum.update(view.duplicate().limit(size).position(footer + 4));
        return (int) checksum.getValue();
    }

    @Override
    public int number() {
        return number;
    }

    @Override
    public int epoch() {
        return epoch;
    }

    @Override
    public int end() {
        return table.end();
    }

    @Override
    public long bytes() {
        return size;
    }

    @Override
    public ByteBuffer view() {
        return view;
    }

    @Override
    public int limit() {
        return table.limit();
    }

    int count() {
        return table.count();
    }

    /** Below this offset, deletions were dropped that ended the history of their key; 0 if none was. */
    int deletionsUntil() {
        return table.deletionsUntil();
    }

    /** From when on the past is complete, as far as this file goes; milliseconds since 1970. */
    long historyFrom() {
        return table.historyFrom();
    }

    /** Offset at which the entry of a row was written. */
    int offset(int row) {
        return table.bytes().getInt(table.at() + row * ROW);
    }

    private int positionOf(int row) {
        return table.bytes().getInt(table.at() + row * ROW + 4);
    }

    /** First row at or behind an offset; {@link #count} if there is none. */
    int ceiling(int offset) {
        int low = 0;
        int high = table.count();
        while (low < high) {
            int middle = low + high >>> 1;
            if (offset(middle) < offset) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }

    @Override
    public int position(int offset) {
        int row = ceiling(offset);
        return row < table.count() && offset(row) == offset ? positionOf(row) : -1;
    }

    @Override
    public void replay(Visitor visitor, List<Damage> damages, Ending ending) {
        CRC32C checksum = new CRC32C();
        for (int row = 0; row < table.count(); row++) {
            int at = positionOf(row);
            int next = row + 1 < table.count() ? positionOf(row + 1) : table.limit();
            if (EntryLayout.plausible(view, at, offset(row), number, next) && EntryLayout.whole(view, at, checksum)) {
                visitor.entry(view, at, Location.of(number, offset(row)));
            } else {
                damages.add(new Damage(number, offset(row), next - at));
            }
        }
    }

    @Override
    public void sync() {
        // Was synced before it got its name.
    }

    @Override
    public void close() throws IOException {
        file.close();
    }

    @Override
    public void discard() throws IOException {
        file.discard();
    }

    @Override
    public String toString() {
        return path.toString();
    }

    static Path temporary(Path directory, int number) {
        return directory.resolve("d" + number + ".compact");
    }

    /** Writes a compacted file beside the one it is to replace. */
    static final class Writer {
        private static final int BUFFER = 256 << 10;
        /** So little at a time that somebody else's sync does not wait long behind it. */
        private static final int SYNC_EVERY = 2 << 20;
        /** A thread that never rests loses its processor when its time is over, be it while it has the namespace's lock, and is long in getting another. */
        private static final long LET_OTHERS_NANOS = 500_000;

        private final Disk disk;
        private final Path directory;
        private final int number;
        private final Disk.DiskFile file;
        private final ByteBuffer buffer = ByteBuffer.allocateDirect(BUFFER).order(ByteOrder.LITTLE_ENDIAN);
        private final CRC32C checksum = new CRC32C();
        private int at;
        private int unsynced;

        Writer(Disk disk, Path directory, DataFile from) throws IOException {
            this.disk = disk;
            this.directory = directory;
            this.number = from.number();
            this.file = disk.open(temporary(directory, number));
            file.truncate(0);
            buffer.putInt(4, LogFile.MAGIC).putInt(8, LogFile.VERSION).putInt(12, number).putLong(LogFile.CREATED_AT, from.view().getLong(LogFile.CREATED_AT));
            buffer.putInt(LogFile.EPOCH_AT, from.epoch()).putInt(LogFile.KIND_AT, KIND).putInt(0, EntryLayout.checksum(buffer, 0, FILE_HEADER, checksum));
            buffer.position(FILE_HEADER);
        }

        /** Copies an entry as it is. */
        void add(ByteBuffer from, int entryAt, int length) throws IOException {
            int done = 0;
            while (done < length) {
                if (!buffer.hasRemaining()) {
                    write();
                }
                int part = Math.min(length - done, buffer.remaining());
                buffer.put(buffer.position(), from, entryAt + done, part).position(buffer.position() + part);
                done += part;
            }
        }

        private void write() throws IOException {
            buffer.flip();
            int length = buffer.remaining();
            file.reserve(at + length);
            file.write(buffer, at);
            at += length;
            unsynced += length;
            buffer.clear();
            LockSupport.parkNanos(LET_OTHERS_NANOS);
            if (unsynced >= SYNC_EVERY) {
                file.sync();
                unsynced = 0;
            }
        }

        /** Writes table and footer, and puts the file in the place of the old one. */
        CompactFile finish(int end, int deletionsUntil, long historyFrom) throws IOException {
            write();
            int tableAt = at;
            ByteBuffer written = file.view(tableAt);
            CRC32C table = new CRC32C();
            int count = 0;
            for (int entry = FILE_HEADER; entry < tableAt; ) {
                if (buffer.remaining() < ROW) {
                    table.update(buffer.duplicate().flip());
                    write();
                }
                buffer.putInt(EntryLayout.offset(written, entry)).putInt(entry);
                count++;
                entry += EntryLayout.length(EntryLayout.keyLength(written, entry), EntryLayout.payloadLength(written, entry));
            }
            table.update(buffer.duplicate().flip());
            write();
            buffer.putInt(4, MAGIC).putInt(8, count).putInt(12, end).putInt(16, deletionsUntil).putInt(20, 0).putLong(24, historyFrom).putLong(32, 0);
            table.update(buffer.duplicate().limit(FOOTER).position(4));
            buffer.putInt(0, (int) table.getValue()).position(FOOTER);
            write();
            file.truncate(at);
            file.sync();
            file.close();
            disk.rename(temporary(directory, number), directory.resolve("d" + number));
            disk.syncDirectory(directory);
            if (LogFile.open(disk, directory, number, 0) instanceof CompactFile compacted) {
                return compacted;
            }
            throw new ZdbException.Damaged(directory.resolve("d" + number) + " was compacted, and is not");
        }

        void abandon() throws IOException {
            file.close();
            disk.delete(temporary(directory, number));
        }
    }
}
