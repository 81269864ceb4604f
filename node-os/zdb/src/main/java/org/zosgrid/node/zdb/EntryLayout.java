package org.zosgrid.node.zdb;

import java.nio.ByteBuffer;
import java.util.zip.CRC32C;

/** How an entry lies in a data file: a header of {@value #HEADER} bytes, then key and payload; all little-endian. See docs/formats/zdb.md. */
final class EntryLayout {
    static final int HEADER = 40;
    static final int MAX_KEY = 255;
    static final int MAX_PAYLOAD = 8 << 20;

    static final int CHECKSUM = 0;
    static final int PAYLOAD_LENGTH = 4;
    static final int KEY_LENGTH = 8;
    static final int FLAGS = 9;
    static final int FILE_TAG = 10;
    static final int PREVIOUS_FILE = 12;
    static final int PREVIOUS_OFFSET = 16;
    static final int OFFSET = 20;
    static final int TIME = 24;
    static final int BACK = 32;
    static final int DURABLE = 36;

    static final int DELETED = 1;
    /** No entry: a secondary's log has one in place of what the primary had compacted away. Only its header is written, its length counts. */
    static final int GAP = 2;

    private EntryLayout() {}

    static int length(int keyLength, int payloadLength) {
        return HEADER + keyLength + payloadLength;
    }

    static int keyLength(ByteBuffer file, int at) {
        return Byte.toUnsignedInt(file.get(at + KEY_LENGTH));
    }

    static int payloadLength(ByteBuffer file, int at) {
        return file.getInt(at + PAYLOAD_LENGTH);
    }

    static boolean deleted(ByteBuffer file, int at) {
        return (file.get(at + FLAGS) & DELETED) != 0;
    }

    static boolean gap(ByteBuffer file, int at) {
        return (file.get(at + FLAGS) & GAP) != 0;
    }

    /** Where the entry was written, whether it still stands there or not. */
    static int offset(ByteBuffer file, int at) {
        return file.getInt(at + OFFSET);
    }

    /** Place of the key's previous version, or 0 if there was none. */
    static long previous(ByteBuffer file, int at) {
        return Location.of(file.getInt(at + PREVIOUS_FILE), file.getInt(at + PREVIOUS_OFFSET));
    }

    /** Milliseconds since 1970. */
    static long time(ByteBuffer file, int at) {
        return file.getLong(at + TIME);
    }

    /** Length of the entry before it in its file; 0 for the first. */
    static int back(ByteBuffer file, int at) {
        return file.getInt(at + BACK);
    }

    /** Up to where its file was on the disk for sure when it was written; 0 if that is not known. */
    static int durable(ByteBuffer file, int at) {
        return file.getInt(at + DURABLE);
    }

    /** Whether a whole entry of this file may stand here, by its header alone: its lengths, and that it says where it stands itself. */
    static boolean plausible(ByteBuffer file, int at, int offset, int number, int end) {
        if (end - at < HEADER || file.getInt(at + OFFSET) != offset || file.getShort(at + FILE_TAG) != (short) number) {
            return false;
        }
        int payload = payloadLength(file, at);
        return payload >= 0 && (payload <= MAX_PAYLOAD || gap(file, at)) && payload <= end - at - HEADER - keyLength(file, at);
    }

    /** Whether the bytes are those that were written. */
    static boolean whole(ByteBuffer file, int at, CRC32C checksum) {
        int length = gap(file, at) ? HEADER : length(keyLength(file, at), payloadLength(file, at));
        return file.getInt(at + CHECKSUM) == checksum(file, at, length, checksum);
    }

    static int checksum(ByteBuffer file, int at, int length, CRC32C checksum) {
        checksum.reset();
        int limit = file.limit();
        int position = file.position();
        file.limit(at + length).position(at + PAYLOAD_LENGTH);
        checksum.update(file);
        file.limit(limit).position(position);
        return (int) checksum.getValue();
    }
}
