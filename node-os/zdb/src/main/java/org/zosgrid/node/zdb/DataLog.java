package org.zosgrid.node.zdb;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.zip.CRC32C;

/**
 * A namespace's data files as one log. Entries are staged in memory and written together by {@link #flush}, one system call for as many as there are; a
 * staged entry can be read like any other. Space is reserved before an entry is staged, so a full disk refuses the one entry it has no room for.
 */
final class DataLog {
    private static final int FIRST_STAGE = 16 << 10;
    private static final int LARGEST_STAGE = 256 << 10;

    private final Disk disk;
    private final Path directory;
    private final int fileSize;
    private int epoch;
    private final CRC32C checksum = new CRC32C();
    private final List<DataFile> files = new ArrayList<>();
    private LogFile active;
    private ByteBuffer staged = ByteBuffer.allocate(0);
    private int stagedBytes;
    private boolean broken;
    private boolean inOrder;
    /** Whether the name of a file is not on the disk yet. Set with the namespace's lock held. */
    private volatile boolean unnamed;
    /** Length of the newest entry of the active file; 0 if it has none or it is not known, after damage. */
    private int lastLength;
    /** Everything before is on the disk. */
    private long durable;
    /** First file that has not been synced as a whole. */
    private int firstUnsynced;

    /** Where the entry that {@link #seek} found stands. */
    private ByteBuffer buffer = ByteBuffer.allocate(0);
    private int at;

    /**
     * Opens the files of a directory, or makes the first.
     *
     * @param epoch for files that are begun from now on
     * @param closed what is known of those that were taken away
     */
    DataLog(Disk disk, Path directory, int fileSize, int epoch, ClosedFiles closed) throws IOException {
        this.disk = disk;
        this.directory = directory;
        this.fileSize = fileSize;
        this.epoch = epoch;
        int number = 0;
        do {
            Optional<DataFile> away = closed.away(disk, directory, number);
            files.add(away.isPresent() ? away.get() : LogFile.open(disk, directory, number, epoch));
            number++;
        } while (disk.exists(directory.resolve("d" + number)) || !(files.getLast() instanceof LogFile));
        this.active = (LogFile) files.getLast();
        for (DataFile each : files) {
            Path unfinished = CompactFile.temporary(directory, each.number());
            if (active.writable() && disk.exists(unfinished)) {
                disk.delete(unfinished);
            }
        }
        if (active.writable() && disk.exists(spare())) {
            disk.delete(spare());
        }
        this.firstUnsynced = active.number();
    }

    private Path spare() {
        return directory.resolve("next");
    }

    List<DataFile> files() {
        return files;
    }

    /** Files that are begun from now on belong to this epoch. */
    void epoch(int next) {
        epoch = next;
    }

    /** Files up to here, excluded, are closed and on the disk as a whole. */
    int firstUnsynced() {
        return firstUnsynced;
    }

    /** Puts a compacted file in the place of the one with its number. */
    DataFile replace(CompactFile compacted) {
        return files.set(compacted.number(), compacted);
    }

    boolean writable() {
        return active.writable() && !broken;
    }

    /** Writes nothing more until the store is opened again. */
    void fail() {
        broken = true;
    }

    /** Where the next entry will stand. */
    long end() {
        return Location.of(active.number(), active.end() + stagedBytes);
    }

    /** Stages an entry; the caller must have checked its lengths. */
    long append(ByteBuffer key, int keyAt, int keyLength, ByteBuffer payload, int payloadAt, int payloadLength, int flags, long time, long previous) {
        int length = EntryLayout.length(keyLength, payloadLength);
        try {
            if (!writable()) {
                throw new IOException(broken ? "an earlier write failed; restart the store" : active + " is read-only");
            }
            if ((long) active.end() + stagedBytes + length > fileSize && active.end() + stagedBytes > DataFile.FILE_HEADER) {
                roll();
            }
            active.reserve(active.end() + stagedBytes + length);
            makeRoom(length);
        } catch (IOException full) {
            throw new ZdbException.DiskFailed("Cannot write data right now", full);
        }
        ByteBuffer to = staged;
        int start = stagedBytes;
        int offset = active.end() + start;
        to.putInt(start + EntryLayout.PAYLOAD_LENGTH, payloadLength)
                .put(start + EntryLayout.KEY_LENGTH, (byte) keyLength)
                .put(start + EntryLayout.FLAGS, (byte) flags)
                .putShort(start + EntryLayout.FILE_TAG, (short) active.number())
                .putInt(start + EntryLayout.PREVIOUS_FILE, Location.file(previous))
                .putInt(start + EntryLayout.PREVIOUS_OFFSET, Location.offset(previous))
                .putInt(start + EntryLayout.OFFSET, offset)
                .putLong(start + EntryLayout.TIME, time)
                .putInt(start + EntryLayout.BACK, lastLength)
                .putInt(start + EntryLayout.DURABLE, Location.file(durable) == active.number() ? Location.offset(durable) : 0)
                .put(start + EntryLayout.HEADER, key, keyAt, keyLength)
                .put(start + EntryLayout.HEADER + keyLength, payload, payloadAt, payloadLength);
        to.putInt(start + EntryLayout.CHECKSUM, EntryLayout.checksum(to, start, length, checksum));
        stagedBytes += length;
        lastLength = length;
        return Location.of(active.number(), offset);
    }

