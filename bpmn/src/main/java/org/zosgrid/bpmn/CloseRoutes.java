package org.zosgrid.bpmn;

import org.camunda.bpm.engine.delegate.DelegateExecution;

/** "Close the routes", before what they lead to goes. */
final class CloseRoutes extends SkippableStep {
    private final Exposure exposure;

    CloseRoutes(Exposure exposure) {
        this.exposure = exposure;
    }

    @Override
    void act(DelegateExecution execution, long change) {
        exposure.close(change);
    }
}
