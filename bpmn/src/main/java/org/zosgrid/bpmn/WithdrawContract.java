package org.zosgrid.bpmn;

import org.camunda.bpm.engine.delegate.DelegateExecution;

/** "Withdraw contract", from the node that its multi-instance activity is about. */
final class WithdrawContract extends Step {
    private final Delivery delivery;

    WithdrawContract(Delivery delivery) {
        this.delivery = delivery;
    }

    @Override
    void run(DelegateExecution execution, long change) {
        boolean answerExpected = delivery.withdraw(change, (String) execution.getVariable(Variables.NODE));
        execution.setVariable(Variables.ANSWER_EXPECTED, answerExpected);
    }
}
