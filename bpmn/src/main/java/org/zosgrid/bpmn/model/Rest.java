package org.zosgrid.bpmn.model;

import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.zosgrid.bpmn.Outcome;

/**
 * A situation in which a process rests.
 *
 * @param at ids of the nodes that are under way; with {@code ->} before it a parallel gateway that waits for others
 * @param facts bits of {@link Fact}
 * @param outcome that was declared
 */
record Rest(Set<String> at, int facts, Outcome.@Nullable Stage outcome) {
    Rest {
        at = Set.copyOf(at);
    }
}
