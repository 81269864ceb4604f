package org.zosgrid.model;

import jakarta.persistence.Access;
import jakarta.persistence.AccessType;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.GenerationType;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.util.Optional;
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
    /** The sealed contract once more, because what it asks for has drifted. */
    public static final String REPAIR = "repair";
    /** A version of the trust root. */
    public static final String TRUST_ROOT = "trust-root";

    @Id
    @GeneratedValue(strategy = GenerationType.IDENTITY)
    private long id;

    @Column(name = "change_id")
    private @Nullable Long changeId;

    @Column(name = "root_version")
    private @Nullable Long rootVersion;

    private String node = "";
    private String purpose = "";
    private String digest = "";
    private byte @Nullable [] record;

    @Column(name = "ledger_size")
    private @Nullable Long ledgerSize;

    private @Nullable Long sequence;

    @Column(name = "not_before")
    private long notBefore;

    protected Dispatch() {}

    /** A dispatch that is still to be sent. */
    public Dispatch(long changeId, String node, String purpose) {
        this.changeId = changeId;
        this.node = node;
        this.purpose = purpose;
    }

    /** A version of the trust root that is still to be sent. */
    static Dispatch ofTrustRoot(long version, String node) {
        Dispatch dispatch = new Dispatch();
        dispatch.rootVersion = version;
        dispatch.node = node;
        dispatch.purpose = TRUST_ROOT;
        return dispatch;
    }

    public long id() {
        return id;
    }

    /** The change because of which it is sent; empty for a trust root. */
    public Optional<Long> changeId() {
        return Optional.ofNullable(changeId);
    }

    /** The version of the trust root that is sent; empty for what a change sends. */
    public OptionalLong rootVersion() {
        return rootVersion == null ? OptionalLong.empty() : OptionalLong.of(rootVersion);
    }

    public String node() {
        return node;
    }

    public String purpose() {
        return purpose;
    }

    /** SHA-256 of the record, in hex: receipts name it. Empty before it was sent. */
    public String digest() {
        return digest;
    }

    /** What was appended; empty before. */
    public Optional<byte[]> record() {
        return Optional.ofNullable(record).map(byte[]::clone);
    }

    /** Size of the ledger in whose checkpoint it was sealed for this node; empty before it was sent. */
    public OptionalLong ledgerSize() {
        return ledgerSize == null ? OptionalLong.empty() : OptionalLong.of(ledgerSize);
    }

    /** Where it stands in the node's log; empty while the node has not confirmed it. */
    public OptionalLong sequence() {
        return sequence == null ? OptionalLong.empty() : OptionalLong.of(sequence);
    }

    /** The place in the node's log before which it cannot stand, since it was not there when this was decided. */
    public long notBefore() {
        return notBefore;
    }

    void notBefore(long place) {
        this.notBefore = place;
    }

    public void appended(byte[] contract, String itsDigest, long size, long place) {
        this.record = contract.clone();
        this.digest = itsDigest;
        this.ledgerSize = size;
        this.sequence = place;
    }

    /** The node could not use the proofs that came along: it is to be sealed for it again. */
    public void sendAgain() {
        this.record = null;
        this.digest = "";
        this.ledgerSize = null;
        this.sequence = null;
    }
}
