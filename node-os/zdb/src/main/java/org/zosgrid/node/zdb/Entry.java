package org.zosgrid.node.zdb;

/**
 * Where an entry stands, kept in memory for each key's newest version.
 *
 * @param file number of the log file
 * @param offset of the entry's header in it
 * @param keyLength bytes
 * @param payloadLength bytes
 * @param time when it was written, in seconds since 1970
 * @param deleted whether it says that the key is gone
 */
record Entry(int file, long offset, int keyLength, int payloadLength, long time, boolean deleted) {
    long end() {
        return offset + LogFile.HEADER_BYTES + keyLength + payloadLength;
    }
}
