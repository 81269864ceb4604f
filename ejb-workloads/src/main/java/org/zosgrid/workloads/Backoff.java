package org.zosgrid.workloads;

import java.time.Duration;
import java.util.random.RandomGenerator;

/**
 * How long to wait after a failure: twice as long each time, up to a limit, and of that a random part between a half and all, so that many who failed
 * together do not come back together.
 */
public record Backoff(Duration first, Duration longest) {
    /** @param attempts how often it has failed, at least 1 */
    public Duration after(int attempts, RandomGenerator random) {
        long most = longest.toMillis();
        long doubled = Math.min(attempts > 30 ? most : first.toMillis() << (attempts - 1), most);
        return Duration.ofMillis(doubled / 2 + random.nextLong(doubled / 2 + 1));
    }
}
