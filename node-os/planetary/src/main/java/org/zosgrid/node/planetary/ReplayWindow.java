package org.zosgrid.node.planetary;

/** Which of the last {@value #SIZE} counters have been seen (RFC 6479's idea). Not safe for use by several threads. */
final class ReplayWindow {
    static final int SIZE = 2048;
    private static final int WORDS = SIZE / 64 + 1;

    private final long[] bits = new long[WORDS];
    private long highest = -1;

    /** Whether a counter is new; if so it is now seen. Call only after the packet was authenticated. */
    boolean accept(long counter) {
        if (counter < 0 || counter + SIZE <= highest) {
            return false;
        }
        if (counter > highest) {
            long from = highest < 0 ? 0 : highest / 64 + 1;
            long to = counter / 64;
            for (long word = Math.max(from, to - WORDS + 1); word <= to; word++) {
                if (highest < 0 || word > highest / 64) {
                    bits[(int) (word % WORDS)] = 0;
                }
            }
            highest = counter;
        }
        int word = (int) (counter / 64 % WORDS);
        long bit = 1L << (counter % 64);
        if ((bits[word] & bit) != 0) {
            return false;
        }
        bits[word] |= bit;
        return true;
    }
}
