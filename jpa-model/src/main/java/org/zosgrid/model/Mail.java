package org.zosgrid.model;

import jakarta.persistence.Access;
import jakarta.persistence.AccessType;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.GenerationType;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** A message to one person about one change, as it was written when there was something to tell. */
@Entity
@Table(name = "mail")
@Access(AccessType.FIELD)
public class Mail {
    private static final int MAX_FAILURE = 500;

    @Id
    @GeneratedValue(strategy = GenerationType.IDENTITY)
    private long id;

    @Column(name = "change_id")
    private long change;

    private String kind = "";
    private String person = "";
    private String subject = "";
    private String body = "";
    private int attempts;

    @Column(name = "due_at")
    private Instant dueAt = Instant.EPOCH;

    @Column(name = "ended_at")
    private @Nullable Instant endedAt;

    private String failure = "";

    protected Mail() {}

    /** @param kind {@code assigned}, {@code reminder}, {@code escalation} or {@code result} */
    public Mail(long change, String kind, String person, String subject, String body, Instant now) {
        this.change = change;
        this.kind = kind;
        this.person = person;
        this.subject = subject;
        this.body = body;
        this.dueAt = now;
    }

    public long id() {
        return id;
    }

    long change() {
        return change;
    }

    String kind() {
        return kind;
    }

    /** Who gets it, as the trust root calls them. */
    public String person() {
        return person;
    }

    public String subject() {
        return subject;
    }

    public String body() {
        return body;
    }

    /** How often it was tried. */
    public int attempts() {
        return attempts;
    }

    public boolean ended() {
        return endedAt != null;
    }

    /** What came of the last attempt; empty if it was sent. */
    public String failure() {
        return failure;
    }

    /** Nobody else tries it before then. */
    void hold(Instant until) {
        dueAt = until;
    }

    /** The mail server has it. */
    public void sent(Instant now) {
        attempts++;
        failure = "";
        endedAt = now;
    }

    /** It failed, and is tried again. */
    public void failed(String why, Instant next) {
        attempts++;
        failure = shown(why);
        dueAt = next;
    }

    /** It failed, and is given up. */
    public void died(String why, Instant now) {
        attempts++;
        failure = shown(why);
        endedAt = now;
    }

    private static String shown(String why) {
        return why.length() > MAX_FAILURE ? why.substring(0, MAX_FAILURE) + "…" : why;
    }
}
