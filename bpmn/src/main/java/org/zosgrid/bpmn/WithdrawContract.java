package org.zosgrid.bpmn;

import org.camunda.bpm.engine.delegate.BpmnError;
import org.camunda.bpm.engine.delegate.DelegateExecution;

/** "Withdraw contract", from the node that its multi-instance activity is about. */
final class WithdrawContract extends SkippableStep {
    private final Delivery delivery;

    WithdrawContract(Delivery delivery) {
        this.delivery = delivery;
    }

    /** Nothing will be heard of a node that was told nothing. */
    @Override
    void skip() {
        throw new BpmnError("skipped");
    }

    @Override
    void act(DelegateExecution execution, long change) {
        boolean answerExpected = delivery.withdraw(change, (String) execution.getVariable(Variables.NODE));
        execution.setVariable(Variables.ANSWER_EXPECTED, answerExpected);
    }
}
