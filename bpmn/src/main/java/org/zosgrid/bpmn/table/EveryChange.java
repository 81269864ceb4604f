package org.zosgrid.bpmn.table;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.zosgrid.bpmn.ChangeFacts;
import org.zosgrid.bpmn.condition.Variable;

/**
 * One change of each sort that a table and a floor can tell apart: every text and truth value, and of numbers those on both sides of each threshold. What
 * holds for all of these holds for every change, because both decide by nothing else.
 */
final class EveryChange {
    private final List<String> kinds = Variable.KIND.choices();
    private final List<String> environments = Variable.ENVIRONMENT.choices();
    private final List<Long> machines;
    private final List<Long> memory;
    private final List<String> dataClasses;
    private final List<Long> costs;
    private final List<Long> hours;

    EveryChange(Table table, Floor floor) {
        machines = around(table, floor, Variable.MACHINES, Integer.MAX_VALUE);
        memory = around(table, floor, Variable.MEMORY_MIB, Long.MAX_VALUE);
        dataClasses = isAsked(table, floor, Variable.DATA_CLASS) ? Variable.DATA_CLASS.choices() : List.of(ChangeFacts.RESTRICTED);
        costs = isAsked(table, floor, Variable.COST) ? around(table, floor, Variable.COST, ChangeFacts.UNKNOWN_COST) : List.of(0L);
        hours = isAsked(table, floor, Variable.HOUR) ? around(table, floor, Variable.HOUR, ChangeFacts.LAST_HOUR) : List.of(0L);
    }

    private static boolean isAsked(Table table, Floor floor, Variable variable) {
        return table.thresholds().containsKey(variable) || floor.thresholds().containsKey(variable);
    }

    private static List<Long> around(Table table, Floor floor, Variable of, long most) {
        TreeSet<Long> numbers = new TreeSet<>(List.of(0L, most));
        for (Map<Variable, List<BigDecimal>> thresholds : List.of(table.thresholds(), floor.thresholds())) {
            for (BigDecimal threshold : thresholds.getOrDefault(of, List.of())) {
                long below = threshold.setScale(0, RoundingMode.FLOOR).longValue();
                for (long number = below - 1; number <= below + 2; number++) {
                    if (number >= 0 && number <= most) {
                        numbers.add(number);
                    }
                }
            }
        }
        return List.copyOf(numbers);
    }

    long count() {
        return 2L * kinds.size() * environments.size() * machines.size() * memory.size() * dataClasses.size() * costs.size() * hours.size();
    }

    List<ChangeFacts> all() {
        List<ChangeFacts> all = new ArrayList<>();
        for (String kind : kinds) {
            for (String environment : environments) {
                for (boolean exposed : new boolean[] {false, true}) {
                    for (long number : machines) {
                        memory.forEach(mebibytes -> addAll(new ChangeFacts(kind, environment, exposed, (int) number, mebibytes), all));
                    }
                }
            }
        }
        return all;
    }

    private void addAll(ChangeFacts of, List<ChangeFacts> all) {
        for (String dataClass : dataClasses) {
            for (long cost : costs) {
                hours.forEach(hour -> all.add(new ChangeFacts(of.kind(), of.environment(), of.exposed(), of.machines(), of.memoryMiB(), dataClass, cost, hour.intValue())));
            }
        }
    }
}
