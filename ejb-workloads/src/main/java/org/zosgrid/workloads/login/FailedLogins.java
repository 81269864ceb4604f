package org.zosgrid.workloads.login;

import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** How often logins under a name failed lately, at this server: after a few, none is tried for a while, so that passwords cannot be guessed at the speed of a network. */
@ApplicationScoped
public class FailedLogins {
    static final int FREE = 5;
    static final Duration PAUSE = Duration.ofMinutes(1);

    /** More names than people have; the oldest is forgotten. */
    private static final int NAMES = 10_000;

    private record Failures(int count, Instant last) {}

    private final Map<String, Failures> failures = new LinkedHashMap<>() {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Failures> eldest) {
            return size() > NAMES;
        }
    };

    /** Until when nobody may try this name; empty if they may. */
    synchronized Optional<Instant> barredUntil(String name, Instant now) {
        Failures known = failures.get(name);
        return known != null && known.count() >= FREE && now.isBefore(known.last().plus(PAUSE)) ? Optional.of(known.last().plus(PAUSE)) : Optional.empty();
    }

    synchronized void failed(String name, Instant now) {
        Failures known = failures.remove(name);
        failures.put(name, new Failures(known == null || !now.isBefore(known.last().plus(PAUSE)) ? 1 : known.count() + 1, now));
    }

    synchronized void succeeded(String name) {
        failures.remove(name);
    }
}
