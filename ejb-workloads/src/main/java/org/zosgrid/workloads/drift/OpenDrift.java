package org.zosgrid.workloads.drift;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import org.zosgrid.bpmn.DriftProcesses;
import org.zosgrid.contract.document.Receipt;
import org.zosgrid.contract.document.Receipt.Outcome;
import org.zosgrid.model.Change;
import org.zosgrid.model.ChangeState;
import org.zosgrid.model.Drift;
import org.zosgrid.model.Drifts;

/** Begins the process of a drift when a receipt says that there is one, in the transaction that takes the receipt. */
@ApplicationScoped
public class OpenDrift {
    /** States in which a version is meant to run. */
    static final Set<ChangeState> MEANT_TO_RUN = EnumSet.of(ChangeState.RUNNING, ChangeState.DRIFTED, ChangeState.PROVISIONING, ChangeState.EXPOSING);

    @Inject private Drifts drifts;
    @Inject private DriftProcesses processes;

    /** A node's receipt about a change; the caller holds the locks of both. Of what drifts already, only what is said of it changes. */
    public void heard(Change change, Receipt receipt, long sequence) {
        if (receipt.outcome() != Outcome.DRIFTED || !MEANT_TO_RUN.contains(change.state())) {
            return;
        }
        Optional<Drift> known = drifts.open(change.id(), receipt.node());
        if (known.isPresent()) {
            known.get().saidAgain(sequence, receipt.reason(), receipt.message());
            if (change.state() == ChangeState.DRIFTED) {
                change.say(known.get().shown());
            }
            return;
        }
        Drift drift = new Drift(change.id(), receipt.node(), sequence, receipt.reason(), receipt.message(), receipt.at());
        drifts.add(drift);
        drift.startedAs(processes.start(drift.id(), change.name(), change.version(), receipt.node()));
    }
}
