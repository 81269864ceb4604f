package org.zosgrid.bpmn;

import org.camunda.bpm.engine.delegate.DelegateExecution;

/** "Pass the step over": after it was sealed. */
final class SkipStep extends Step {
    private final Skips skips;

    SkipStep(Skips skips) {
        this.skips = skips;
    }

    @Override
    void run(DelegateExecution execution, long change) {
        skips.skip(change);
    }
}
