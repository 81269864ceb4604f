package org.zosgrid.bpmn;

import org.camunda.bpm.engine.delegate.DelegateExecution;

/** "Verify": before anybody is asked. */
final class VerifyChange extends Step {
    private final Verification verification;

    VerifyChange(Verification verification) {
        this.verification = verification;
    }

    @Override
    void run(DelegateExecution execution, long change) {
        verification.verify(change);
    }
}
