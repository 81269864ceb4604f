package org.zosgrid.bpmn;

import java.time.Instant;
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
    public Seats {
        people = List.copyOf(people);
    }
}
