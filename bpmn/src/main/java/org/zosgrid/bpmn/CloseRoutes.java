package org.zosgrid.bpmn;

import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import org.camunda.bpm.engine.delegate.DelegateExecution;

/** "Close the routes", before what they lead to goes. */
@Named("closeRoutes")
@Dependent
final class CloseRoutes extends Step {
    private final Exposure exposure;

    @Inject
    CloseRoutes(Exposure exposure) {
        this.exposure = exposure;
    }

    @Override
    void run(DelegateExecution execution, long change) {
        exposure.close(change);
    }
}
