package org.zosgrid.bpmn;

import java.io.ByteArrayInputStream;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.camunda.bpm.dmn.engine.DmnDecision;
import org.camunda.bpm.dmn.engine.DmnDecisionRuleResult;
import org.camunda.bpm.dmn.engine.DmnDecisionTableResult;
import org.camunda.bpm.dmn.engine.DmnEngine;
import org.camunda.bpm.dmn.engine.impl.hitpolicy.DmnHitPolicyException;
import org.camunda.bpm.engine.ProcessEngine;
import org.camunda.bpm.engine.impl.cfg.ProcessEngineConfigurationImpl;
import org.zosgrid.bpmn.table.Demand;
import org.zosgrid.bpmn.table.Table;

/** Asks a decision table that is not in force, by the part of the engine that asks those which are. Nothing is deployed, and nothing is written down. */
public final class DraftTable {
    private static final String PEOPLE = "people";
    private static final String GROUPS = "groups";

    private final ProcessEngineConfigurationImpl engine;

    public DraftTable(ProcessEngine engine) {
        this.engine = (ProcessEngineConfigurationImpl) engine.getProcessEngineConfiguration();
    }

    /** What the engine says of a change; empty if no row accepts it, or more than one where one must. */
    public Optional<Demand> demand(Table table, ChangeFacts facts) {
        return of(table).apply(facts);
    }

    /** The same of one table, for any number of changes: to have the engine read a table takes much longer than to ask it. */
    public Function<ChangeFacts, Optional<Demand>> of(Table table) {
        DmnDecision decision = ask(tables -> tables.parseDecision(table.id(), new ByteArrayInputStream(table.forTheEngine())));
        return facts -> ask(tables -> {
            try {
                return demand(tables.evaluateDecisionTable(decision, QuorumTable.variables(facts)));
            } catch (DmnHitPolicyException several) {
                return Optional.empty();
            }
        });
    }

    private <T> T ask(Function<DmnEngine, T> work) {
        return engine.getCommandExecutorTxRequired().execute(command -> work.apply(engine.getDmnEngine()));
    }

    private static Optional<Demand> demand(DmnDecisionTableResult said) {
        if (said.isEmpty()) {
            return Optional.empty();
        }
        DmnDecisionRuleResult row = said.getFirstResult();
        String groups = row.containsKey(GROUPS) ? row.getEntry(GROUPS) : "";
        return Optional.of(new Demand(((Number) row.getEntry(PEOPLE)).intValue(), groups.isEmpty() ? Set.of() : Set.of(groups.split(", "))));
    }
}
