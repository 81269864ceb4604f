package org.zosgrid.contract.policy;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.zosgrid.contract.ContractException;
import org.zosgrid.contract.JsonObject;
import org.zosgrid.contract.StrictJson;

/**
 * When a change may be accepted, in UTC. A window does not run past midnight: write two.
 *
 * @param days at least one
 * @param from minute of the day, inclusive
 * @param to minute of the day, exclusive, at most 1440
 */
public record Window(Set<DayOfWeek> days, int from, int to) {
    private static final int DAY = 24 * 60;
    private static final List<String> NAMES = List.of("mon", "tue", "wed", "thu", "fri", "sat", "sun");
    private static final int MAX_NAMED = 200;
    private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9-]{0,62}");
    private static final Pattern TIME = Pattern.compile("([01][0-9]|2[0-4]):([0-5][0-9])");

    public Window {
        days = java.util.Collections.unmodifiableSortedSet(new TreeSet<>(days));
        if (days.isEmpty()) {
            throw new ContractException("days", "must name at least one of " + String.join(", ", NAMES));
        }
        if (from < 0 || to > DAY || from >= to) {
            throw new ContractException("to", "must be later than from and not after 24:00", time(to));
        }
    }

    /** Whether a moment lies in it. */
    public boolean contains(Instant now) {
        OffsetDateTime here = now.atOffset(ZoneOffset.UTC);
        int minute = here.getHour() * 60 + here.getMinute();
        return days.contains(here.getDayOfWeek()) && minute >= from && minute < to;
    }

    /** The moments at which it opens, in the week that begins now. */
    public Stream<Instant> openings(Instant now) {
        OffsetDateTime midnight = now.atOffset(ZoneOffset.UTC).truncatedTo(ChronoUnit.DAYS);
        return IntStream.rangeClosed(0, 7)
                .mapToObj(day -> midnight.plusDays(day).plusMinutes(from).toInstant())
                .filter(moment -> moment.isAfter(now) && contains(moment));
    }

    /**
     * Reads a file of windows with names.
     *
     * @param json {@code {"windows": [{"name": "night", "days": ["mon"], "from": "22:00", "to": "24:00"}]}}; several of one name are one window
     * @throws ContractException if it is not valid
     */
    public static Map<String, List<Window>> named(byte[] json) {
        JsonObject object = JsonObject.of(json, "windows");
        Map<String, List<Window>> named = new TreeMap<>();
        object.objects("windows", MAX_NAMED, each -> {
            named.computeIfAbsent(each.text("name", 63, NAME, "must be small letters, digits and -, beginning with a letter"), name -> new ArrayList<>()).add(read(each));
            return named;
        });
        object.end();
        return named;
    }

    static Window read(JsonObject object) {
        EnumSet<DayOfWeek> days = EnumSet.noneOf(DayOfWeek.class);
        for (String name : object.texts("days", NAMES.size(), 3)) {
            int day = NAMES.indexOf(name);
            if (day < 0) {
                object.fault("days", "must be among " + String.join(", ", NAMES), name);
            } else {
                days.add(DayOfWeek.of(day + 1));
            }
        }
        return new Window(days, object.value("from", 5, Window::minute, 0), object.value("to", 5, Window::minute, DAY));
    }

    private static int minute(String text) {
        Matcher match = TIME.matcher(text);
        int minute = match.matches() ? Integer.parseInt(match.group(1)) * 60 + Integer.parseInt(match.group(2)) : DAY + 1;
        if (minute > DAY) {
            throw new ContractException("", "must be a time of day in UTC such as 08:00, at most 24:00", text);
        }
        return minute;
    }

    ObjectNode toJson() {
        ObjectNode object = StrictJson.object();
        days.forEach(day -> object.withArray("days").add(NAMES.get(day.getValue() - 1)));
        return object.put("from", time(from)).put("to", time(to));
    }

    private static String time(int minute) {
        return String.format(Locale.ROOT, "%02d:%02d", minute / 60, minute % 60);
    }

    @Override
    public String toString() {
        return String.join(" ", days.stream().map(day -> NAMES.get(day.getValue() - 1)).toList()) + " " + time(from) + "–" + time(to) + " UTC";
    }
}
