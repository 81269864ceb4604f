package org.zosgrid.contract.policy;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Collections;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.zosgrid.contract.ContractException;
import org.zosgrid.contract.JsonObject;
import org.zosgrid.contract.StrictJson;

/**
 * Approvals that weigh differently, and how much they must weigh together. Somebody weighs what is given for them by name, otherwise the most that is
 * given for a group they approved for, otherwise nothing.
 *
 * @param least at least 1
 * @param people weights by name, 0 to 1000
 * @param groups weights of everybody in a group, 0 to 1000
 */
public record Weight(int least, SortedMap<String, Integer> people, SortedMap<String, Integer> groups) {
    private static final int MOST = 1000;
    private static final int MAX_ENTRIES = 64;

    public Weight {
        people = Collections.unmodifiableSortedMap(new TreeMap<>(people));
        groups = Collections.unmodifiableSortedMap(new TreeMap<>(groups));
        if (least < 1) {
            throw new ContractException("least", "must be at least 1", Integer.toString(least));
        }
    }

    long of(Approvals approvals) {
        return approvals.groups().entrySet().stream().mapToLong(each -> of(each.getKey(), each.getValue())).sum();
    }

    private int of(String person, Set<String> held) {
        return people.getOrDefault(person, held.stream().mapToInt(group -> groups.getOrDefault(group, 0)).max().orElse(0));
    }

    static Weight read(JsonObject object) {
        return new Weight((int) object.number("least", 1, 1_000_000),
                new TreeMap<>(object.numberMap("people", MAX_ENTRIES, 0, MOST)), new TreeMap<>(object.numberMap("groups", MAX_ENTRIES, 0, MOST)));
    }

    ObjectNode toJson() {
        ObjectNode object = StrictJson.object().put("least", least);
        people.forEach((person, weight) -> object.withObject("/people").put(person, weight));
        groups.forEach((group, weight) -> object.withObject("/groups").put(group, weight));
        return object;
    }
}