    /** Stages an entry of another log as it is, at the place it has there; what was dropped before it becomes a gap. */
    long copy(LogPart part, int partAt, int length) throws IOException {
        while (active.number() < part.file()) {
            epoch = part.epoch();
            roll();
        }
        int offset = EntryLayout.offset(part.entries(), partAt);
        int end = active.end() + stagedBytes;
        if (active.epoch() != part.epoch() && active.number() == part.file()) {
            if (end > DataFile.FILE_HEADER) {
                throw new IOException(active + " is of epoch " + active.epoch() + ", and the primary's of " + part.epoch());
            }
            active.close();
            active = LogFile.create(disk, directory, part.file(), part.epoch());
            files.set(part.file(), active);
        }
        if (active.number() != part.file() || offset < end || offset > end && offset - end < EntryLayout.HEADER) {
            throw new IOException("an entry of " + part.file() + "/" + offset + " does not go on from " + active.number() + "/" + end);
        }
        if (!writable()) {
            throw new IOException(broken ? "an earlier write failed; restart the store" : active + " is read-only");
        }
        active.reserve(offset + length);
        if (offset > end) {
            gap(end, offset - end);
        }
        makeRoom(length);
        staged.put(stagedBytes, part.entries(), partAt, length);
        stagedBytes += length;
        lastLength = length;
        return Location.of(active.number(), offset);
    }

    /** Goes on there, in the place of another log where everything before was dropped or is here. */
    void goOnAt(long location, int inEpoch) throws IOException {
        while (active.number() < Location.file(location)) {
            epoch = inEpoch;
            roll();
        }
        int end = active.end() + stagedBytes;
        int missing = Location.offset(location) - end;
        if (active.number() == Location.file(location) && missing >= EntryLayout.HEADER) {
            active.reserve(end + missing);
            gap(end, missing);
        }
    }

    private void gap(int offset, int length) throws IOException {
        makeRoom(EntryLayout.HEADER);
        for (int i = 0; i < EntryLayout.HEADER; i++) {
            staged.put(stagedBytes + i, (byte) 0);
        }
        staged.putInt(stagedBytes + EntryLayout.PAYLOAD_LENGTH, length - EntryLayout.HEADER)
                .put(stagedBytes + EntryLayout.FLAGS, (byte) EntryLayout.GAP)
                .putShort(stagedBytes + EntryLayout.FILE_TAG, (short) active.number())
                .putInt(stagedBytes + EntryLayout.OFFSET, offset);
        staged.putInt(stagedBytes + EntryLayout.CHECKSUM, EntryLayout.checksum(staged, stagedBytes, EntryLayout.HEADER, checksum));
        stagedBytes += EntryLayout.HEADER;
        flush();
        active.skip(length - EntryLayout.HEADER);
        lastLength = 0;
    }

    private void makeRoom(int length) throws IOException {
        if (staged.capacity() - stagedBytes >= length) {
            return;
        }
        if (stagedBytes + length > LARGEST_STAGE) {
            flush();
        }
        if (staged.capacity() - stagedBytes < length) {
            int capacity = FIRST_STAGE;
            while (capacity < stagedBytes + length) {
                capacity *= 2;
            }
            ByteBuffer larger = ByteBuffer.allocateDirect(capacity).order(ByteOrder.LITTLE_ENDIAN);
            larger.put(0, staged, 0, stagedBytes);
            staged = larger;
        }
    }

    /** Hands what is staged to the operating system. After a failure nothing more is written until the store is opened again. */
    void flush() throws IOException {
        if (stagedBytes == 0) {
            return;
        }
        try {
            active.append(staged.limit(stagedBytes).position(0));
        } catch (IOException failed) {
            broken = true;
            throw failed;
        } finally {
            staged.clear();
        }
        stagedBytes = 0;
        if (staged.capacity() > LARGEST_STAGE) {
            staged = ByteBuffer.allocate(0);
        }
    }

    /** Whether a file is on the disk as a whole before the next is begun, so that of the log only the end can be lost. */
    void inOrder(boolean whether) {
        inOrder = whether;
    }

    /** Closes the newest file and begins the next. */
    void roll() throws IOException {
        flush();
        if (inOrder) {
            active.sync();
        }
        begin(LogFile.create(disk, directory, active.number() + 1, epoch));
    }

    /** Makes the file after one of this number, without the namespace's lock, for {@link #rollInto}. */
    void prepare(int number, int inEpoch) throws IOException {
        LogFile.prepare(disk, spare(), number + 1, inEpoch);
    }

