package org.zosgrid.workloads;

import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import org.zosgrid.bpmn.ChangeProcesses;
import org.zosgrid.bpmn.Outcome;
import org.zosgrid.contract.Fault;
import org.zosgrid.model.Change;
import org.zosgrid.model.ChangeState;
import org.zosgrid.workloads.RefusedException.Kind;
import org.zosgrid.workloads.view.ChangeView;

/** Lets an author take a change back that is not approved yet. */
@Stateless
public class WithdrawChange {
    @Inject private OpenChange open;
    @Inject private ChangeProcesses processes;
    @Inject private Outcome outcome;
    @Inject private ChangeViews views;

    /** @throws RefusedException INVALID, FORBIDDEN, NOT_FOUND or CONFLICT */
    public ChangeView withdraw(Caller caller, String name, long version, String reason) {
        OpenChange.isReason(reason);
        Change change = open.lockUnsealed(name, version);
        if (!change.requester().equals(caller.person())) {
            throw new RefusedException(Kind.FORBIDDEN, "Only its author takes a change back; an approver rejects it", new Fault("person", "must be " + change.requester(), caller.person()));
        }
        if (change.state() == ChangeState.VERIFYING) {
            // No event of the diagram waits for it there, and the step may be stuck.
            processes.end(change.processInstance().orElseThrow(), reason);
            outcome.enter(change.id(), Outcome.Stage.WITHDRAWN, reason);
        } else if (!processes.withdrawn(change.processInstance().orElseThrow(), reason)) {
            throw new RefusedException(Kind.CONFLICT, "Approval is not open", new Fault("state", "must be approval", change.state().toString()));
        }
        return views.of(change);
    }
}
