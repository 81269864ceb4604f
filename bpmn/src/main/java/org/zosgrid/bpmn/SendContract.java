package org.zosgrid.bpmn;

import org.camunda.bpm.engine.delegate.BpmnError;
import org.camunda.bpm.engine.delegate.DelegateExecution;

/** "Send contract", to the node that its multi-instance activity is about. */
final class SendContract extends SkippableStep {
    private final Delivery delivery;

    SendContract(Delivery delivery) {
        this.delivery = delivery;
    }

    /** Nothing will be heard of a node that was told nothing. */
    @Override
    void skip() {
        throw new BpmnError("skipped");
    }

    @Override
    void act(DelegateExecution execution, long change) {
        delivery.send(change, (String) execution.getVariable(Variables.NODE));
    }
}
