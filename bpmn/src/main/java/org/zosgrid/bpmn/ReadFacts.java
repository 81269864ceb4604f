package org.zosgrid.bpmn;

import org.camunda.bpm.engine.delegate.DelegateExecution;

/** At the beginning of "Decide quorum": puts before the decision table what it decides on. */
final class ReadFacts extends Step {
    private final Approval approval;

    ReadFacts(Approval approval) {
        this.approval = approval;
    }

    @Override
    void run(DelegateExecution execution, long change) {
        ChangeFacts facts = approval.facts(change);
        execution.setVariable(Variables.KIND, facts.kind());
        execution.setVariable(Variables.ENVIRONMENT, facts.environment());
        execution.setVariable(Variables.EXPOSED, facts.exposed());
        execution.setVariable(Variables.MACHINES, facts.machines());
        execution.setVariable(Variables.MEMORY_MIB, facts.memoryMiB());
        execution.setVariable(Variables.DATA_CLASS, facts.dataClass());
        execution.setVariable(Variables.COST, facts.cost());
        execution.setVariable(Variables.HOUR, facts.hour());
    }
}
