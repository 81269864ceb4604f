package org.zosgrid.workloads.step;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.zosgrid.bpmn.Outcome;
import org.zosgrid.contract.document.ImagePromotion;
import org.zosgrid.contract.document.Withdrawal;
import org.zosgrid.contract.envelope.Envelope;
import org.zosgrid.contract.envelope.PayloadType;
import org.zosgrid.contract.ledger.LedgerEntry;
import org.zosgrid.model.Change;
import org.zosgrid.model.ChangeKind;
import org.zosgrid.model.ChangeState;
import org.zosgrid.model.Changes;
import org.zosgrid.model.Drifts;
import org.zosgrid.model.Ledger;
import org.zosgrid.workloads.DecisionLog;
import org.zosgrid.workloads.Documents;
import org.zosgrid.workloads.emergency.EmergencyChanges;
import org.zosgrid.workloads.health.Durations;
import org.zosgrid.workloads.mail.Notices;

/** Writes down how far a change has come; ends stand in the ledger. */
@ApplicationScoped
public class ChangeOutcome implements Outcome {
    private static final int MAX_REASON = 1000;

    @Inject private Changes changes;
    @Inject private DecisionLog decisions;
    @Inject private Notices notices;
    @Inject private Ledger ledger;
    @Inject private Durations durations;
    @Inject private Drifts drifts;
    @Inject private ImagePromotions promotions;
    @Inject private EmergencyChanges emergencies;

    @Override
    public void enter(long id, Stage stage, String why) {
        Change change = changes.lock(id);
        boolean revokes = stage == Stage.PROMOTED && ((ImagePromotion) Documents.document(change)).isRevocation();
        ChangeState next = revokes ? ChangeState.REVOKED : ChangeState.valueOf(stage.name());
        if (change.state() == next) {
            return;
        }
        switch (stage) {
            case RUNNING -> {
                change.sealedIndex().ifPresent(index -> durations.took(Durations.Step.SEAL_TO_RUNNING, Duration.between(ledger.get(index).entry().at(), Instant.now())));
                if (change.kind() == ChangeKind.RESUME) {
                    orders(change).forEach(before -> before.enter(ChangeState.SUPERSEDED, "resumed by version " + change.version()));
                    changes.current(change.name()).ifPresent(before -> before.enter(ChangeState.RUNNING, "resumed by version " + change.version()));
                    decisions.append("resumed", change, "it runs again");
                } else {
                    changes.standing(change.name()).forEach(before -> before.enter(ChangeState.SUPERSEDED, "version " + change.version() + " runs in its place"));
                    decisions.append("provisioned", change, "everything it asks for runs and is reachable");
                }
            }
            case PAUSED -> {
                orders(change).forEach(before -> before.enter(ChangeState.SUPERSEDED, "paused by version " + change.version()));
                changes.current(change.name()).ifPresent(before -> before.enter(ChangeState.PAUSED, "paused by version " + change.version()));
                decisions.append("paused", change, "its machines stand still");
            }
            case REMOVED -> {
                changes.standing(change.name()).forEach(before -> before.enter(ChangeState.REMOVED, "removed by version " + change.version()));
                decisions.append("decommissioned", change, "nothing of it is left");
            }
            case IN_FORCE -> {
                changes.inForce(change.name()).ifPresent(before -> before.enter(ChangeState.SUPERSEDED, "version " + change.version() + " is in force in its place"));
                decisions.append("in-force", change, "changes are worked on by it from now on");
            }
            case DONE -> {
                // What a skip passed over stands in the ledger of whom it is about.
                if (change.kind() == ChangeKind.MODEL) {
                    changes.inForce(change.name()).ifPresent(before -> before.enter(ChangeState.SUPERSEDED, "taken out of force by version " + change.version()));
                    decisions.append(LedgerEntry.OUT_OF_FORCE, change, "no change begins by it any more");
                }
            }
            case COMPENSATED -> {
                if (change.kind() != ChangeKind.RESUME) {
                    changes.standing(change.name()).forEach(before -> before.enter(ChangeState.REMOVED, "ended with version " + change.version() + ", which failed"));
                }
                decisions.append("failed", change, "taken back: " + why);
            }
            case ADMITTED -> decisions.append(LedgerEntry.ADMITTED, change, "the trust root names it; it takes deployments from now on");
            case RETIRED -> decisions.append(LedgerEntry.RETIRED, change, "nothing is left on it, the trust root leaves it out, and it is struck from the inventory");
            case PROMOTED -> {
                changes.promoted(change.name()).ifPresent(before -> before.enter(ChangeState.SUPERSEDED, (revokes ? "revoked by version " : "renewed by version ") + change.version()));
                decisions.append(revokes ? LedgerEntry.REVOKED : LedgerEntry.PROMOTED, change, promotions.shown(change));
            }
            case REVIEWED -> emergencies.reviewed(change);
            case SUPERSEDED -> decisions.append(LedgerEntry.CALLED_OFF, change, why);
            case FAILED, INVALID -> decisions.append("failed", change, why);
            case EXPIRED -> decisions.append("expired", change, why);
            // Rejections stand in the ledger with who said it; a withdrawal by its author is no rejection, but ends it in the same way.
            case WITHDRAWN -> decisions.append("rejected", change, "taken back by its author: " + why);
            case COMPENSATING -> orderToStop(change, why);
            case REJECTED, PROVISIONING, EXPOSING, PAUSING, REMOVING -> {}
        }
        change.enter(next, why);
        if (next == ChangeState.RUNNING) {
            // While it was exposed, a node may have said already that it is not any more what it was.
            drifts.open(id).stream().findFirst().ifPresent(drift -> change.enter(ChangeState.DRIFTED, drift.shown()));
        }
        if (!next.open()) {
            notices.result(change, next, why);
        }
    }

    /** The pause or resumption that made the name be as it was so far. */
    private List<Change> orders(Change change) {
        return changes.standing(change.name()).stream().filter(before -> before.kind() != ChangeKind.DEPLOYMENT).toList();
    }

    /** Sealed now and committed before any node hears of it: what stands in a checkpoint must not be rolled back. */
    private void orderToStop(Change change, String why) {
        String reason = why.isEmpty() ? "it failed on another node" : why.length() > MAX_REASON ? why.substring(0, MAX_REASON) : why;
        Envelope order = new Envelope(PayloadType.WITHDRAWAL, new Withdrawal(change.name(), change.version(), reason, Instant.now()).toJson(), List.of());
        change.withdraw(order.toJson(), decisions.append(LedgerEntry.WITHDRAWN, change.name(), change.version(), order.digest(), reason));
    }
}
