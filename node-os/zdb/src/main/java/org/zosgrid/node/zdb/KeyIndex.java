package org.zosgrid.node.zdb;

import java.io.IOException;
import java.nio.ByteBuffer;

/** Where each key's newest version stands, the deletion of a key included. Used under the namespace's lock. */
sealed interface KeyIndex permits HashIndex, SequenceIndex {

    /** Location of a key's newest version; 0 if the key was never written. */
    long find(ByteBuffer key, int at, int length, DataLog log);

    /** Notes a newer version of the key that was looked for last. */
    void put(ByteBuffer key, int at, int length, long location, DataLog log) throws IOException;

    /** Forgets a key whose newest version was this one; does nothing if it is another. */
    void remove(ByteBuffer key, int at, int length, long location) throws IOException;

    /** Hands what is noted to the operating system. */
    void flush() throws IOException;

    /** Bytes it occupies, in memory or, where it lies on the disk, there. */
    long bytes();

    void close() throws IOException;
}
