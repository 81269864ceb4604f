package org.zosgrid.model;

import jakarta.persistence.Access;
import jakarta.persistence.AccessType;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A ticket about a change in another system, and how far this side has come with it. */
@Entity
@Table(name = "change_ticket")
@Access(AccessType.FIELD)
public class ChangeTicket {
    private static final int MAX_FAILURE = 500;

    @Id
    @Column(name = "change_id")
    private long change;

    private String reference = "";
    private String answer = "";
    private String summary = "";
    private int attempts;

    @Column(name = "due_at")
    private Instant dueAt = Instant.EPOCH;

    @Column(name = "ended_at")
    private @Nullable Instant endedAt;

    private String failure = "";

    protected ChangeTicket() {}

    public ChangeTicket(long change, Instant now) {
        this.change = change;
        this.dueAt = now;
    }

    /** @param summary what a model wants to stand there */
    public ChangeTicket(long change, String summary, Instant now) {
        this(change, now);
        this.summary = summary;
    }

    /** What stands there in place of the usual; empty for the usual. */
    public String summary() {
        return summary;
    }

    public long change() {
        return change;
    }

    /** What the other system calls it; empty before it is there. */
    public Optional<String> reference() {
        return reference.isEmpty() ? Optional.empty() : Optional.of(reference);
    }

    /** What was answered there last and acted on; empty before anything was. */
    public String answer() {
        return answer;
    }

    /** How often the other system failed, one time after the other. */
    public int attempts() {
        return attempts;
    }

    public boolean ended() {
        return endedAt != null;
    }

    public String failure() {
        return failure;
    }

    /** Nobody else looks at it before then. */
    void hold(Instant until) {
        dueAt = until;
    }

    /** The other system has it, or answered: it is asked again then. */
    public void known(String there, Instant next) {
        reference = there;
        attempts = 0;
        failure = "";
        dueAt = next;
    }

    public void answered(String said) {
        answer = said;
    }

    /** The other system failed: it is tried again then. */
    public void failed(String why, Instant next) {
        attempts++;
        failure = why.length() > MAX_FAILURE ? why.substring(0, MAX_FAILURE) + "…" : why;
        dueAt = next;
    }

    /** Nothing more is to be told there. */
    public void end(Instant now) {
        attempts = 0;
        failure = "";
        endedAt = now;
    }
}
