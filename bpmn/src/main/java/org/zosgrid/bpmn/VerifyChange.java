package org.zosgrid.bpmn;

import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import org.camunda.bpm.engine.delegate.DelegateExecution;

/** "Verify": before anybody is asked. */
@Named("verifyChange")
@Dependent
final class VerifyChange extends Step {
    private final Verification verification;

    @Inject
    VerifyChange(Verification verification) {
        this.verification = verification;
    }

    @Override
    void run(DelegateExecution execution, long change) {
        verification.verify(change);
    }
}
