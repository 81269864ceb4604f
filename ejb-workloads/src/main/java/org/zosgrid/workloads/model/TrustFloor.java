package org.zosgrid.workloads.model;

import java.math.BigDecimal;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.zosgrid.bpmn.ChangeFacts;
import org.zosgrid.bpmn.condition.Variable;
import org.zosgrid.bpmn.table.Floor;
import org.zosgrid.contract.document.Environment;
import org.zosgrid.contract.policy.ChangeClass;
import org.zosgrid.contract.policy.Kind;
import org.zosgrid.contract.policy.Policy;

/** How many people the trust root's rules demand of a change, as far as a decision table can tell changes apart: of those it cannot, the one of which most is demanded. */
record TrustFloor(Policy policy) implements Floor {
    private static final long MIB = 1 << 20;

    @Override
    public int least(ChangeFacts facts) {
        ChangeClass change = new ChangeClass(kinds(facts.kind()),
            List.of(new ChangeClass.Side(Environment.parse(facts.environment()), facts.exposed(), facts.machines(), facts.memoryMiB() * MIB)));
        return policy.rules().stream().filter(rule -> rule.matches(change)).mapToInt(rule -> rule.require().leastPeople()).reduce(1, Math::max);
    }

    private static Set<Kind> kinds(String kind) {
        return switch (kind) {
            case "pause" -> EnumSet.of(Kind.PAUSE);
            case "resume" -> EnumSet.of(Kind.RESUME);
            case "decommission" -> EnumSet.of(Kind.DECOMMISSION);
            case "model" -> EnumSet.of(Kind.MODEL);
            case "skip" -> EnumSet.of(Kind.SKIP);
            case "admission" -> EnumSet.of(Kind.ADMISSION);
            case "retirement" -> EnumSet.of(Kind.RETIREMENT);
            case "promotion" -> EnumSet.of(Kind.PROMOTION, Kind.REVOCATION);
            case "review" -> EnumSet.of(Kind.REVIEW, Kind.CHANGE);
            default -> EnumSet.of(Kind.CREATE, Kind.CHANGE, Kind.POLICY_CHANGE);
        };
    }

    @Override
    public Map<Variable, List<BigDecimal>> thresholds() {
        return Map.of(
            Variable.MACHINES, policy.rules().stream().map(rule -> BigDecimal.valueOf(rule.match().machines())).distinct().toList(),
            Variable.MEMORY_MIB, policy.rules().stream().flatMap(rule -> rule.match().memory().stream()).map(size -> BigDecimal.valueOf(size.bytes() / MIB)).distinct().toList());
    }
}
