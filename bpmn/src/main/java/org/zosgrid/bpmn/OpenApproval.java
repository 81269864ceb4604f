package org.zosgrid.bpmn;

import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import org.camunda.bpm.engine.delegate.DelegateExecution;

/** "Open approval": one seat for everybody who may approve. */
final class OpenApproval extends Step {
    private final Approval approval;

    OpenApproval(Approval approval) {
        this.approval = approval;
    }

    @Override
    void run(DelegateExecution execution, long change) {
        // Of an emergency no table is asked.
        int demanded = execution.getVariable(Variables.DEMANDED) instanceof Number people ? people.intValue() : 1;
        Seats seats = approval.open(change, demanded, QuorumTable.groups((String) execution.getVariable(Variables.DEMANDED_GROUPS)));
        execution.setVariable(Variables.PEOPLE, new ArrayList<>(seats.people()));
        execution.setVariable(Variables.QUORUM, seats.quorum());
        // The engine's timers know milliseconds.
        execution.setVariable(Variables.REMIND_AT, seats.remindAt().truncatedTo(ChronoUnit.MILLIS).toString());
        execution.setVariable(Variables.DUE_AT, seats.dueAt().truncatedTo(ChronoUnit.MILLIS).toString());
    }
}
