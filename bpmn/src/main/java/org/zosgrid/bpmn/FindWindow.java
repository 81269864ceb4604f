package org.zosgrid.bpmn;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.impl.util.ClockUtil;

/** The block "Wait for a maintenance window": until when. */
final class FindWindow extends Step {
    private final MaintenanceWindows windows;

    FindWindow(MaintenanceWindows windows) {
        this.windows = windows;
    }

    @Override
    void run(DelegateExecution execution, long change) {
        Instant opens = windows.opens((String) execution.getVariable("window"), ClockUtil.getCurrentTime().toInstant());
        // The engine's timers know milliseconds.
        execution.setVariable("opensAt", opens.truncatedTo(ChronoUnit.MILLIS).toString());
    }
}
