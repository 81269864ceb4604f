package org.zosgrid.workloads.step;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import org.zosgrid.bpmn.InvalidChangeException;
import org.zosgrid.bpmn.Skips;
import org.zosgrid.bpmn.StuckStep;
import org.zosgrid.contract.document.Skip;
import org.zosgrid.contract.ledger.LedgerEntry;
import org.zosgrid.model.Change;
import org.zosgrid.model.Changes;
import org.zosgrid.workloads.DecisionLog;
import org.zosgrid.workloads.Documents;
import org.zosgrid.workloads.Incidents;

/** Passes a step over that an approved skip names. Nothing reaches a node by that: it was to do what nobody tells it now. */
@ApplicationScoped
public class StepSkip implements Skips {
    @Inject private Changes changes;
    @Inject private Incidents incidents;
    @Inject private DecisionLog decisions;

    @Override
    public void skip(long id) {
        Change change = changes.get(id);
        Skip skip = (Skip) Documents.document(change);
        Change subject = changes.lock(changes.find(skip.subject(), skip.subjectVersion()).orElseThrow(() -> new InvalidChangeException("subject: there is no " + skip.subject() + " version " + skip.subjectVersion())).id());
        StuckStep step = incidents.find(skip.incident()).orElseThrow(() -> new InvalidChangeException("step: " + skip.incident() + " is not stuck any more"));
        incidents.skip(step);
        decisions.append(LedgerEntry.SKIPPED, subject, step.id() + " (" + step.name() + "), by " + change.name() + " version " + change.version() + ": " + skip.reason());
    }
}
