package org.zosgrid.workloads.view;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * A version of a process or of a decision table that the workflow engine has.
 *
 * @param kind {@code process} or {@code decision}
 * @param running instances that have not ended; of a decision always 0
 */
public record ProcessView(String kind, String key, int version, String name, long running) {
    /**
     * How it went at one place of the diagram.
     *
     * @param activity the element's id
     * @param finished how often it was left
     * @param running how often somebody stands there now
     * @param canceled how often it was taken away before it was done: by a timer, an error or the instance's end
     * @param stuck steps there that have given up and wait for an operator
     * @param mean of those that were left; empty if none was
     * @param p95 the time that 95 of 100 took at most
     */
    public record Activity(String activity, String type, long finished, long running, long canceled, long stuck, Optional<Duration> mean, Optional<Duration> p95) {}

    /** Of all instances of a version that began since some time. */
    public record Statistics(Instant since, List<Activity> activities) {
        public Statistics {
            activities = List.copyOf(activities);
        }
    }

    /** One way through; {@code subject} is what it is about. */
    public record Instance(String id, String subject, Instant startedAt, Optional<Instant> endedAt, String state) {}

    /**
     * One change's way through its diagram: ids of elements.
     *
     * @param done where it has been and is no more
     * @param here where it is
     * @param stuck where it has given up and waits for an operator; also among {@code here}
     */
    public record Track(String key, int version, List<String> done, List<String> here, List<String> stuck) {}
}
