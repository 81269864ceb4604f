package org.zosgrid.workloads.health;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.event.TransactionPhase;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import org.zosgrid.model.CurrentOrganisation;

/** How long changes took, of this server since it started. What is rolled back is not counted. */
@ApplicationScoped
public class Durations {
    /** Upper bounds of the histogram's buckets, in seconds: from what a machine needs to what people need. */
    private static final long[] BOUNDS = {1, 5, 15, 60, 300, 900, 3600, 14_400, 86_400, 604_800};

    @Inject private Event<Took> told;

    /** By organisation. */
    private final Map<String, Map<Step, Histogram>> histograms = new HashMap<>();

    /** A part of a change's way. */
    public enum Step {
        SUBMIT_TO_SEAL, SEAL_TO_RUNNING;

        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** Within the transaction; counted once it is committed. */
    public record Took(String organisation, Step step, Duration duration) {}

    /** Notes a duration, in the caller's transaction. */
    public void took(Step step, Duration duration) {
        told.fire(new Took(CurrentOrganisation.name(), step, duration));
    }

    void count(@Observes(during = TransactionPhase.AFTER_SUCCESS) Took took) {
        synchronized (histograms) {
            histograms.computeIfAbsent(took.organisation(), first -> new EnumMap<>(Step.class)).computeIfAbsent(took.step(), first -> new Histogram(BOUNDS)).add(took.duration());
        }
    }

    /** The current organisation's. */
    public void write(Exposition text) {
        synchronized (histograms) {
            text.histogram("zos_change_duration_seconds", "How long changes took, of this server since it started", "step", histograms.getOrDefault(CurrentOrganisation.name(), Map.of()));
        }
    }
}
