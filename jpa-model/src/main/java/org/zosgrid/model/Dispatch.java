package org.zosgrid.model;

import jakarta.persistence.Access;
import jakarta.persistence.AccessType;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.GenerationType;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/** A record for one node's {@code contracts} log: decided here, appended there once, whatever happens in between. */
@Entity
@Table(name = "dispatch")
@Access(AccessType.FIELD)
public class Dispatch {
    /** The sealed contract itself. */
    public static final String CONTRACT = "contract";
    /** The order to stop a sealed version again. */
    public static final String WITHDRAWAL = "withdrawal";

    @Id
    @GeneratedValue(strategy = GenerationType.IDENTITY)
    private long id;

    @Column(name = "change_id")
    private long changeId;

    private String node = "";
    private String purpose = "";
    private String digest = "";
    private byte[] record = {};
    private @Nullable Long sequence;

    protected Dispatch() {}

    /**
     * A dispatch that is still to be sent.
     *
     * @param digest SHA-256 of the record, in hex: receipts name it
     */
    public Dispatch(long changeId, String node, String purpose, String digest, byte[] record) {
        this.changeId = changeId;
        this.node = node;
        this.purpose = purpose;
        this.digest = digest;
        this.record = record.clone();
    }

    public long changeId() {
        return changeId;
    }

    public String node() {
        return node;
    }

    public String purpose() {
        return purpose;
    }

    public String digest() {
        return digest;
    }

    public byte[] record() {
        return record.clone();
    }

    /** Where it stands in the node's log; empty while the node has not confirmed it. */
    public OptionalLong sequence() {
        return sequence == null ? OptionalLong.empty() : OptionalLong.of(sequence);
    }

    public void appendedAt(long place) {
        this.sequence = place;
    }
}
