package org.zosgrid.node.zdb;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;

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

    /**
     * Visits every whole entry; what is not whole is added to the damages, or cut off if it was only being written.
     *
     * @param ending which entries behind one that is not whole count
     */
    void replay(Visitor visitor, List<Damage> damages, Ending ending) throws IOException;

    /** What an entry that is not whole, with whole ones behind it, means for them. */
    enum Ending {
        /** They stay: the file was complete, or nobody knows what of it was. */
        KEPT,
        /** They go with it if none of them says that it was on the disk: then all of them were being written when the power failed. */
        PROVEN,
        /** They go with it: the primary has them too. */
        CUT
    }

    /** What of the file is damaged besides entries. */
    Optional<Damage> damage();

    void sync() throws IOException;

    void close() throws IOException;

    /** Gives its space back at once, though it may still be mapped: its name must be another file's by now, and nobody may read it any more. */
    void discard() throws IOException;

    /** Told of every whole entry, in order. */
    interface Visitor {
        void entry(ByteBuffer file, int at, long location);
    }
}
