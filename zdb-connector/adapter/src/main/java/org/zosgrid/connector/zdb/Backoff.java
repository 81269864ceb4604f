package org.zosgrid.connector.zdb;

import java.time.Duration;
import java.util.logging.Logger;

/** Trouble that passes: told once when it begins and once when it is over, with pauses in between that double up to a limit. */
final class Backoff {
    private static final Logger LOG = Logger.getLogger(Backoff.class.getName());
    private static final Duration FIRST = Duration.ofMillis(100);

    private final String what;
    private final Duration most;
    private Duration next = FIRST;
    private boolean troubled;

    /**
     * @param what what does not work while there is trouble, as the subject of a sentence
     * @param most the longest pause
     */
    Backoff(String what, Duration most) {
        this.what = what;
        this.most = most;
    }

    /** It failed; returns how long to pause before the next attempt. */
    Duration failed(Throwable why) {
        if (!troubled) {
            troubled = true;
            LOG.warning(() -> what + " fails and is tried again until it succeeds: " + why);
        }
        Duration pause = next;
        next = pause.multipliedBy(2).compareTo(most) < 0 ? pause.multipliedBy(2) : most;
        return pause;
    }

    void succeeded() {
        if (troubled) {
            troubled = false;
            next = FIRST;
            LOG.info(() -> what + " works again");
        }
    }
}
