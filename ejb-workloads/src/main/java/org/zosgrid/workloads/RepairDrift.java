package org.zosgrid.workloads;

import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.zosgrid.bpmn.DriftProcesses;
import org.zosgrid.contract.Fault;
import org.zosgrid.contract.ledger.LedgerEntry;
import org.zosgrid.contract.trust.TrustRoot;
import org.zosgrid.model.Change;
import org.zosgrid.model.Changes;
import org.zosgrid.model.Dispatch;
import org.zosgrid.model.Drift;
import org.zosgrid.model.Drifts;
import org.zosgrid.workloads.RefusedException.Kind;
import org.zosgrid.workloads.trust.Trust;
import org.zosgrid.workloads.view.ChangeView;

/**
 * Has what drifted made anew by sending its node the same sealed contract again. Nobody has to approve it: it is what was approved. Whoever may ask for
 * changes, or holds the role {@code root}, may choose it.
 */
@Stateless
public class RepairDrift {
    @Inject private Trust trust;
    @Inject private Changes changes;
    @Inject private Drifts drifts;
    @Inject private DriftProcesses processes;
    @Inject private DecisionLog decisions;
    @Inject private ChangeViews views;

    /**
     * @param node on which it is to be made anew; empty means wherever it drifted
     * @throws RefusedException FORBIDDEN, NOT_FOUND, or CONFLICT if nothing drifts there or a repair is under way
     */
    public ChangeView repair(Caller caller, String name, long version, Optional<String> node) {
        Set<String> operators = new TreeSet<>(trust.root().holders(TrustRoot.REQUESTER));
        operators.addAll(trust.root().holders(TrustRoot.ROOT));
        if (!operators.contains(caller.person())) {
            throw new RefusedException(Kind.FORBIDDEN, "The caller may not ask for changes", new Fault("person", "must hold the role requester or root, as " + String.join(", ", operators), caller.person()));
        }
        Change change = changes.lock(changes.find(name, version)
                .orElseThrow(() -> new RefusedException(Kind.NOT_FOUND, "There is no such version", new Fault("name", "has no version " + version, name))).id());
        List<Drift> drifting = drifts.open(change.id()).stream().filter(each -> node.isEmpty() || each.node().equals(node.get())).toList();
        if (drifting.isEmpty()) {
            throw new RefusedException(Kind.CONFLICT, "Nothing drifts", new Fault(node.isEmpty() ? "state" : "node", "must be of a version that drifts", node.orElse(change.state().toString())));
        }
        if (drifting.stream().filter(drift -> choose(caller, change, drift)).count() == 0) {
            throw new RefusedException(Kind.CONFLICT, "A repair is under way", new Fault("node", "has been sent the contract again, and must answer first", drifting.getFirst().node()));
        }
        return views.of(change);
    }

    private boolean choose(Caller caller, Change change, Drift drift) {
        if (!processes.repair(drift.id())) {
            return false;
        }
        Dispatch again = new Dispatch(change.id(), drift.node(), Dispatch.REPAIR);
        changes.add(again);
        drift.repairBy(again.id());
        decisions.append(LedgerEntry.REPAIR_CHOSEN, change, caller.person() + ", on " + drift.node() + ": " + drift.reason());
        return true;
    }
}
