package org.zosgrid.bpmn;

import org.camunda.bpm.engine.delegate.DelegateExecution;

/** "Open the routes": everything that they lead to runs. */
final class OpenRoutes extends SkippableStep {
    private final Exposure exposure;

    OpenRoutes(Exposure exposure) {
        this.exposure = exposure;
    }

    @Override
    void act(DelegateExecution execution, long change) {
        exposure.open(change);
    }
}
