package org.zosgrid.bpmn;

import org.camunda.bpm.engine.delegate.DelegateExecution;

/** "Remind": half the time is gone. */
final class RemindApprovers extends Step {
    private final Approval approval;

    RemindApprovers(Approval approval) {
        this.approval = approval;
    }

    @Override
    void run(DelegateExecution execution, long change) {
        approval.remind(change);
    }
}
