package org.zosgrid.bpmn;

import java.time.Duration;
import java.util.Date;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.impl.util.ClockUtil;
import org.zosgrid.bpmn.condition.Condition;
import org.zosgrid.bpmn.condition.Subject;

/** Answers the conditions of customers' models. The engine sees one call with a constant; what the constant says is read and answered here. */
public final class Conditions {
    private final Approval approval;

    Conditions(Approval approval) {
        this.approval = approval;
    }

    /** Whether a condition holds for the change that the process is about. Called by compiled models; public for the engine's expressions alone. */
    public boolean hold(DelegateExecution execution, String condition) {
        Date began = (Date) execution.getVariable(Variables.STARTED_AT);
        Duration age = Duration.between(began.toInstant(), ClockUtil.getCurrentTime().toInstant());
        var subject = new Subject(approval.facts((Long) execution.getVariable(Variables.CHANGE_ID)), (String) execution.getVariable(Variables.NAME),
                (Long) execution.getVariable(Variables.VERSION), age);
        return Condition.parse(condition).holds(subject);
    }
}
