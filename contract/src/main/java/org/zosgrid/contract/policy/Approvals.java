package org.zosgrid.contract.policy;

import java.util.Collections;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Who approved: people, each once, whatever number of keys they signed with, and the groups for which they did. The requester is not among them.
 *
 * @param groups by person, the approver groups that hold one of the keys they signed with
 * @param thresholds by group, the least number of its people wherever a rule asks for the group
 */
public record Approvals(SortedMap<String, Set<String>> groups, Map<String, Integer> thresholds) {
    public Approvals {
        TreeMap<String, Set<String>> copy = new TreeMap<>();
        groups.forEach((person, held) -> copy.put(person, Collections.unmodifiableSortedSet(new TreeSet<>(held))));
        groups = Collections.unmodifiableSortedMap(copy);
        thresholds = Map.copyOf(thresholds);
    }

    public Set<String> people() {
        return groups.keySet();
    }

    /** How many people approved for at least one of these groups. */
    int of(Set<String> any) {
        return (int) groups.values().stream().filter(held -> !Collections.disjoint(held, any)).count();
    }
}
