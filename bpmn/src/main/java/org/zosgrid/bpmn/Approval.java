package org.zosgrid.bpmn;

import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** Who is asked for approval. Signatures themselves are taken and checked where they come in, not by the process. */
public interface Approval {
    ChangeFacts facts(long change);

    /**
     * Opens the seats. The trust root's floor holds however little the decision table demands.
     *
     * @param demanded what the decision table says: it may demand more than the floor, never less
     * @throws InvalidChangeException if fewer people may approve than must
     */
    Seats open(long change, int demanded);

    /**
     * When the time windows of every rule that the change must satisfy are open at once: the first such moment, {@code now} itself if they are. Empty if there is none.
     * Called when everybody has approved who must.
     */
    Optional<Instant> opensAt(long change, Instant now);

    /**
     * Opens the seats, of which some must be taken by people of certain groups.
     *
     * @param demanded what the decision table says: it may demand more than the floor, never less
     * @param groups names of groups, of each of which somebody must approve; what a decision table adds to the trust root's rules
     * @throws InvalidChangeException if fewer people may approve than must, or whoever implements this cannot ask groups
     */
    default Seats open(long change, int demanded, Set<String> groups) {
        if (!groups.isEmpty()) {
            throw new InvalidChangeException("groups: a decision table demands " + String.join(", ", new TreeSet<>(groups)) + ", and groups of tables are not asked here");
        }
        return open(change, demanded);
    }

    /** Approval has been open for long: whoever has not answered is told again, and the timeline says so. */
    void remind(long change);
}
