package org.zosgrid.node.core0;

import java.time.Duration;
import java.time.Instant;

/** How often a new contract was found not to run, and since when: whether it has failed, or needs time. Rounds follow each other within a second while something is new, so counting them alone would leave a program no time to start. */
final class Attempts {
    /** Rounds that must have found it not to run. */
    static final int LEAST = 5;
    /** How long a machine that runs may take until its ports answer. */
    static final Duration STARTING = Duration.ofSeconds(20);

    private final Instant first;
    private int times;

    Attempts(Instant first) {
        this.first = first;
    }

    /**
     * One more.
     *
     * @param starting whether all that is missing is that ports answer
     * @return whether it has failed
     */
    boolean fail(Instant now, boolean starting) {
        times++;
        return times >= LEAST && (!starting || !now.isBefore(first.plus(STARTING)));
    }
}
