package org.zosgrid.workloads;

import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.zosgrid.bpmn.ChangeProcesses;
import org.zosgrid.contract.Fault;
import org.zosgrid.model.Change;
import org.zosgrid.model.ChangeState;
import org.zosgrid.model.Changes;
import org.zosgrid.workloads.RefusedException.Kind;
import org.zosgrid.workloads.view.ChangeQuery;
import org.zosgrid.workloads.view.ChangeSummary;
import org.zosgrid.workloads.view.ChangeView;
import org.zosgrid.workloads.view.Page;
import org.zosgrid.workloads.view.WaitingChange;

/** Tells where changes are. */
@Stateless
public class ShowChanges {
    @Inject private Changes changes;
    @Inject private ChangeViews views;
    @Inject private ChangeProcesses processes;

    /** Names in order with their newest version, if that fits, after the cursor; at most {@code limit}, 1 to 500. */
    public Page<WaitingChange> list(ChangeQuery wanted, String cursor, int limit) {
        Optional<ChangeState> state = Optional.empty();
        if (!wanted.state().isEmpty()) {
            state = Optional.of(ChangeState.called(wanted.state()).orElseThrow(() -> new RefusedException(Kind.INVALID, "There is no such state",
                    new Fault("state", "must be one of " + Arrays.stream(ChangeState.values()).map(ChangeState::toString).collect(Collectors.joining(", ")), wanted.state()))));
        }
        List<Change> found = changes.newestByName(cursor, limit + 1, new Changes.Wanted(wanted.part(), state, instances(wanted.waitsFor())));
        return page(found, limit, Change::name);
    }

    /** Changes of every kind that wait for approvals, in the order they came; those that wait for this person, or for anybody if it is empty. */
    public Page<WaitingChange> waiting(String person, long after, int limit) {
        return page(changes.waitingForApproval(after, limit + 1, instances(person)), limit, change -> Long.toString(change.id()));
    }

    private Optional<List<String>> instances(String person) {
        return person.isEmpty() ? Optional.empty() : Optional.of(processes.instancesWaitingFor(person));
    }

    private Page<WaitingChange> page(List<Change> found, int limit, Function<Change, String> cursor) {
        boolean more = found.size() > limit;
        List<Change> page = more ? found.subList(0, limit) : found;
        return new Page<>(views.waiting(page), more ? Optional.of(cursor.apply(page.getLast())) : Optional.empty());
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
