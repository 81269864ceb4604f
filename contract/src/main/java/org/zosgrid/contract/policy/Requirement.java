package org.zosgrid.contract.policy;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import org.zosgrid.contract.ContractException;
import org.zosgrid.contract.JsonObject;
import org.zosgrid.contract.StrictJson;

/**
 * What a rule demands; everything that is given must hold.
 *
 * @param groups seats to fill, by approver group. One person fills one seat: somebody in two groups cannot stand for both
 * @param weight how much the approvals must weigh together
 * @param signers people who must be among the approvers
 * @param windows one of these must contain the moment of the decision; empty for any time
 * @param validity how old a document may be when it is accepted, counted from its own {@code created}
 */
public record Requirement(
        SortedMap<String, Integer> groups, Optional<Weight> weight, Set<String> signers, List<Window> windows, Optional<Duration> validity) {
    private static final int MAX_GROUPS = 8;
    private static final int MAX_SIGNERS = 16;
    private static final int MAX_WINDOWS = 16;
    private static final int MOST = 1000;
    private static final Duration LONGEST = Duration.ofDays(3650);

    public Requirement {
        groups = Collections.unmodifiableSortedMap(new TreeMap<>(groups));
        signers = Collections.unmodifiableSortedSet(new TreeSet<>(signers));
        windows = List.copyOf(windows);
        if (groups.size() > MAX_GROUPS) {
            throw new ContractException("groups", "must not have more than " + MAX_GROUPS + " fields", groups.size() + " fields");
        }
        groups.forEach((group, people) -> {
            if (people < 1) {
                throw new ContractException("groups." + group, "must be at least 1", Integer.toString(people));
            }
        });
        if (validity.isPresent() && (validity.get().compareTo(LONGEST) > 0 || !validity.get().isPositive())) {
            throw new ContractException("validity", "must be longer than nothing and at most " + LONGEST, validity.get().toString());
        }
    }

    /** So many people of one group, and nothing else. */
    public static Requirement people(String group, int people) {
        return new Requirement(new TreeMap<>(Map.of(group, people)), Optional.empty(), Set.of(), List.of(), Optional.empty());
    }

    /** No fewer people than this can satisfy it; weights are left out, since nobody is told them here. */
    public int leastPeople() {
        return Math.max(groups.values().stream().mapToInt(Integer::intValue).sum(), signers.size());
    }

    /** Whether anybody has to approve for this. */
    public boolean demandsApproval() {
        return !groups.isEmpty() || weight.isPresent() || !signers.isEmpty();
    }

    /** What the approvals lack, in sentences; empty when nothing. */
    public List<String> missing(Approvals approvals) {
        List<String> missing = new ArrayList<>();
        emptySeats(approvals).ifPresent(missing::add);
        if (weight.isPresent() && weight.get().of(approvals) < weight.get().least()) {
            missing.add("approvals must weigh at least " + weight.get().least() + " (they weigh " + weight.get().of(approvals) + ")");
        }
        for (String signer : signers) {
            if (!approvals.people().contains(signer)) {
                missing.add(signer + " must have approved");
            }
        }
        return missing;
    }

    public boolean open(Instant now) {
        return windows.isEmpty() || windows.stream().anyMatch(window -> window.contains(now));
    }

    /**
     * Everybody can be given a seat exactly if, for every selection of groups, at least as many people approved for one of them as they have seats
     * together (Hall's marriage theorem). At most 255 selections.
     */
    private Optional<String> emptySeats(Approvals approvals) {
        List<String> names = List.copyOf(groups.keySet());
        for (int selection = 1; selection < 1 << names.size(); selection++) {
            Set<String> chosen = new TreeSet<>();
            int seats = 0;
            for (int i = 0; i < names.size(); i++) {
                if ((selection >> i & 1) == 1) {
                    chosen.add(names.get(i));
                    seats += Math.max(groups.get(names.get(i)), approvals.thresholds().getOrDefault(names.get(i), 1));
                }
            }
            int people = approvals.of(chosen);
            if (people < seats) {
                return Optional.of(seats + (seats == 1 ? " person of " : " people of ") + String.join(" and ", chosen) + " must have approved (" + people + " did)");
            }
        }
        return Optional.empty();
    }

    /** Reads what a rule demands. */
    public static Requirement read(JsonObject object) {
        return new Requirement(
                new TreeMap<>(object.numberMap("groups", MAX_GROUPS, 1, MOST)),
                object.has("weight") ? object.object("weight", Weight::read) : Optional.empty(),
                new TreeSet<>(object.texts("signers", MAX_SIGNERS, 36)),
                object.objects("windows", MAX_WINDOWS, Window::read),
                object.has("validity") ? Optional.of(object.value("validity", 30, Requirement::duration, Duration.ofDays(1))) : Optional.empty());
    }

    private static Duration duration(String text) {
        try {
            return Duration.parse(text);
        } catch (DateTimeParseException wrong) {
            throw new ContractException("", "must be a duration in ISO 8601 such as PT72H or P3D", text);
        }
    }

    public ObjectNode toJson() {
        ObjectNode object = StrictJson.object();
        groups.forEach((group, people) -> object.withObject("/groups").put(group, people));
        weight.ifPresent(each -> object.set("weight", each.toJson()));
        signers.forEach(signer -> object.withArray("signers").add(signer));
        windows.forEach(window -> object.withArray("windows").add(window.toJson()));
        validity.ifPresent(each -> object.put("validity", each.toString()));
        return object;
    }
}
