package org.zosgrid.node.zdb;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;

/**
 * The index of store-chosen keys: a table on the disk with eight bytes for each, read through a mapping. No memory is needed for a key. A table that a crash
 * left behind is not believed: it is written again from the data.
 */
final class SequenceIndex implements KeyIndex {
    private static final int STAGE = 512;

    private final Disk.DiskFile table;
    /** Locations of the newest keys, not written yet. */
    private final ByteBuffer staged = ByteBuffer.allocateDirect(STAGE * 8).order(ByteOrder.LITTLE_ENDIAN);
    private final ByteBuffer one = ByteBuffer.allocateDirect(8).order(ByteOrder.LITTLE_ENDIAN);
    private long stagedFrom;
    private int stagedCount;
    private boolean lossy;

    SequenceIndex(Disk disk, Path path, long next) throws IOException {
        this.table = disk.open(path);
        this.stagedFrom = next;
        if (next == 0 && table.writable()) {
            table.truncate(0);
        }
    }

    static long number(ByteBuffer key, int at) {
        return key.getLong(at);
    }

    /** The key that the next append gets. */
    long next() {
        return stagedFrom + stagedCount;
    }

    long locate(long number) {
        if (number < 0 || number >= next()) {
            return 0;
        }
        if (number >= stagedFrom) {
            return staged.getLong((int) (number - stagedFrom) * 8);
        }
        try {
            return table.view((number + 1) * 8).getLong((int) (number * 8));
        } catch (IOException failed) {
            throw new ZdbException.DiskFailed("Internal Error", failed);
        }
    }

    @Override
    public long find(ByteBuffer key, int at, int length, DataLog log) {
        if (length != 8) {
            return 0;
        }
        long number = number(key, at);
        long location = locate(number);
        if (location == 0) {
            if (lossy && number >= 0 && number < next()) {
                throw new ZdbException.Damaged("record " + number + " is lost: its place in the log is damaged");
            }
            return 0;
        }
        if (!log.seek(location)) {
            if (log.dropped(location)) {
                return 0;
            }
            throw log.damaged(location);
        }
        if (!log.keyIs(key, at, length)) {
            throw new ZdbException.Damaged("the index has another record in the place of " + number);
        }
        return location;
    }

    @Override
    public void put(ByteBuffer key, int at, int length, long location, DataLog log) throws IOException {
        set(number(key, at), location);
    }

    @Override
    public void remove(ByteBuffer key, int at, int length, long location) throws IOException {
        if (locate(number(key, at)) == location) {
            set(number(key, at), 0);
        }
    }

    /** Numbers that are in no entry: lost ones if the log is damaged, otherwise deleted and compacted away. */
    void lossy(boolean damaged) {
        lossy = damaged;
    }

    /** Numbers that were jumped over have no location. */
    void set(long number, long location) throws IOException {
        if (number >= (long) Integer.MAX_VALUE / 8) {
            throw new IOException("a sequential namespace holds at most " + Integer.MAX_VALUE / 8 + " records");
        }
        while (number > next()) {
            stage(0);
        }
        if (number == next()) {
            stage(location);
        } else if (number >= stagedFrom) {
            staged.putLong((int) (number - stagedFrom) * 8, location);
        } else {
            one.putLong(0, location);
            table.write(one.clear(), number * 8);
        }
    }

    private void stage(long location) throws IOException {
        if (stagedCount == STAGE) {
            flush();
        }
        table.reserve((next() + 1) * 8);
        staged.putLong(stagedCount * 8, location);
        stagedCount++;
    }

    @Override
    public void flush() throws IOException {
        if (stagedCount > 0) {
            table.write(staged.limit(stagedCount * 8).position(0), stagedFrom * 8);
            staged.clear();
            stagedFrom += stagedCount;
            stagedCount = 0;
        }
    }

    void sync() throws IOException {
        flush();
        table.truncate(stagedFrom * 8);
        table.sync();
    }

    long size() throws IOException {
        return table.size();
    }

    ByteBuffer written() throws IOException {
        return table.view(stagedFrom * 8);
    }

    @Override
    public long bytes() {
        return next() * 8;
    }

    @Override
    public void close() throws IOException {
        table.close();
    }
}
