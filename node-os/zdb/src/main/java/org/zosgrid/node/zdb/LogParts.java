package org.zosgrid.node.zdb;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Optional;

/** Copies runs of entries out of data files. */
final class LogParts {
    private LogParts() {}

    /**
     * Entries of a file from one offset to another, at least one if there is one and otherwise as many as fit.
     *
     * @param most bytes
     */
    static Optional<LogPart> read(DataFile file, int from, int until, int most) {
        ByteBuffer view = file.view();
        int begin;
        int limit = file.limit();
        switch (file) {
            case LogFile plain -> {
                begin = from;
                limit = until;
            }
            case CompactFile compact -> {
                int row = compact.ceiling(from);
                if (row == compact.count()) {
                    return Optional.empty();
                }
                begin = compact.position(compact.offset(row));
            }
        }
        int at = begin;
        int next = from;
        while (at < limit) {
            if (!EntryLayout.plausible(view, at, EntryLayout.offset(view, at), file.number(), limit)) {
                throw new ZdbException.Damaged(file + " is damaged at offset " + from + ", and cannot be replicated");
            }
            int length = EntryLayout.length(EntryLayout.keyLength(view, at), EntryLayout.payloadLength(view, at));
            boolean gap = EntryLayout.gap(view, at);
            if (at > begin && (gap || at + length - begin > most)) {
                break;
            }
            if (gap) {
                begin = at + length;
            }
            next = EntryLayout.offset(view, at) + length;
            at += length;
        }
        if (at == begin) {
            return Optional.empty();
        }
        ByteBuffer entries = ByteBuffer.allocate(at - begin).order(ByteOrder.LITTLE_ENDIAN);
        entries.put(0, view, begin, at - begin);
        return Optional.of(new LogPart(file.number(), file.epoch(), entries, Location.of(file.number(), next)));
    }
}
