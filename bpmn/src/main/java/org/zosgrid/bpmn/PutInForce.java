package org.zosgrid.bpmn;

import org.camunda.bpm.engine.delegate.DelegateExecution;

/** "Put it in or out of force": after it was sealed. */
final class PutInForce extends Step {
    private final Models models;

    PutInForce(Models models) {
        this.models = models;
    }

    @Override
    void run(DelegateExecution execution, long change) {
        execution.setVariable(Variables.IN_FORCE, models.putInForce(change));
    }
}
