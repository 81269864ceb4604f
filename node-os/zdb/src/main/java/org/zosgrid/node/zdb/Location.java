package org.zosgrid.node.zdb;

/** Where an entry stands: number of the data file and offset in it, in one number that grows with age. 0 is nowhere, since no entry stands at offset 0. */
final class Location {
    private Location() {}

    static long of(int file, int offset) {
        return (long) file << 32 | Integer.toUnsignedLong(offset);
    }

    static int file(long location) {
        return (int) (location >>> 32);
    }

    static int offset(long location) {
        return (int) location;
    }
}
