package org.zosgrid.bpmn.model;

import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.zosgrid.bpmn.condition.Condition;

/**
 * A sequence flow.
 *
 * @param conditional whether anything is asked before it is taken
 * @param condition what is asked, in a customer's model
 */
record Flow(String id, String name, String source, String target, boolean conditional, @Nullable Condition condition) {
    Optional<Condition> asked() {
        return Optional.ofNullable(condition);
    }
}
