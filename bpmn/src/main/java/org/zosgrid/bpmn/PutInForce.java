package org.zosgrid.bpmn;

import org.camunda.bpm.engine.delegate.DelegateExecution;

/** "Put it in force": after it was sealed. */
final class PutInForce extends Step {
    private final Models models;

    PutInForce(Models models) {
        this.models = models;
    }

    @Override
    void run(DelegateExecution execution, long change) {
        models.putInForce(change);
    }
}
