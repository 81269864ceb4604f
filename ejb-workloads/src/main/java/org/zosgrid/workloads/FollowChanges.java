package org.zosgrid.workloads;

import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.zosgrid.model.ChangeEvents;
import org.zosgrid.model.ChangeEvents.Position;
import org.zosgrid.model.ChangeEvents.Told;
import org.zosgrid.workloads.view.ChangeNews;
import org.zosgrid.workloads.view.ChangeSummary;

/** Tells what happened to changes since somebody looked; by whichever server of several. */
@Stateless
public class FollowChanges {
    private static final int MOST = 500;

    @Inject private ChangeEvents events;

    /** Where somebody begins who gives this position, or none: with nothing told yet. */
    public ChangeNews begin(Optional<String> position) {
        SealedPosition sealed = new SealedPosition(events.key());
        Optional<Position> known = position.flatMap(sealed::read).filter(events::knows);
        return new ChangeNews(known.isPresent(), sealed.written(known.orElseGet(events::now)), List.of());
    }

    /** What happened after a position that {@link #begin} or this gave; at most {@value #MOST} events at once. */
    public ChangeNews after(String position) {
        SealedPosition sealed = new SealedPosition(events.key());
        Position from = sealed.read(position).orElseThrow();
        List<Told> told = events.after(from, MOST);
        Map<Long, ChangeSummary> changes = new LinkedHashMap<>();
        for (Told each : told) {
            changes.remove(each.change().id());
            changes.put(each.change().id(), ChangeViews.summary(each.change()));
        }
        return new ChangeNews(true, sealed.written(told.isEmpty() ? from : told.getLast().position()), List.copyOf(changes.values()));
    }
}
