package org.zosgrid.bpmn;

import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import org.camunda.bpm.engine.delegate.DelegateExecution;

/** "Send contract", to the node that its multi-instance activity is about. */
@Named("sendContract")
@Dependent
final class SendContract extends Step {
    private final Delivery delivery;

    @Inject
    SendContract(Delivery delivery) {
        this.delivery = delivery;
    }

    @Override
    void run(DelegateExecution execution, long change) {
        delivery.send(change, (String) execution.getVariable(Variables.NODE));
    }
}
