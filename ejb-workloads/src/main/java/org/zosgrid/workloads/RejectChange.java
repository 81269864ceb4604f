package org.zosgrid.workloads;

import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import java.time.Instant;
import org.zosgrid.bpmn.ChangeProcesses;
import org.zosgrid.contract.Fault;
import org.zosgrid.model.Change;
import org.zosgrid.model.Changes;
import org.zosgrid.model.Rejection;
import org.zosgrid.workloads.RefusedException.Kind;
import org.zosgrid.workloads.view.ChangeView;

/** Takes somebody's no: the change ends, and its author reads why. */
@Stateless
public class RejectChange {
    @Inject private OpenChange open;
    @Inject private Changes changes;
    @Inject private DecisionLog decisions;
    @Inject private ChangeProcesses processes;
    @Inject private ChangeViews views;

    /** @throws RefusedException INVALID, FORBIDDEN, NOT_FOUND or CONFLICT */
    public ChangeView reject(Caller caller, String name, long version, String reason) {
        OpenChange.isReason(reason);
        Change change = open.lock(name, version);
        open.mayDecide(caller, change);
        changes.add(new Rejection(change.id(), caller.person(), reason, Instant.now()));
        decisions.append("rejected", change, caller.person() + ": " + reason);
        if (!processes.rejected(change.processInstance().orElseThrow(), caller.person(), reason)) {
            throw new RefusedException(Kind.CONFLICT, "Approval is not open", new Fault("state", "must be approval", change.state().toString()));
        }
        return views.of(change);
    }
}
