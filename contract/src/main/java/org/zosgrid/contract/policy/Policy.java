package org.zosgrid.contract.policy;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.zosgrid.contract.ContractException;
import org.zosgrid.contract.JsonObject;

/**
 * Rules about who must approve which changes. The order is for readers alone: every rule that matches must hold.
 *
 * <p>The trust root has one, the floor that every node computes for itself. A document may have one of its own, which can only add to the floor, and which
 * counts for whatever comes after it.
 */
public record Policy(List<Rule> rules) {
    /** Demands nothing; what a document has that says nothing. */
    public static final Policy NONE = new Policy(List.of());

    private static final int MAX_RULES = 32;

    public Policy {
        rules = List.copyOf(rules);
        if (rules.size() > MAX_RULES) {
            throw new ContractException("policy", "must not have more than " + MAX_RULES + " rules", rules.size() + " rules");
        }
        Set<String> names = new HashSet<>();
        for (Rule rule : rules) {
            if (!names.add(rule.name())) {
                throw new ContractException("policy", "must not have two rules of the same name", rule.name());
            }
        }
    }

    /** The simplest policy: so many people of one group, for every change. */
    public static Policy quorum(String group, int people) {
        return new Policy(List.of(new Rule("every-change", Match.EVERYTHING, Requirement.people(group, people))));
    }

    /** Reads the list of rules in a field of a document; a missing field is a policy without rules. */
    public static Policy read(JsonObject object, String field) {
        List<Rule> rules = object.objects(field, MAX_RULES, Rule::read);
        try {
            return new Policy(rules);
        } catch (ContractException wrong) {
            wrong.faults().forEach(each -> object.fault(field, each.problem(), each.value()));
            return NONE;
        }
    }

    /** Reads a file with the one field {@code policy}. */
    public static Policy parse(byte[] json) {
        JsonObject object = JsonObject.of(json, "policy");
        Policy policy = read(object, "policy");
        object.end();
        return policy;
    }

    /** Writes the rules as a list into a field. */
    public void write(ObjectNode object, String field) {
        ArrayNode list = object.putArray(field);
        rules.forEach(rule -> list.add(rule.toJson()));
    }

    public boolean isEmpty() {
        return rules.isEmpty();
    }
}
