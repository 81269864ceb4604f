package org.zosgrid.bpmn;

import java.util.Map;
import org.camunda.bpm.engine.DecisionService;

/** Asks the decision table outside of a process, as "Decide quorum" does inside. */
public final class QuorumTable {
    private static final String KEY = "quorum";

    private final DecisionService decisions;

    public QuorumTable(DecisionService decisions) {
        this.decisions = decisions;
    }

    /** How many people the table wants; the trust root's floor holds whatever it says. */
    public int people(ChangeFacts facts) {
        Number people = decisions.evaluateDecisionTableByKey(KEY, Map.of(
                Variables.KIND, facts.kind(),
                Variables.ENVIRONMENT, facts.environment(),
                Variables.EXPOSED, facts.exposed(),
                Variables.MACHINES, facts.machines(),
                Variables.MEMORY_MIB, facts.memoryMiB())).getSingleEntry();
        return people.intValue();
    }
}
