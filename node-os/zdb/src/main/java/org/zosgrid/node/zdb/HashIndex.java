package org.zosgrid.node.zdb;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.function.IntFunction;

/**
 * The index of client-chosen keys: extendible hashing in memory outside the heap, 12 bytes a slot. A slot has 32 bits of the key's hash and the entry's
 * location; the key itself is compared where it stands in the log. A full segment splits in two, so growing never rehashes more than {@value #SLOTS} slots
 * at once: between 42 and 85 % of the slots are used, hence 14 to 28 bytes a key.
 */
final class HashIndex implements KeyIndex {
    static final int SLOTS = 4096;
    static final int SEGMENT_BYTES = SLOTS * 12;

    private static final int FULL = SLOTS * 85 / 100;
    private static final int MASK = SLOTS - 1;
    private static final int LOCATIONS = SLOTS * 4;
    private static final int DEEPEST = 20;

    final long seed;
    private ByteBuffer[] directory;
    private int[] used;
    private byte[] depth;
    private int globalDepth;
    private int segments;
    private ByteBuffer scratch = ByteBuffer.allocate(0);

    /** The slot that {@link #find} ended on. */
    private int lastTag;
    private int lastSlot;

    HashIndex(long seed) {
        this.seed = seed;
        this.directory = new ByteBuffer[] {segment()};
        this.used = new int[1];
        this.depth = new byte[1];
        this.segments = 1;
    }

    private static ByteBuffer segment() {
        return ByteBuffer.allocateDirect(SEGMENT_BYTES).order(ByteOrder.LITTLE_ENDIAN);
    }

    @Override
    public long find(ByteBuffer key, int at, int length, DataLog log) {
        int tag = tag(seed, key, at, length);
        lastTag = tag;
        ByteBuffer segment = directory[place(tag)];
        int slot = tag & MASK;
        while (true) {
            int there = segment.getInt(slot * 4);
            if (there == 0) {
                lastSlot = slot;
                return 0;
            }
            if (there == tag) {
                long location = segment.getLong(LOCATIONS + slot * 8);
                // A deletion that compaction dropped is still noted until it is removed here too.
                if (log.seek(location)) {
                    if (log.keyIs(key, at, length)) {
                        lastSlot = slot;
                        return location;
                    }
                } else if (!log.dropped(location)) {
                    throw log.damaged(location);
                }
            }
            slot = slot + 1 & MASK;
        }
    }

    @Override
    public void put(ByteBuffer key, int at, int length, long location, DataLog log) {
        int place = place(lastTag);
        ByteBuffer segment = directory[place];
        boolean fresh = segment.getInt(lastSlot * 4) == 0;
        segment.putInt(lastSlot * 4, lastTag);
        segment.putLong(LOCATIONS + lastSlot * 8, location);
        if (fresh) {
            int first = first(place);
            used[first]++;
            if (used[first] > FULL) {
                split(first);
            }
        }
    }

    @Override
    public void remove(ByteBuffer key, int at, int length, long location) {
        int tag = tag(seed, key, at, length);
        int place = place(tag);
        ByteBuffer segment = directory[place];
        int slot = tag & MASK;
        while (segment.getInt(slot * 4) != tag || segment.getLong(LOCATIONS + slot * 8) != location) {
            if (segment.getInt(slot * 4) == 0) {
                return;
            }
            slot = slot + 1 & MASK;
        }
        // Those behind it move up, as far as that brings them no further than where they belong.
        int hole = slot;
        for (int next = hole + 1 & MASK; segment.getInt(next * 4) != 0; next = next + 1 & MASK) {
            int home = segment.getInt(next * 4) & MASK;
            if ((next - home & MASK) >= (next - hole & MASK)) {
                segment.putInt(hole * 4, segment.getInt(next * 4));
                segment.putLong(LOCATIONS + hole * 8, segment.getLong(LOCATIONS + next * 8));
                hole = next;
            }
        }
        segment.putInt(hole * 4, 0);
        segment.putLong(LOCATIONS + hole * 8, 0);
        used[first(place)]--;
    }

    /** What is counted for a segment stands at the first of its places in the directory. */
    private int first(int place) {
        int span = globalDepth - depth[place];
        return place >>> span << span;
    }

    private int place(int tag) {
        return globalDepth == 0 ? 0 : tag >>> 32 - globalDepth;
    }

