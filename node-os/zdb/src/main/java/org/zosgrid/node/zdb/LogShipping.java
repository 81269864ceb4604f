package org.zosgrid.node.zdb;

import java.util.Optional;
import java.util.UUID;

/** A namespace's log as it goes over to copies: how far it reaches, whether a copy belongs to it, and its entries from some place on. */
final class LogShipping {
    private final Namespace namespace;

    LogShipping(Namespace namespace) {
        this.namespace = namespace;
    }

    /** How far the log reaches. */
    LogPosition position() {
        namespace.lock();
        try {
            DataLog log = namespace.log();
            namespace.flushLocked();
            long end = log.end();
            long last = namespace.walk().last();
            if (last != 0) {
                log.go(last);
            }
            return new LogPosition(end, log.active().epoch(), last, last == 0 ? 0 : log.buffer().getInt(log.at() + EntryLayout.CHECKSUM));
        } finally {
            namespace.unlock();
        }
    }

    /**
     * Whether a copy that ends so can go on with this log.
     *
     * @return what is wrong, or empty if it can
     */
    String differs(LogPosition copy) {
        namespace.lock();
        try {
            DataLog log = namespace.log();
            if (copy.empty()) {
                return "";
            }
            int number = Location.file(copy.end());
            if (copy.end() > log.end() || number >= log.files().size() || Location.offset(copy.end()) > log.files().get(number).end()) {
                return "it has entries up to " + shown(copy.end()) + ", this store has none there";
            }
            if (log.files().get(number).epoch() != copy.epoch()) {
                return "its file " + number + " is of epoch " + copy.epoch() + ", here it is of " + log.files().get(number).epoch();
            }
            if (!log.dropped(copy.last()) && (!log.seek(copy.last()) || log.buffer().getInt(log.at() + EntryLayout.CHECKSUM) != copy.checksum())) {
                return "its entry at " + shown(copy.last()) + " is another one";
            }
            for (DataFile file : log.files()) {
                if (file instanceof CompactFile compact && compact.deletionsUntil() > 0 && Location.of(compact.number(), compact.deletionsUntil() - 1) >= copy.end()) {
                    return "it is too far behind: deletions after " + shown(copy.end()) + " were compacted away";
                }
            }
            return "";
        } finally {
            namespace.unlock();
        }
    }

    static String shown(long location) {
        return Location.file(location) + "/" + Location.offset(location);
    }

    /**
     * Reads entries for a secondary, which may then be held up as long as it likes: nothing is kept for it.
     *
     * @param identity of the namespace when the secondary began
     * @return without entries if it has everything that it may have; empty if the namespace is not that one any more
     */
    Optional<LogPart> part(UUID identity, long from, int most) {
        namespace.lock();
        try {
            DataLog log = namespace.log();
            if (namespace.gone() || !namespace.properties().identity().equals(identity)) {
                return Optional.empty();
            }
            long until = namespace.durably().shippable();
            int number = Location.file(from);
            int offset = Location.offset(from);
            while (Location.of(number, offset) < until) {
                DataFile file = log.files().get(number);
                int end = number == Location.file(until) ? Location.offset(until) : file.end();
                Optional<LogPart> part = LogParts.read(file, offset, end, most);
                if (part.isPresent()) {
                    return part;
                }
                if (number == Location.file(until)) {
                    break;
                }
                number++;
                offset = DataFile.FILE_HEADER;
            }
            long next = Math.max(from, until);
            return Optional.of(new LogPart(Location.file(next), log.files().get(Location.file(next)).epoch(), Namespace.wrap(new byte[0]), next));
        } finally {
            namespace.unlock();
        }
    }

    /** Bytes of the log between a location and what secondaries may have, dropped ones included. */
    long behind(long from) {
        namespace.lock();
        try {
            DataLog log = namespace.log();
            long until = namespace.durably().shippable();
            long bytes = 0;
            for (int number = Location.file(from); number <= Location.file(until) && number < log.files().size(); number++) {
                int end = number == Location.file(until) ? Location.offset(until) : log.files().get(number).end();
                bytes += Math.max(0, end - (number == Location.file(from) ? Location.offset(from) : DataFile.FILE_HEADER));
            }
            return bytes;
        } finally {
            namespace.unlock();
        }
    }
}
