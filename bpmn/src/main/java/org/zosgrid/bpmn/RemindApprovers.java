package org.zosgrid.bpmn;

import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import org.camunda.bpm.engine.delegate.DelegateExecution;

/** "Remind": half the time is gone. */
@Named("remindApprovers")
@Dependent
final class RemindApprovers extends Step {
    private final Approval approval;

    @Inject
    RemindApprovers(Approval approval) {
        this.approval = approval;
    }

    @Override
    void run(DelegateExecution execution, long change) {
        approval.remind(change);
    }
}
