package org.zosgrid.bpmn;

import org.camunda.bpm.engine.delegate.DelegateExecution;

/** "Send contract", to the node that its multi-instance activity is about. */
final class SendContract extends Step {
    private final Delivery delivery;

    SendContract(Delivery delivery) {
        this.delivery = delivery;
    }

    @Override
    void run(DelegateExecution execution, long change) {
        delivery.send(change, (String) execution.getVariable(Variables.NODE));
    }
}
