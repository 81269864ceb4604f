package org.zosgrid.bpmn.table;

import java.util.Set;

/**
 * What a table says of a change.
 *
 * @param people how many must approve
 * @param groups of each of which somebody must be among them
 */
public record Demand(int people, Set<String> groups) {
    public Demand {
        groups = Set.copyOf(groups);
    }
}
