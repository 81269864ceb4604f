package org.zosgrid.node.zdb;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.zip.CRC32C;

/** One data file. What was written to it never changes; only the newest file of a namespace grows. */
final class LogFile implements DataFile {
    static final int MAGIC = 0x5a444233;
    static final int VERSION = 3;
    static final int CREATED_AT = 16;
    static final int EPOCH_AT = 24;
    static final int KIND_AT = 28;

    private final Path path;
    private final int number;
    private final Disk.DiskFile file;
    private final int epoch;
    private int end;
    private int torn;
    private int lastOffset;
    private Optional<Damage> damage = Optional.empty();

    private LogFile(Path path, int number, Disk.DiskFile file, int epoch, int end) {
        this.path = path;
        this.number = number;
        this.file = file;
        this.epoch = epoch;
        this.end = end;
    }

    /** Opens a data file, compacted or not, or makes it, for this epoch. */
    static DataFile open(Disk disk, Path directory, int number, int epoch) throws IOException {
        Path path = directory.resolve("d" + number);
        boolean fresh = !disk.exists(path);
        Disk.DiskFile file = disk.open(path);
        try {
            long size = file.size();
            if (size > Integer.MAX_VALUE) {
                throw new ZdbException.Damaged(path + " must be smaller than 2 GiB (is: " + size + " bytes)");
            }
            // A crash between making a file and writing its header leaves it short or full of zeros.
            if (fresh || size < FILE_HEADER || blank(file.view(size), 0, (int) size)) {
                return begin(disk, path, number, epoch, file);
            }
            ByteBuffer view = file.view(size);
            if (view.getInt(0) != EntryLayout.checksum(view, 0, FILE_HEADER, new CRC32C())) {
                return damaged(path, number, epoch, file, view, (int) size);
            }
            if (view.getInt(4) != MAGIC || view.getInt(12) != number) {
                throw new ZdbException.Damaged(path + " is no data file of this store");
            }
            return view.getInt(KIND_AT) == CompactFile.KIND
                    ? CompactFile.open(path, number, file, view, (int) size)
                    : new LogFile(path, number, file, view.getInt(EPOCH_AT), (int) size);
        } catch (IOException | RuntimeException failed) {
            file.close();
            throw failed;
        }
    }

    /** A file that was closed, of which nothing is read yet. */
    static LogFile closed(Path path, int number, Disk.DiskFile file, int epoch, int end) {
        return new LogFile(path, number, file, epoch, end);
    }

    /** With a header that is not what was written, the file is read all the same: entries say themselves where they stand. A log's gets a new header. */
    private static DataFile damaged(Path path, int number, int epoch, Disk.DiskFile file, ByteBuffer view, int size) throws IOException {
        if (CompactFile.hasTable(view, size)) {
            return CompactFile.withDamagedHeader(path, number, file, view, size, epoch);
        }
        LogFile found = new LogFile(path, number, file, epoch, size);
        found.damage = Optional.of(new Damage(number, 0, FILE_HEADER));
        if (file.writable()) {
            file.write(header(number, epoch), 0);
            file.sync();
        }
        return found;
    }

    /** Makes a file, in place of one of that name that has nothing in it. */
    static LogFile create(Disk disk, Path directory, int number, int epoch) throws IOException {
        Path path = directory.resolve("d" + number);
        Disk.DiskFile file = disk.open(path);
        try {
            file.truncate(0);
            return begin(disk, path, number, epoch, file);
        } catch (IOException | RuntimeException failed) {
            file.close();
            throw failed;
        }
    }

    /** Makes a file under another name, on the disk as a whole, so that to begin it takes no more than {@link #named}. */
    static void prepare(Disk disk, Path spare, int number, int epoch) throws IOException {
        try (Disk.DiskFile file = disk.open(spare)) {
            file.truncate(0);
            file.reserve(FILE_HEADER);
            file.write(header(number, epoch), 0);
            file.sync();
        }
    }

    /** Gives a file that was prepared its name, and opens it; the name is not on the disk yet. */
    static LogFile named(Disk disk, Path spare, Path directory, int number, int epoch) throws IOException {
        Path path = directory.resolve("d" + number);
        disk.rename(spare, path);
        return new LogFile(path, number, disk.open(path), epoch, FILE_HEADER);
    }

