package org.zosgrid.node.zdb;

/** When a write is answered. */
public enum Durability {
    /** After it is on the disk; writes that wait together are synced together. */
    SYNC,
    /** At once; the operating system writes it when it likes. */
    SYSTEM
}
