package org.zosgrid.workloads;

import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Optional;
import org.zosgrid.contract.Fault;
import org.zosgrid.model.Change;
import org.zosgrid.model.Changes;
import org.zosgrid.workloads.RefusedException.Kind;
import org.zosgrid.workloads.view.ChangeSummary;
import org.zosgrid.workloads.view.ChangeView;
import org.zosgrid.workloads.view.Page;

/** Tells where changes are. */
@Stateless
public class ShowChanges {
    @Inject private Changes changes;
    @Inject private ChangeViews views;

    /** Names in order with their newest version, after the cursor; at most {@code limit}, 1 to 500. */
    public Page<ChangeSummary> list(String cursor, int limit) {
        List<Change> found = changes.newestByName(cursor, limit + 1);
        boolean more = found.size() > limit;
        List<Change> page = more ? found.subList(0, limit) : found;
        return new Page<>(page.stream().map(ChangeViews::summary).toList(), more ? Optional.of(page.getLast().name()) : Optional.empty());
    }

    /** @throws RefusedException NOT_FOUND */
    public ChangeSummary newest(String name) {
        return changes.newest(name).map(ChangeViews::summary)
                .orElseThrow(() -> new RefusedException(Kind.NOT_FOUND, "There is no such deployment", new Fault("name", "was never submitted", name)));
    }

    /** @throws RefusedException NOT_FOUND */
    public ChangeView show(String name, long version) {
        return changes.find(name, version).map(views::of)
                .orElseThrow(() -> new RefusedException(Kind.NOT_FOUND, "There is no such version", new Fault("name", "has no version " + version, name)));
    }
}
