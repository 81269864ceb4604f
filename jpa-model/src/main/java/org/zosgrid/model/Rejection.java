package org.zosgrid.model;

import jakarta.persistence.Access;
import jakarta.persistence.AccessType;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.IdClass;
import jakarta.persistence.Table;
import java.time.Instant;

/** One person's no to a change. */
@Entity
@Table(name = "rejection")
@IdClass(PersonOnChange.class)
@Access(AccessType.FIELD)
public class Rejection {
    @Id
    @Column(name = "change_id")
    private long changeId;

    @Id
    private String person = "";

    private String reason = "";
    private Instant at = Instant.EPOCH;

    protected Rejection() {}

    public Rejection(long changeId, String person, String reason, Instant at) {
        this.changeId = changeId;
        this.person = person;
        this.reason = reason;
        this.at = at;
    }

    public String person() {
        return person;
    }

    public String reason() {
        return reason;
    }

    public Instant at() {
        return at;
    }
}
