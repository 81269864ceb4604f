package org.zosgrid.model;

import jakarta.persistence.Access;
import jakarta.persistence.AccessType;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.IdClass;
import jakarta.persistence.Table;
import java.time.Instant;

/** One person's signature over a change's bytes. */
@Entity
@Table(name = "approval")
@IdClass(PersonOnChange.class)
@Access(AccessType.FIELD)
public class Approval {
    @Id
    @Column(name = "change_id")
    private long changeId;

    @Id
    private String person = "";

    @Column(name = "key_id")
    private String keyId = "";

    private byte[] signature = {};
    private Instant at = Instant.EPOCH;

    protected Approval() {}

    public Approval(long changeId, String person, String keyId, byte[] signature, Instant at) {
        this.changeId = changeId;
        this.person = person;
        this.keyId = keyId;
        this.signature = signature.clone();
        this.at = at;
    }

    /** Of which change. */
    public long changeId() {
        return changeId;
    }

    public String person() {
        return person;
    }

    public String keyId() {
        return keyId;
    }

    public byte[] signature() {
        return signature.clone();
    }

    public Instant at() {
        return at;
    }
}
