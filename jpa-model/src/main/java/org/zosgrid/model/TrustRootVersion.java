package org.zosgrid.model;

import jakarta.persistence.Access;
import jakarta.persistence.AccessType;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import org.hibernate.annotations.Immutable;

/** A version of the trust root that replaced the one before it. */
@Entity
@Table(name = "trust_root")
@Immutable
@Access(AccessType.FIELD)
public class TrustRootVersion {
    @Id
    private long version;

    private String digest = "";
    private byte[] envelope = {};

    @Column(name = "sealed_index")
    private long sealedIndex;

    private String submitter = "";
    private Instant at = Instant.EPOCH;

    protected TrustRootVersion() {}

    /**
     * A version that was verified and sealed.
     *
     * @param digest names the signed bytes ({@code Envelope.digest})
     * @param envelope the DSSE envelope's JSON with every signature
     * @param sealedIndex where the ledger says so
     */
    public TrustRootVersion(long version, String digest, byte[] envelope, long sealedIndex, String submitter, Instant at) {
        this.version = version;
        this.digest = digest;
        this.envelope = envelope.clone();
        this.sealedIndex = sealedIndex;
        this.submitter = submitter;
        this.at = at;
    }

    public long version() {
        return version;
    }

    public String digest() {
        return digest;
    }

    public byte[] envelope() {
        return envelope.clone();
    }

    public long sealedIndex() {
        return sealedIndex;
    }

    /** Who handed it in; who signed it stands in the envelope. */
    public String submitter() {
        return submitter;
    }

    public Instant at() {
        return at;
    }
}
