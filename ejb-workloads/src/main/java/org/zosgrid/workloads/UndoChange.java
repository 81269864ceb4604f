package org.zosgrid.workloads;

import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import org.zosgrid.bpmn.ChangeProcesses;
import org.zosgrid.contract.Fault;
import org.zosgrid.contract.ledger.LedgerEntry;
import org.zosgrid.model.Change;
import org.zosgrid.model.Changes;
import org.zosgrid.workloads.RefusedException.Kind;
import org.zosgrid.workloads.view.ChangeView;

/** Has everything taken back, in reverse order, that was done for a change since it was sealed. The diagram's own way of undoing does it, so nodes hear of nothing new. */
@Stateless
public class UndoChange {
    @Inject private Operators operators;
    @Inject private Changes changes;
    @Inject private DecisionLog decisions;
    @Inject private ChangeProcesses processes;
    @Inject private ChangeViews views;

    /** @throws RefusedException INVALID, FORBIDDEN, NOT_FOUND, or CONFLICT if there is nothing that could be taken back */
    public ChangeView undo(Caller caller, String name, long version, String reason) {
        OpenChange.isReason(reason);
        operators.check(caller);
        Change change = changes.lock(changes.find(name, version)
                .orElseThrow(() -> new RefusedException(Kind.NOT_FOUND, "There is no such version", new Fault("name", "has no version " + version, name))).id());
        if (!change.state().open()) {
            throw new RefusedException(Kind.CONFLICT, "Nothing is under way", new Fault("state", "must be provisioning or exposing; what has ended is rolled back or removed", change.state().toString()));
        }
        decisions.append(LedgerEntry.UNDONE, change, caller.person() + ": " + reason);
        if (!processes.undone(change.processInstance().orElseThrow(), caller.person() + ": " + reason)) {
            throw new RefusedException(Kind.CONFLICT, "There is nothing to take back", new Fault("state",
                    "must be provisioning or exposing, of a deployment or resumption; before, its author withdraws it, and a pause or a removal is not taken back", change.state().toString()));
        }
        return views.of(change);
    }
}
