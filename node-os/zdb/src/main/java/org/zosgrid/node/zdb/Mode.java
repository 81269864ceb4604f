package org.zosgrid.node.zdb;

/** Who chooses the keys of a namespace. */
public enum Mode {
    /** The client: 1 to 255 bytes. */
    USER,
    /** The store: 0, 1, 2, … as 8 bytes, little-endian. */
    SEQUENTIAL
}
