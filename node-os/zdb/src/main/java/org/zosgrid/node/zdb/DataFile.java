package org.zosgrid.node.zdb;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;

/**
 * One data file, by places: an entry keeps the offset it was written at for ever, also when compaction moved it towards the beginning of its file. So indexes,
 * previous versions, cursors and secondaries never have to be told that a file was compacted.
 */
sealed interface DataFile permits LogFile, CompactFile {
    int FILE_HEADER = 32;

    int number();

    /** In which epoch of replication the file was begun. */
    int epoch();

    /** First offset behind the last entry that was ever written. */
    int end();

    /** Bytes it takes. */
    long bytes();

    /** What the file has, to be read at {@link #position}. */
    ByteBuffer view();

    /** How far {@link #view} has entries. */
    int limit();

    /** Where in {@link #view} the entry of this offset stands; -1 if compaction dropped it. */
    int position(int offset);

    /** Visits every whole entry; what is not whole is added to the damages. */
    void replay(Visitor visitor, List<Damage> damages) throws IOException;

    void sync() throws IOException;

    void close() throws IOException;

    /** Gives its space back at once, though it may still be mapped: its name must be another file's by now, and nobody may read it any more. */
    void discard() throws IOException;

    /** Told of every whole entry, in order. */
    interface Visitor {
        void entry(ByteBuffer file, int at, long location);
    }
}
