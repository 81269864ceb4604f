package org.zosgrid.node.zdb;

import java.util.List;

/** Steps from entry to entry of a log, over damage and over what compaction dropped. Used under the namespace's lock. */
final class LogWalk {
    private final DataLog log;
    private final List<Damage> damages;

    LogWalk(DataLog log, List<Damage> damages) {
        this.log = log;
        this.damages = damages;
    }

    /** Location of the oldest entry; 0 if there is none. */
    long first() {
        return atOrBehind(0, DataFile.FILE_HEADER);
    }

    /** Location of the newest entry; 0 if there is none. */
    long last() {
        return before(log.end());
    }

    /** The entry behind one, which may be gone by now; 0 at the end. */
    long after(long location) {
        int number = Location.file(location);
        int offset = Location.offset(location);
        if (number >= log.files().size()) {
            return 0;
        }
        if (log.files().get(number) instanceof CompactFile) {
            return atOrBehind(number, offset + 1);
        }
        // Damage, and no entry: go on with the next file.
        return log.seek(location) ? atOrBehind(number, offset + log.length()) : atOrBehind(number + 1, DataFile.FILE_HEADER);
    }

    /** The entry before a place where one begins or the log ends; 0 at the beginning. */
    long before(long location) {
        int number = Location.file(location);
        int offset = Location.offset(location);
        if (number >= log.files().size()) {
            return lastBefore(log.files().size() - 1, Integer.MAX_VALUE);
        }
        if (log.files().get(number) instanceof LogFile) {
            int back = location == log.end() ? log.lastLength() : log.seek(location) ? log.back() : 0;
            // Before a gap stands another entry than the one that was there when this one was written.
            if (back > 0 && offset - back >= DataFile.FILE_HEADER && log.seek(Location.of(number, offset - back))) {
                return Location.of(number, offset - back);
            }
        }
        return lastBefore(number, offset);
    }

    private long atOrBehind(int number, int offset) {
        int from = offset;
        for (int each = number; each < log.files().size(); each++) {
            long found = log.files().get(each) instanceof CompactFile compact ? row(compact, compact.ceiling(from)) : whole(each, from);
            if (found != 0) {
                return found;
            }
            from = DataFile.FILE_HEADER;
        }
        return 0;
    }

    private static long row(CompactFile file, int row) {
        return row >= 0 && row < file.count() ? Location.of(file.number(), file.offset(row)) : 0;
    }

    private long whole(int number, int offset) {
        int at = offset;
        for (Damage damage : damages) {
            if (damage.file() == number && damage.offset() == at) {
                at += (int) damage.bytes();
            }
        }
        return at < end(number) ? Location.of(number, at) : 0;
    }

    private int end(int number) {
        return number == log.active().number() ? Location.offset(log.end()) : log.files().get(number).end();
    }

    private long lastOf(LogFile closed) {
        if (closed.lastOffset() == 0) {
            for (long at = whole(closed.number(), DataFile.FILE_HEADER); at != 0 && log.seek(at); at = whole(closed.number(), Location.offset(at) + log.length())) {
                closed.lastOffset(Location.offset(at));
            }
        }
        return closed.lastOffset() == 0 ? 0 : Location.of(closed.number(), closed.lastOffset());
    }

    /** Found by walking over the file, where nobody knows how long the entry before is: at a file's end, and behind damage. */
    private long lastBefore(int number, int offset) {
        int until = offset;
        for (int each = number; each >= 0; each--) {
            long last = 0;
            if (log.files().get(each) instanceof CompactFile compact) {
                last = row(compact, compact.ceiling(until) - 1);
            } else if (until == Integer.MAX_VALUE && log.files().get(each) instanceof LogFile closed && closed != log.active()) {
                last = lastOf(closed);
            } else {
                for (long at = whole(each, DataFile.FILE_HEADER); at != 0 && Location.offset(at) < until && log.seek(at); at = whole(each, Location.offset(at) + log.length())) {
                    last = at;
                }
            }
            if (last != 0) {
                return last;
            }
            until = Integer.MAX_VALUE;
        }
        return 0;
    }
}
