package org.zosgrid.contract.document;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.zosgrid.contract.ContractException;
import org.zosgrid.contract.JsonObject;
import org.zosgrid.contract.StrictJson;
import org.zosgrid.contract.policy.Approvals;

/**
 * What decision tables demanded of a change beyond every rule, written into its document before anybody signs it. So it is bound into every signature, and nodes and auditors hold the change to it without
 * knowing the tables: nobody can demand less of it later.
 *
 * @param people how many people must approve, of whatever groups; 0 for no more than the rules say
 * @param groups approver groups of each of which somebody must approve
 */
public record Demand(int people, Set<String> groups) {
    /** Nothing beyond the rules. */
    public static final Demand NONE = new Demand(0, Set.of());

    private static final String FIELD = "demand";
    private static final int MAX_GROUPS = 8;
    private static final int MOST = 1000;

    public Demand {
        groups = Collections.unmodifiableSortedSet(new TreeSet<>(groups));
        if (people < 0 || people > MOST) {
            throw new ContractException("people", "must lie between 0 and " + MOST, Integer.toString(people));
        }
        if (groups.size() > MAX_GROUPS) {
            throw new ContractException("groups", "must not have more than " + MAX_GROUPS + " entries", groups.size() + " entries");
        }
    }

    static Demand read(JsonObject object) {
        return object.has(FIELD) ? object.object(FIELD, Demand::fields).orElse(NONE) : NONE;
    }

    private static Demand fields(JsonObject object) {
        return new Demand((int) object.number("people", 0, MOST), new TreeSet<>(object.texts("groups", MAX_GROUPS, Names.MAX)));
    }

    /** Leaves a document as it is where nothing is demanded. */
    void write(ObjectNode document) {
        if (!equals(NONE)) {
            ObjectNode object = document.putObject(FIELD).put("people", people);
            groups.forEach(object.withArray("groups")::add);
        }
    }

    /** What both demand together. */
    public Demand and(Demand other) {
        Set<String> all = new TreeSet<>(groups);
        all.addAll(other.groups);
        return new Demand(Math.max(people, other.people), all);
    }

    /** Whether whoever satisfies this satisfies the other. */
    public boolean covers(Demand other) {
        return people >= other.people && groups.containsAll(other.groups);
    }

    /** What the approvals lack, in sentences; empty when nothing. */
    public List<String> missing(Approvals approvals) {
        List<String> missing = new ArrayList<>();
        if (approvals.people().size() < people) {
            missing.add(people + (people == 1 ? " person" : " people") + " must have approved (" + approvals.people().size() + " did)");
        }
        for (String group : groups) {
            if (approvals.groups().values().stream().noneMatch(held -> held.contains(group))) {
                missing.add("somebody of " + group + " must have approved");
            }
        }
        return missing;
    }

    @Override
    public String toString() {
        return people + (people == 1 ? " person" : " people") + (groups.isEmpty() ? "" : ", somebody of each of " + String.join(", ", groups));
    }
}
