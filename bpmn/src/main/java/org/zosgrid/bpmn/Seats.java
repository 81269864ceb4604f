package org.zosgrid.bpmn;

import java.time.Instant;
import java.util.HashSet;
import java.util.List;

/**
 * Who may approve a change, and how many of them must.
 *
 * @param people one seat each; the requester is not among them
 * @param quorum how many must approve, 1 to the number of people
 * @param remindAt when those who have not answered are reminded
 * @param dueAt when the change expires without a quorum
 */
public record Seats(List<String> people, int quorum, Instant remindAt, Instant dueAt) {
    /** @throws IllegalArgumentException if somebody has two seats, or the quorum can never be reached or is none */
    public Seats {
        people = List.copyOf(people);
        if (new HashSet<>(people).size() < people.size()) {
            throw new IllegalArgumentException("people: must have one seat each (is: " + String.join(", ", people) + ")");
        }
        if (quorum < 1 || quorum > people.size()) {
            throw new IllegalArgumentException("quorum: must lie between 1 and " + people.size() + " (is: " + quorum + ")");
        }
    }
}
