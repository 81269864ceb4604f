package org.zosgrid.bpmn;

import java.util.Map;
import java.util.function.Supplier;
import org.camunda.bpm.engine.DecisionService;

/** Asks the decision table outside of a process, as "Decide quorum" does inside. */
public final class QuorumTable {
    private static final String KEY = "quorum";

    private final DecisionService decisions;
    private final Supplier<Tenant> tenant;

    public QuorumTable(DecisionService decisions) {
        this(decisions, () -> Tenant.NONE);
    }

    /** @param tenant for whom the calling thread works */
    public QuorumTable(DecisionService decisions, Supplier<Tenant> tenant) {
        this.tenant = tenant;
        this.decisions = decisions;
    }

    /** How many people the table wants; the trust root's floor holds whatever it says. */
    public int people(ChangeFacts facts) {
        Number people = tenant.get().table(decisions, KEY).variables(variables(facts)).evaluate().getSingleEntry();
        return people.intValue();
    }

    /** What a table is told of a change. */
    static Map<String, Object> variables(ChangeFacts facts) {
        return Map.of(
                Variables.KIND, facts.kind(),
                Variables.ENVIRONMENT, facts.environment(),
                Variables.EXPOSED, facts.exposed(),
                Variables.MACHINES, facts.machines(),
                Variables.MEMORY_MIB, facts.memoryMiB());
    }
}