    private void split(int place) {
        int own = depth[place];
        if (own >= DEEPEST) {
            throw new ZdbException.Refused("Cannot write index right now");
        }
        if (own == globalDepth) {
            grow();
            place *= 2;
        }
        if (scratch.capacity() == 0) {
            scratch = segment();
        }
        int span = 1 << globalDepth - own;
        ByteBuffer whole = directory[place];
        // The lower half is gathered beside and copied back: memory outside the heap comes back slowly, so none is dropped.
        ByteBuffer low = scratch;
        for (int i = 0; i < LOCATIONS; i += 8) {
            low.putLong(i, 0);
        }
        ByteBuffer high = segment();
        int lows = 0;
        int highs = 0;
        for (int slot = 0; slot < SLOTS; slot++) {
            int tag = whole.getInt(slot * 4);
            if (tag != 0) {
                boolean upper = (tag >>> 31 - own & 1) == 1;
                insert(upper ? high : low, tag, whole.getLong(LOCATIONS + slot * 8));
                if (upper) {
                    highs++;
                } else {
                    lows++;
                }
            }
        }
        whole.put(0, low, 0, SEGMENT_BYTES);
        Arrays.fill(directory, place + span / 2, place + span, high);
        Arrays.fill(depth, place, place + span, (byte) (own + 1));
        used[place] = lows;
        used[place + span / 2] = highs;
        segments++;
    }

    private static void insert(ByteBuffer segment, int tag, long location) {
        int slot = tag & MASK;
        while (segment.getInt(slot * 4) != 0) {
            slot = slot + 1 & MASK;
        }
        segment.putInt(slot * 4, tag);
        segment.putLong(LOCATIONS + slot * 8, location);
    }

    private void grow() {
        int size = directory.length;
        ByteBuffer[] wider = new ByteBuffer[size * 2];
        int[] counts = new int[size * 2];
        byte[] depths = new byte[size * 2];
        for (int i = 0; i < size; i++) {
            wider[2 * i] = directory[i];
            wider[2 * i + 1] = directory[i];
            counts[2 * i] = used[i];
            depths[2 * i] = depth[i];
            depths[2 * i + 1] = depth[i];
        }
        directory = wider;
        used = counts;
        depth = depths;
        globalDepth++;
    }

    @Override
    public void flush() {
        // Lies in memory; a checkpoint writes it.
    }

    @Override
    public long bytes() {
        return (long) segments * SEGMENT_BYTES + directory.length * 9L;
    }

    int segments() {
        return segments;
    }

    int globalDepth() {
        return globalDepth;
    }

    /** Told of every segment, in the order of the directory. */
    interface SegmentVisitor<E extends Exception> {
        void segment(int depth, int used, ByteBuffer slots) throws E;
    }

    <E extends Exception> void forEachSegment(SegmentVisitor<E> visitor) throws E {
        for (int place = 0; place < directory.length; place += 1 << globalDepth - depth[place]) {
            visitor.segment(depth[place], used[place], directory[place]);
        }
    }

    /** An index as a checkpoint has it: depths and counts of the segments in order, and their slots, which may be written to. */
    HashIndex(long seed, int globalDepth, byte[] depths, int[] counts, IntFunction<ByteBuffer> slots) {
        this.seed = seed;
        this.globalDepth = globalDepth;
        this.segments = depths.length;
        int size = 1 << globalDepth;
        this.directory = new ByteBuffer[size];
        this.used = new int[size];
        this.depth = new byte[size];
        int place = 0;
        for (int i = 0; i < depths.length; i++) {
            int span = 1 << globalDepth - depths[i];
            Arrays.fill(directory, place, place + span, slots.apply(i).order(ByteOrder.LITTLE_ENDIAN));
            Arrays.fill(depth, place, place + span, depths[i]);
            used[place] = counts[i];
            place += span;
        }
    }

    @Override
    public void close() {
        directory = new ByteBuffer[0];
    }

    /** 32 bits of a keyed hash, never 0. The seed is the store's secret, so that nobody can choose keys that collide. */
    static int tag(long seed, ByteBuffer key, int at, int length) {
        long hash = seed ^ length * 0x9e3779b97f4a7c15L;
        int i = 0;
        for (; i <= length - 8; i += 8) {
            hash = mix(hash ^ key.getLong(at + i));
        }
        long rest = 0;
        for (int shift = 0; i < length; i++, shift += 8) {
            rest |= (key.get(at + i) & 0xffL) << shift;
        }
        int tag = (int) (mix(mix(hash ^ rest) + seed) >>> 32);
        return tag == 0 ? 1 : tag;
    }

    private static long mix(long value) {
        long high = Math.unsignedMultiplyHigh(value, 0xa0761d6478bd642fL);
        long mixed = value * 0xa0761d6478bd642fL ^ high;
        return mixed ^ mixed >>> 29;
    }
}
