package org.zosgrid.model;

import jakarta.persistence.Access;
import jakarta.persistence.AccessType;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;

/** How far the ledger stands in tiles; one row. */
@Entity
@Table(name = "ledger_head")
@Access(AccessType.FIELD)
class LedgerHead {
    static final int ID = 1;

    @Id
    private int id;

    private long size;
    private byte[] root = {};

    protected LedgerHead() {}

    void advance(TiledSize to) {
        size = to.size();
        root = to.root();
    }

    TiledSize tiled() {
        return new TiledSize(size, root);
    }
}
