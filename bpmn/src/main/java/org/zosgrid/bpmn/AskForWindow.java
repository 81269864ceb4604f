package org.zosgrid.bpmn;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.impl.util.ClockUtil;

/** At "May it be now?": asks when the time windows of all rules are open next. Without such a moment it is for the change's own expiry to end the waiting. */
final class AskForWindow extends Step {
    private static final Instant NEVER = Instant.parse("9999-12-31T00:00:00Z");

    private final Approval approval;

    AskForWindow(Approval approval) {
        this.approval = approval;
    }

    @Override
    void run(DelegateExecution execution, long change) {
        Instant now = ClockUtil.getCurrentTime().toInstant();
        Optional<Instant> opens = approval.opensAt(change, now);
        execution.setVariable(Variables.WINDOW_OPEN, opens.isPresent() && !opens.get().isAfter(now));
        execution.setVariable(Variables.OPENS_AT, opens.orElse(NEVER).truncatedTo(ChronoUnit.MILLIS).toString());
    }
}
