package org.zosgrid.node.planetary;

/** Which of the last {@value #SIZE} counters have been seen: a ring of words, as in RFC 6479. Not safe for use by several threads. */
final class ReplayWindow {
    static final int SIZE = 2048;

    /** One word more than the window has: the word that is being filled may not be cleared under it. */
    private static final int WORDS = SIZE / Long.SIZE + 1;

    private final long[] bits = new long[WORDS];
    private long highest = -1;

    /** Whether a counter could still be accepted; costs nothing, so ask before the packet is decrypted. */
    boolean expects(long counter) {
        if (counter < 0 || counter <= highest - SIZE) {
            return false;
        }
        return counter > highest || (bits[word(counter)] & bit(counter)) == 0;
    }

    /** Whether a counter is new; if so it is now seen. Call only after the packet was authenticated. */
    boolean accept(long counter) {
        if (!expects(counter)) {
            return false;
        }
        if (counter > highest) {
            long last = counter / Long.SIZE;
            long first = highest < 0 ? 0 : highest / Long.SIZE + 1;
            for (long word = Math.max(first, last - WORDS + 1); word <= last; word++) {
                bits[(int) (word % WORDS)] = 0;
            }
            highest = counter;
        }
        bits[word(counter)] |= bit(counter);
        return true;
    }

    private static int word(long counter) {
        return (int) (counter / Long.SIZE % WORDS);
    }

    private static long bit(long counter) {
        return 1L << (counter % Long.SIZE);
    }
}
