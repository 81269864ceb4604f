package org.zosgrid.bpmn;

import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import org.camunda.bpm.engine.delegate.DelegateExecution;

/** "Withdraw contract", from the node that its multi-instance activity is about. */
@Named("withdrawContract")
@Dependent
final class WithdrawContract extends Step {
    private final Delivery delivery;

    @Inject
    WithdrawContract(Delivery delivery) {
        this.delivery = delivery;
    }

    @Override
    void run(DelegateExecution execution, long change) {
        boolean answerExpected = delivery.withdraw(change, (String) execution.getVariable(Variables.NODE));
        execution.setVariable(Variables.ANSWER_EXPECTED, answerExpected);
    }
}
