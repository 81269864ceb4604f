package org.zosgrid.bpmn;

import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import org.camunda.bpm.dmn.engine.DmnDecisionRuleResult;
import org.camunda.bpm.engine.DecisionService;
import org.jspecify.annotations.Nullable;
import org.zosgrid.bpmn.table.Demand;

/** Asks the decision table outside of a process, as "Decide quorum" does inside. */
public final class QuorumTable {
    /** The decision that every process asks, whatever others it asks. */
    public static final String KEY = "quorum";

    private static final String PEOPLE = "people";
    private static final String GROUPS = "groups";

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
        return demand(KEY, facts).people();
    }

    /**
     * What a table in force wants.
     *
     * @param table the id of its decision
     */
    public Demand demand(String table, ChangeFacts facts) {
        DmnDecisionRuleResult row = tenant.get().table(decisions, table).variables(variables(facts)).evaluate().getSingleResult();
        if (row == null) {
            throw new IllegalStateException("the decision table " + table + " says nothing of " + facts);
        }
        return new Demand(((Number) row.getEntry(PEOPLE)).intValue(), groups(row.containsKey(GROUPS) ? row.getEntry(GROUPS) : null));
    }

    /** Groups as tables write them, separated by commas. */
    static Set<String> groups(@Nullable String text) {
        return text == null || text.isEmpty() ? Set.of() : Set.of(text.split(" *, *"));
    }

    /** What a table is told of a change. */
    static Map<String, Object> variables(ChangeFacts facts) {
        return Map.of(
                Variables.KIND, facts.kind(),
                Variables.ENVIRONMENT, facts.environment(),
                Variables.EXPOSED, facts.exposed(),
                Variables.MACHINES, facts.machines(),
                Variables.MEMORY_MIB, facts.memoryMiB(),
                Variables.DATA_CLASS, facts.dataClass(),
                Variables.COST, facts.cost(),
                Variables.HOUR, facts.hour());
    }
}
