package org.zosgrid.model;

import jakarta.persistence.Access;
import jakarta.persistence.AccessType;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/** What is owed of a version that was sealed as an emergency: a word when half of its life is over, an end, and a review. */
@Entity
@Table(name = "emergency")
@Access(AccessType.FIELD)
public class Emergency {
    private static final Duration DAY = Duration.ofDays(1);

    @Id
    @Column(name = "change_id")
    private long change;

    private String name = "";

    @Column(name = "sealed_at")
    private Instant sealedAt = Instant.EPOCH;

    private Instant until = Instant.EPOCH;

    @Column(name = "warned_at")
    private @Nullable Instant warnedAt;

    @Column(name = "ended_at")
    private @Nullable Instant endedAt;

    @Column(name = "told_at")
    private @Nullable Instant toldAt;

    private int told;

    @Column(name = "review_id")
    private @Nullable Long review;

    @Column(name = "reviewed_at")
    private @Nullable Instant reviewedAt;

    protected Emergency() {}

    /** @param until when nodes end it by themselves */
    public Emergency(long change, String name, Instant sealedAt, Instant until) {
        this.change = change;
        this.name = name;
        this.sealedAt = sealedAt;
        this.until = until;
    }

    /** Id of the change that was sealed. */
    public long change() {
        return change;
    }

    /** The deployment. */
    public String name() {
        return name;
    }

    public Instant sealedAt() {
        return sealedAt;
    }

    public Instant until() {
        return until;
    }

    /** When it was over, or something else was in its place; empty while it stands. */
    public Optional<Instant> endedAt() {
        return Optional.ofNullable(endedAt);
    }

    /** When it was reviewed; empty as long as it is owed. */
    public Optional<Instant> reviewedAt() {
        return Optional.ofNullable(reviewedAt);
    }

    /** Id of the review that stands. */
    public OptionalLong review() {
        return review == null ? OptionalLong.empty() : OptionalLong.of(review);
    }

    /** Whether people are to be told now that half of its life is over. */
    public boolean warns(Instant now) {
        return warnedAt == null && endedAt == null && !now.isBefore(sealedAt.plus(Duration.between(sealedAt, until).dividedBy(2))) && now.isBefore(until);
    }

    public void warned(Instant now) {
        this.warnedAt = now;
    }

    public void ended(Instant now) {
        this.endedAt = now;
    }

    /** Whether people are to be told now that it waits to be reviewed: when it has ended, and each day from then on. */
    public boolean tells(Instant now) {
        return endedAt != null && reviewedAt == null && (toldAt == null || !now.isBefore(toldAt.plus(DAY)));
    }

    /** How often people were told already that it waits to be reviewed. */
    public int told() {
        return told;
    }

    public void toldAgain(Instant now) {
        this.toldAt = now;
        this.told++;
    }

    /** @param by id of the review; the last one stands */
    public void reviewed(long by, Instant now) {
        this.review = by;
        this.reviewedAt = now;
    }

    /** From when on no other emergency of the deployment may come; empty while it stands, and once it was reviewed. */
    public Optional<Instant> overdueAt(Duration patience) {
        return reviewedAt == null ? endedAt().map(at -> at.plus(patience)) : Optional.empty();
    }
}