    /**
     * Closes the newest file and begins the one that was prepared, waiting for no disk: false if it would have to, because something was written since
     * {@code synced}, or if the newest file is another one by now.
     */
    boolean rollInto(LogFile before, long synced) throws IOException {
        if (active != before || epoch != before.epoch() || inOrder && end() != synced) {
            return false;
        }
        flush();
        unnamed = true;
        begin(LogFile.named(disk, spare(), directory, before.number() + 1, epoch));
        return true;
    }

    /** Removes what was prepared and not used. */
    void dropPrepared() throws IOException {
        if (disk.exists(spare())) {
            disk.delete(spare());
        }
    }

    /** Makes the names of files durable, if they are not. Called without the namespace's lock, by one thread at a time. */
    void syncNames() throws IOException {
        if (unnamed) {
            unnamed = false;
            try {
                disk.syncDirectory(directory);
            } catch (IOException failed) {
                unnamed = true;
                throw failed;
            }
        }
    }

    private void begin(LogFile next) throws IOException {
        active.seal();
        if (lastLength > 0) {
            active.lastOffset(active.end() - lastLength);
        }
        lastLength = 0;
        files.add(next);
        active = next;
    }

    /** Tells how long the active file's newest entry is, after a replay. */
    void lastLength(int length) {
        lastLength = length;
    }

    int lastLength() {
        return lastLength;
    }

    LogFile active() {
        return active;
    }

    /** Files that a sync has to reach, oldest first. */
    List<DataFile> unsynced() {
        return List.copyOf(files.subList(firstUnsynced, files.size()));
    }

    /** Everything up to a location is on the disk. */
    void synced(long end) {
        durable = Math.max(durable, end);
        firstUnsynced = Math.max(firstUnsynced, Location.file(end));
    }

    /** Goes to an entry without checking its payload; false if none can stand there. */
    boolean seek(long location) {
        int number = Location.file(location);
        int offset = Location.offset(location);
        if (number < 0 || number >= files.size() || offset < DataFile.FILE_HEADER) {
            return false;
        }
        DataFile file = files.get(number);
        if (file == active && offset >= file.end()) {
            buffer = staged;
            at = offset - file.end();
            return EntryLayout.plausible(buffer, at, offset, number, stagedBytes);
        }
        buffer = file.view();
        at = file.position(offset);
        return at >= 0 && EntryLayout.plausible(buffer, at, offset, number, file.limit());
    }

    /** Whether there was an entry that compaction dropped. */
    boolean dropped(long location) {
        int number = Location.file(location);
        return number >= 0 && number < files.size() && files.get(number) instanceof CompactFile file && file.position(Location.offset(location)) < 0;
    }

    /** Goes to an entry that the index or a whole entry names. */
    void go(long location) {
        if (!seek(location)) {
            throw damaged(location);
        }
    }

    /** Whether the entry's bytes are those that were written; a gap is no entry. */
    boolean whole() {
        if (buffer != staged) {
            disk.viewed(length());
        }
        return !EntryLayout.gap(buffer, at) && EntryLayout.whole(buffer, at, checksum);
    }

    void check(long location) {
        if (!whole()) {
            throw damaged(location);
        }
    }

    ZdbException.Damaged damaged(long location) {
        return new ZdbException.Damaged(directory.resolve("d" + Location.file(location)) + " is damaged at offset " + Location.offset(location));
    }

    ByteBuffer buffer() {
        return buffer;
    }

    int at() {
        return at;
    }

    int keyLength() {
        return EntryLayout.keyLength(buffer, at);
    }

    int payloadLength() {
        return EntryLayout.payloadLength(buffer, at);
    }

    int payloadAt() {
        return at + EntryLayout.HEADER + keyLength();
    }

    int length() {
        return EntryLayout.length(keyLength(), payloadLength());
    }

    int back() {
        return EntryLayout.back(buffer, at);
    }

    boolean deleted() {
        return EntryLayout.deleted(buffer, at);
    }

    long previous() {
        return EntryLayout.previous(buffer, at);
    }

    long time() {
        return EntryLayout.time(buffer, at);
    }

    byte[] key() {
        byte[] key = new byte[keyLength()];
        buffer.get(at + EntryLayout.HEADER, key);
        return key;
    }

    byte[] payload() {
        byte[] payload = new byte[payloadLength()];
        buffer.get(payloadAt(), payload);
        return payload;
    }

    boolean keyIs(ByteBuffer key, int keyAt, int length) {
        return keyLength() == length && same(buffer, at + EntryLayout.HEADER, key, keyAt, length);
    }

    boolean payloadIs(ByteBuffer payload, int payloadAt, int length) {
        return payloadLength() == length && same(buffer, payloadAt(), payload, payloadAt, length);
    }

    private static boolean same(ByteBuffer one, int oneAt, ByteBuffer other, int otherAt, int length) {
        int i = 0;
        for (; i <= length - 8; i += 8) {
            if (one.getLong(oneAt + i) != other.getLong(otherAt + i)) {
                return false;
            }
        }
        for (; i < length; i++) {
            if (one.get(oneAt + i) != other.get(otherAt + i)) {
                return false;
            }
        }
        return true;
    }

    void close() throws IOException {
        for (DataFile file : files) {
            file.close();
        }
    }
}
