package org.zosgrid.workloads;

import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Optional;
import org.zosgrid.contract.Fault;
import org.zosgrid.contract.document.Model;
import org.zosgrid.model.Change;
import org.zosgrid.model.ChangeKind;
import org.zosgrid.model.Changes;
import org.zosgrid.workloads.RefusedException.Kind;
import org.zosgrid.workloads.model.ModelsInForce;
import org.zosgrid.workloads.view.ChangeSummary;
import org.zosgrid.workloads.view.Page;

/** Tells which models there are, and what stands in them. */
@Stateless
public class ShowModels {
    @Inject private Changes changes;
    @Inject private ModelsInForce models;

    /** Names in order with their newest version, after the cursor; at most {@code limit}, 1 to 500. */
    public Page<ChangeSummary> list(String cursor, int limit) {
        List<Change> found = changes.newestModels(cursor, limit + 1);
        boolean more = found.size() > limit;
        List<Change> page = more ? found.subList(0, limit) : found;
        return new Page<>(page.stream().map(ChangeViews::summary).toList(), more ? Optional.of(page.getLast().name()) : Optional.empty());
    }

    /** The blocks as element templates of bpmn.io's modellers, with the names that are configured here: a JSON array. */
    public String templates() {
        return models.templates();
    }

    /**
     * The document of a version, as it was signed.
     *
     * @throws RefusedException NOT_FOUND
     */
    public Model show(String name, long version) {
        return changes.find(name, version).filter(change -> change.kind() == ChangeKind.MODEL).map(change -> (Model) Documents.document(change))
            .orElseThrow(() -> new RefusedException(Kind.NOT_FOUND, "There is no such model", new Fault("version", "must be a version of the model " + name, Long.toString(version))));
    }
}
