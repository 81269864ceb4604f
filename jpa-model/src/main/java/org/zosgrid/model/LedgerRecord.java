package org.zosgrid.model;

import jakarta.persistence.Access;
import jakarta.persistence.AccessType;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import org.hibernate.annotations.Immutable;
import org.zosgrid.contract.ledger.LedgerEntry;

/** One leaf of the ledger: the bytes that were hashed. */
@Entity
@Table(name = "ledger_entry")
@Immutable
@Access(AccessType.FIELD)
public class LedgerRecord {
    @Id
    private long index;

    private String kind = "";
    private String name = "";
    private long version;
    private byte[] entry = {};

    @Column(name = "leaf_hash")
    private byte[] leafHash = {};

    protected LedgerRecord() {}

    LedgerRecord(long index, LedgerEntry entry, byte[] bytes, byte[] leafHash) {
        this.index = index;
        this.kind = entry.kind();
        this.name = entry.name();
        this.version = entry.version();
        this.entry = bytes.clone();
        this.leafHash = leafHash.clone();
    }

    public long index() {
        return index;
    }

    /** The entry's bytes, as they were appended. */
    public byte[] bytes() {
        return entry.clone();
    }

    public LedgerEntry entry() {
        return LedgerEntry.parse(entry);
    }
}