    private static ByteBuffer header(int number, int epoch) {
        ByteBuffer header = ByteBuffer.allocateDirect(FILE_HEADER).order(ByteOrder.LITTLE_ENDIAN);
        header.putInt(4, MAGIC).putInt(8, VERSION).putInt(12, number).putLong(CREATED_AT, System.currentTimeMillis()).putInt(EPOCH_AT, epoch);
        header.putInt(0, EntryLayout.checksum(header, 0, FILE_HEADER, new CRC32C()));
        return header;
    }

    private static LogFile begin(Disk disk, Path path, int number, int epoch, Disk.DiskFile file) throws IOException {
        file.reserve(FILE_HEADER);
        file.write(header(number, epoch), 0);
        file.sync();
        disk.syncDirectory(java.util.Objects.requireNonNull(path.getParent()));
        return new LogFile(path, number, file, epoch, FILE_HEADER);
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
        return end;
    }

    @Override
    public int limit() {
        return end;
    }

    @Override
    public long bytes() {
        return end;
    }

    @Override
    public int position(int offset) {
        return offset;
    }

    boolean writable() {
        return file.writable();
    }

    @Override
    public ByteBuffer view() {
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

    @Override
    public void replay(Visitor visitor, List<Damage> damages, Ending ending) throws IOException {
        CRC32C checksum = new CRC32C();
        ByteBuffer view = file.view(end);
        int at = FILE_HEADER;
        while (at < end) {
            if (EntryLayout.plausible(view, at, at, number, end) && EntryLayout.whole(view, at, checksum)) {
                if (!EntryLayout.gap(view, at)) {
                    visitor.entry(view, at, Location.of(number, at));
                }
                at += EntryLayout.length(EntryLayout.keyLength(view, at), EntryLayout.payloadLength(view, at));
                continue;
            }
            int next = nextWhole(view, at + 1, checksum);
            if (next < 0 || ending == Ending.CUT || ending == Ending.PROVEN && !wasDurable(view, at, next, checksum)) {
                cutOff(view, at);
                return;
            }
            damages.add(new Damage(number, at, next - at));
            at = next;
        }
    }

    @Override
    public Optional<Damage> damage() {
        return damage;
    }

    /** Bytes of a torn write that {@link #replay} cut off. */
    int torn() {
        return torn;
    }

    /** Whether a whole entry from {@code next} on says that the place was on the disk when it was written. */
    private boolean wasDurable(ByteBuffer view, int place, int next, CRC32C checksum) {
        for (int at = next; at >= 0; ) {
            if (EntryLayout.durable(view, at) > place) {
                return true;
            }
            int behind = at + EntryLayout.length(EntryLayout.keyLength(view, at), EntryLayout.payloadLength(view, at));
            at = nextWhole(view, behind, checksum);
        }
        return false;
    }

    private int nextWhole(ByteBuffer view, int from, CRC32C checksum) {
        for (int at = from; at <= end - EntryLayout.HEADER; at++) {
            if (EntryLayout.plausible(view, at, at, number, end) && EntryLayout.whole(view, at, checksum)) {
                return at;
            }
        }
        return -1;
    }

    private void cutOff(ByteBuffer view, int at) throws IOException {
        for (int i = end - 1; i >= at && torn == 0; i--) {
            torn = view.get(i) == 0 ? 0 : i + 1 - at;
        }
        if (file.writable()) {
            file.truncate(at);
            file.sync();
        }
        end = at;
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

    /** Offset of the last entry of a closed file, once it was looked for; 0 before. */
    int lastOffset() {
        return lastOffset;
    }

    void lastOffset(int found) {
        lastOffset = found;
    }

    /** Leaves out so many bytes. */
    void skip(int bytes) {
        end += bytes;
    }

    @Override
    public void sync() throws IOException {
        file.sync();
    }

    /** Gives back what was reserved and not used; readers keep what they see. */
    void seal() throws IOException {
        if (file.writable()) {
            file.truncate(end);
        }
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
}
