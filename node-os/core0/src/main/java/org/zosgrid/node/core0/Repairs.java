package org.zosgrid.node.core0;

import java.time.Duration;
import java.time.Instant;

/**
 * How often what one contract asks for had to be started again, and when that may be done next: at once the first time, then later and later, so that a
 * program that ends as soon as it begins keeps neither the node nor its readers busy. Knows no clock: moments are handed in.
 */
final class Repairs {
    /** So many times in a row it is nobody's business but the node's. */
    static final int QUIETLY = 5;
    /** Without a repair for so long, what runs counts as well again. */
    static final Duration STEADY = Duration.ofMinutes(1);
    /** At most one receipt of repairs in this time. */
    static final Duration TELL_EVERY = Duration.ofMinutes(1);
    /** What runs may fail to answer for so long. */
    static final Duration SILENCE = Duration.ofSeconds(30);

    private static final Duration FIRST_PAUSE = Duration.ofSeconds(1);
    private static final Duration LONGEST_PAUSE = Duration.ofMinutes(5);

    private int inARow;
    private int untold;
    private boolean blocked;
    private Instant last = Instant.MIN;
    private Instant notBefore = Instant.MIN;
    private Instant told = Instant.MIN;
    private Instant silentSince = Instant.MAX;

    /** Whether the next repair may begin. */
    boolean due(Instant now) {
        return !now.isBefore(notBefore);
    }

    /** One begins. */
    void begin(Instant now) {
        inARow++;
        untold++;
        last = now;
        notBefore = now.plus(pause());
    }

    /** None before the second, then 1 s, 2 s, 4 s and so on. */
    private Duration pause() {
        if (inARow < 2) {
            return Duration.ZERO;
        }
        Duration doubled = FIRST_PAUSE.multipliedBy(1L << Math.min(inARow - 2, 20));
        return doubled.compareTo(LONGEST_PAUSE) < 0 ? doubled : LONGEST_PAUSE;
    }

    /** Whether the last attempt ended with something in the way, so that the next round is a repair too. */
    boolean blocked() {
        return blocked;
    }

    void blocked(boolean inTheWay) {
        blocked = inTheWay;
    }

    /** Whether it is for people now. */
    boolean tooMany() {
        return inARow > QUIETLY;
    }

    /** Everything answers; returns whether it has done so for long enough to be called well. */
    boolean well(Instant now) {
        silentSince = Instant.MAX;
        if (last.equals(Instant.MIN) || !now.isBefore(last.plus(STEADY))) {
            inARow = 0;
            return true;
        }
        return false;
    }

    /** Something runs and does not answer; returns whether that has lasted for too long. */
    boolean silentTooLong(Instant now) {
        if (silentSince.equals(Instant.MAX)) {
            silentSince = now;
        }
        return !now.isBefore(silentSince.plus(SILENCE));
    }

    /** How many repairs a receipt shall tell of now; 0 if there is none to write. */
    int tell(Instant now) {
        if (untold == 0 || !told.equals(Instant.MIN) && now.isBefore(told.plus(TELL_EVERY))) {
            return 0;
        }
        int all = untold;
        untold = 0;
        told = now;
        return all;
    }
}
