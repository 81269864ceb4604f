package org.zosgrid.workloads;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import org.zosgrid.bpmn.StuckStep;
import org.zosgrid.bpmn.StuckSteps;
import org.zosgrid.contract.Fault;
import org.zosgrid.contract.document.ChangeDocument;
import org.zosgrid.contract.document.Skip;
import org.zosgrid.model.Change;
import org.zosgrid.model.Changes;
import org.zosgrid.model.Drifts;
import org.zosgrid.model.NodeReceipt;
import org.zosgrid.model.NodeReceipts;
import org.zosgrid.workloads.RefusedException.Kind;
import org.zosgrid.workloads.view.IncidentView;

/** Stuck steps, found by the name that people give them. */
@ApplicationScoped
public class Incidents {
    @Inject private StuckSteps stuck;
    @Inject private Changes changes;
    @Inject private Drifts drifts;
    @Inject private NodeReceipts receipts;

    List<StuckStep> all() {
        return stuck.list();
    }

    /** @throws RefusedException NOT_FOUND */
    StuckStep get(String id) {
        return find(id).orElseThrow(() -> new RefusedException(Kind.NOT_FOUND, "There is no such incident", new Fault("id", "must be a stuck step's, as GET /api/incidents has them", id)));
    }

    /** The stuck step of this name. */
    public Optional<StuckStep> find(String id) {
        return change(id).stream().flatMap(change -> Stream.concat(change.processInstance().stream(), drifts.open(change.id()).stream().flatMap(drift -> drift.processInstance().stream())))
                .flatMap(instance -> stuck.of(instance).stream()).filter(step -> step.id().equals(id)).findFirst();
    }

    /** The change that a stuck step's name begins with. */
    Optional<Change> change(String id) {
        String[] parts = id.split(":", 3);
        return parts.length == 3 && parts[1].matches("[1-9][0-9]{0,17}") ? changes.find(parts[0], Long.parseLong(parts[1])) : Optional.empty();
    }

    /** Passes the step over that a skip names. @throws org.zosgrid.bpmn.InvalidChangeException if it is not stuck any more, or never skipped */
    public void skip(StuckStep step) {
        stuck.skip(step);
    }

    boolean retry(StuckStep step) {
        return stuck.retry(step);
    }

    /**
     * Whether a document may be submitted: a skip names a step that is stuck and may be skipped.
     *
     * @throws RefusedException INVALID
     */
    void check(ChangeDocument document) {
        if (document instanceof Skip skip) {
            fault(skip).ifPresent(fault -> {
                throw new RefusedException(Kind.INVALID, "This cannot be skipped", fault);
            });
        }
    }

    /** What is wrong with what a skip names. */
    public Optional<Fault> fault(Skip skip) {
        Optional<StuckStep> step = find(skip.incident());
        if (step.isEmpty()) {
            return Optional.of(new Fault("step", "must be stuck; GET /api/incidents says what is", skip.incident()));
        }
        return step.get().unskippable().map(why -> new Fault("step", "must be one that may be skipped: " + why, skip.incident()));
    }

    /** A silent node has either not decided yet, or decided and is not done. */
    private String text(StuckStep step) {
        if (step.kind() != StuckStep.Kind.SILENT) {
            return step.text();
        }
        String node = step.node().orElse("");
        Optional<NodeReceipt> last = change(step.id()).stream().flatMap(change -> changes.dispatches(change.id()).stream()).filter(dispatch -> dispatch.node().equals(node))
                .flatMap(dispatch -> receipts.of(node, dispatch.digest()).stream()).reduce((one, other) -> other);
        return last.map(said -> node + " last said '" + said.outcome() + "' at " + said.at() + ", and nothing since").orElse(node + " has it in its log, and has not decided about it");
    }

    IncidentView view(StuckStep step) {
        String[] subject = step.subject().split(":", 2);
        return new IncidentView(step.id(), subject[0], subject.length > 1 ? Long.parseLong(subject[1]) : 0, step.process(), step.step(), step.name(), step.node(), step.kind().name().toLowerCase(Locale.ROOT),
                step.since(), text(step), step.tries(), step.unskippable());
    }
}
