package org.zosgrid.workloads.drift;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.zosgrid.contract.ledger.LedgerEntry;
import org.zosgrid.contract.trust.TrustRoot;
import org.zosgrid.model.Change;
import org.zosgrid.model.ChangeState;
import org.zosgrid.model.Changes;
import org.zosgrid.model.Drift;
import org.zosgrid.model.Drifts;
import org.zosgrid.workloads.DecisionLog;
import org.zosgrid.workloads.mail.Notices;
import org.zosgrid.workloads.step.NodeDelivery;
import org.zosgrid.workloads.trust.Trust;

/**
 * What the process of a drift has done: everything stands in the ledger, from where it reaches webhooks; its author, and those who answer for the whole
 * system, get mail.
 */
@ApplicationScoped
public class DriftRepair implements org.zosgrid.bpmn.Drifts {
    @Inject private Drifts drifts;
    @Inject private Changes changes;
    @Inject private DecisionLog decisions;
    @Inject private Notices notices;
    @Inject private Trust trust;
    @Inject private NodeDelivery delivery;

    @Override
    public void tell(long id) {
        Drift drift = drifts.get(id);
        Change change = changes.lock(drift.changeId());
        if (change.state() == ChangeState.RUNNING) {
            change.enter(ChangeState.DRIFTED, drift.shown());
        }
        say(change, LedgerEntry.DRIFTED, drift.shown(), "It has drifted. " + drift.shown() + """


                Its node does not mend this by itself. What can be done:

                  zos repair %1$s        have the node make it anew, by the same sealed contract
                  zos rollback %1$s      go back to an earlier version
                  zos decommission %1$s  remove it
                """.formatted(change.name()));
    }

    @Override
    public void remind(long id) {
        Drift drift = drifts.get(id);
        say(changes.lock(drift.changeId()), LedgerEntry.DRIFT_AWAITED, "since " + drift.openedAt() + " " + drift.shown(), "It drifts since " + drift.openedAt() + ", and is not mended. " + drift.shown());
    }

    /** The caller is a job: locks are taken in the usual order. */
    @Override
    public void send(long id) {
        Drift drift = drifts.get(id);
        changes.lockNode(drift.node());
        delivery.repair(changes.lock(drift.changeId()), changes.dispatch(drift.repairId().orElseThrow()));
    }

    @Override
    public void stillThere(long id, String why) {
        Drift drift = drifts.get(id);
        Change change = changes.lock(drift.changeId());
        say(change, LedgerEntry.DRIFTED, drift.node() + " still: " + why, "The repair did not help: " + why);
    }

    @Override
    public void end(long id, End end) {
        Drift drift = drifts.get(id);
        Change change = changes.lock(drift.changeId());
        drift.end(Instant.now());
        switch (end) {
            case MENDED -> {
                List<Drift> others = drifts.open(change.id()).stream().filter(each -> each.id() != id).toList();
                if (change.state() == ChangeState.DRIFTED) {
                    if (others.isEmpty()) {
                        change.enter(ChangeState.RUNNING, "");
                    } else {
                        change.say(others.getFirst().shown());
                    }
                }
                say(change, LedgerEntry.REPAIRED, drift.node() + ": everything runs as the contract has it", drift.node() + " says that everything runs again as the contract has it.");
            }
            case REPLACED -> decisions.append(LedgerEntry.DRIFT_REPLACED, change, drift.node() + ": its version is " + change.state() + " now");
        }
    }

    private void say(Change change, String kind, String detail, String text) {
        decisions.append(kind, change, detail);
        Set<String> people = new TreeSet<>(trust.root().holders(TrustRoot.ROOT));
        people.add(change.requester());
        notices.say(change, people, text);
    }
}
