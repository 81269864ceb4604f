package org.zosgrid.workloads;

import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.zosgrid.model.ChangeEvents;
import org.zosgrid.model.ChangeEvents.Position;
import org.zosgrid.model.ChangeEvents.Told;
import org.zosgrid.workloads.view.ChangeNews;
import org.zosgrid.workloads.view.ChangeSummary;

/** Tells what happened to changes since somebody looked; by whichever server of several. */
@Stateless
public class FollowChanges {
    private static final int MOST = 500;
    private static final Pattern POSITION = Pattern.compile("([0-9]{1,18})-([0-9]{1,19})");

    @Inject private ChangeEvents events;

    /** Where somebody begins who gives this position, or none: with nothing told yet. */
    public ChangeNews begin(Optional<String> position) {
        Optional<Position> known = position.flatMap(FollowChanges::read).filter(events::knows);
        return new ChangeNews(known.isPresent(), written(known.orElseGet(events::now)), List.of());
    }

    /** What happened after a position that {@link #begin} or this gave; at most {@value #MOST} events at once. */
    public ChangeNews after(String position) {
        Position from = read(position).orElseThrow();
        List<Told> told = events.after(from, MOST);
        Map<Long, ChangeSummary> changes = new LinkedHashMap<>();
        for (Told each : told) {
            changes.remove(each.change().id());
            changes.put(each.change().id(), ChangeViews.summary(each.change()));
        }
        return new ChangeNews(true, written(told.isEmpty() ? from : told.getLast().position()), List.copyOf(changes.values()));
    }

    private static Optional<Position> read(String text) {
        Matcher match = POSITION.matcher(text);
        try {
            return match.matches() ? Optional.of(new Position(Long.parseLong(match.group(1)), Long.parseLong(match.group(2)))) : Optional.empty();
        } catch (NumberFormatException tooLarge) {
            return Optional.empty();
        }
    }

    private static String written(Position position) {
        return position.transaction() + "-" + position.id();
    }
}
