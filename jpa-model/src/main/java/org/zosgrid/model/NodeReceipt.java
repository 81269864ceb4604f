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
import java.util.Objects;

/** One record of a node's {@code receipts} log, as it was read. */
@Entity
@Table(name = "receipt")
@IdClass(NodeReceipt.Key.class)
@Access(AccessType.FIELD)
public class NodeReceipt {
    /** The outcome of a record that is no receipt signed by its node. */
    public static final String UNVERIFIED = "unverified";

    @Id
    private String node = "";

    @Id
    private long sequence;

    private String name = "";
    private long version;
    private String digest = "";
    private String outcome = "";
    private String reason = "";
    private String message = "";
    private byte[] envelope = {};
    private Instant at = Instant.EPOCH;

    @Column(name = "ledger_size")
    private long ledgerSize;

    @Column(name = "root_version")
    private long rootVersion;

    protected NodeReceipt() {}

    /**
     * A record.
     *
     * @param digest of the contract that it is about, in hex
     * @param envelope the record's bytes
     * @param ledgerSize size of the largest checkpoint that the node had accepted then
     * @param rootVersion the trust root by which the node decided; 0 if the record is none of its receipts
     */
    public NodeReceipt(String node, long sequence, String name, long version, String digest, String outcome, String reason, String message, byte[] envelope, Instant at, long ledgerSize,
            long rootVersion) {
        this.node = node;
        this.sequence = sequence;
        this.name = name;
        this.version = version;
        this.digest = digest;
        this.outcome = outcome;
        this.reason = reason;
        this.message = message;
        this.envelope = envelope.clone();
        this.at = at;
        this.ledgerSize = ledgerSize;
        this.rootVersion = rootVersion;
    }

    public String node() {
        return node;
    }

    public long sequence() {
        return sequence;
    }

    public String name() {
        return name;
    }

    public long version() {
        return version;
    }

    public String digest() {
        return digest;
    }

    public String outcome() {
        return outcome;
    }

    public String reason() {
        return reason;
    }

    public String message() {
        return message;
    }

    public byte[] envelope() {
        return envelope.clone();
    }

    public Instant at() {
        return at;
    }

    public long ledgerSize() {
        return ledgerSize;
    }

    public long rootVersion() {
        return rootVersion;
    }

    /** A place in a node's log. */
    public static class Key implements Serializable {
        private static final long serialVersionUID = 1;

        private String node = "";
        private long sequence;

        protected Key() {}

        public Key(String node, long sequence) {
            this.node = node;
            this.sequence = sequence;
        }

        @Override
        public boolean equals(Object other) {
            return other instanceof Key that && node.equals(that.node) && sequence == that.sequence;
        }

        @Override
        public int hashCode() {
            return Objects.hash(node, sequence);
        }
    }
}
