package org.zosgrid.workloads;

import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import org.zosgrid.bpmn.StuckStep;
import org.zosgrid.contract.Fault;
import org.zosgrid.contract.ledger.LedgerEntry;
import org.zosgrid.model.Changes;
import org.zosgrid.workloads.RefusedException.Kind;
import org.zosgrid.workloads.view.IncidentView;

/** Has a stuck step tried again now. */
@Stateless
public class RetryStep {
    @Inject private Operators operators;
    @Inject private Incidents incidents;
    @Inject private Changes changes;
    @Inject private DecisionLog decisions;

    /**
     * The step, as it was before it is tried; how it goes is seen afterwards.
     *
     * @throws RefusedException FORBIDDEN or NOT_FOUND, or CONFLICT if it is not about a change
     */
    public IncidentView retry(Caller caller, String id) {
        operators.check(caller);
        StuckStep step = incidents.get(id);
        var change = changes.lock(incidents.change(id).orElseThrow().id());
        IncidentView shown = incidents.view(step);
        if (!incidents.retry(step)) {
            throw new RefusedException(Kind.CONFLICT, "It is not stuck any more", new Fault("id", "must be a stuck step's", id));
        }
        decisions.append(LedgerEntry.RETRIED, change, caller.person() + ": " + step.id() + " (" + step.name() + ")");
        return shown;
    }
}
