package org.zosgrid.bpmn;

import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import org.camunda.bpm.engine.delegate.DelegateExecution;

/** "Open the routes": everything that they lead to runs. */
@Named("openRoutes")
@Dependent
final class OpenRoutes extends Step {
    private final Exposure exposure;

    @Inject
    OpenRoutes(Exposure exposure) {
        this.exposure = exposure;
    }

    @Override
    void run(DelegateExecution execution, long change) {
        exposure.open(change);
    }
}
