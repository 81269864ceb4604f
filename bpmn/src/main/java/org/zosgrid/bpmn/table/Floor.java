package org.zosgrid.bpmn.table;

import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import org.zosgrid.bpmn.ChangeFacts;
import org.zosgrid.bpmn.condition.Variable;

/** How many people must approve a change at least, whatever a table says. */
public interface Floor {
    int least(ChangeFacts facts);

    /** Numbers at which it may change, by what they are numbers of: a table is tried on both sides of each. */
    Map<Variable, List<BigDecimal>> thresholds();

    /** The same for all changes. */
    static Floor of(int people) {
        return new Floor() {
            @Override
            public int least(ChangeFacts facts) {
                return people;
            }

            @Override
            public Map<Variable, List<BigDecimal>> thresholds() {
                return Map.of();
            }
        };
    }

    /** As another table says. */
    static Floor of(Table table) {
        return new Floor() {
            @Override
            public int least(ChangeFacts facts) {
                return table.demand(facts).map(Demand::people).orElse(1);
            }

            @Override
            public Map<Variable, List<BigDecimal>> thresholds() {
                return table.thresholds();
            }
        };
    }
}
