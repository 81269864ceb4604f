package org.zosgrid.model;

import jakarta.persistence.Access;
import jakarta.persistence.AccessType;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.IdClass;
import jakarta.persistence.Table;
import java.io.Serializable;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** One entry of the ledger that one subscriber is still to be told of. Delivered, the row is gone; given up, it is a dead letter. */
@Entity
@Table(name = "webhook_delivery")
@IdClass(WebhookDelivery.Key.class)
@Access(AccessType.FIELD)
public class WebhookDelivery {
    private static final int MAX_FAILURE = 500;

    @Id
    @Column(name = "webhook_id")
    private long webhook;

    @Id
    @Column(name = "ledger_index")
    private long index;

    private String subject = "";
    private int attempts;

    @Column(name = "due_at")
    private Instant dueAt = Instant.EPOCH;

    @Column(name = "dead_at")
    private @Nullable Instant deadAt;

    private String failure = "";

    protected WebhookDelivery() {}

    WebhookDelivery(long webhook, long index, String subject, Instant dueAt) {
        this.webhook = webhook;
        this.index = index;
        this.subject = subject;
        this.dueAt = dueAt;
    }

    /** The primary key, for JPA. */
    public record Key(long webhook, long index) implements Serializable {}

    public long webhook() {
        return webhook;
    }

    /** Where the ledger has the decision. */
    public long index() {
        return index;
    }

    /** What the decision is about; within it, order is kept. */
    public String subject() {
        return subject;
    }

    /** How often it was tried, since it was last put in. */
    public int attempts() {
        return attempts;
    }

    /** When it is tried next. */
    public Instant dueAt() {
        return dueAt;
    }

    /** Since when nobody tries any more; empty while somebody does. */
    public Optional<Instant> deadAt() {
        return Optional.ofNullable(deadAt);
    }

    /** What came of the last attempt; empty before the first. */
    public String failure() {
        return failure;
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
        deadAt = now;
    }

    /** Somebody wants it to be tried again from the beginning. */
    void revive(Instant now) {
        attempts = 0;
        deadAt = null;
        dueAt = now;
    }

    private static String shown(String why) {
        return why.length() > MAX_FAILURE ? why.substring(0, MAX_FAILURE) + "…" : why;
    }
}
