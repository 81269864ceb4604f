package org.zosgrid.node.zdb;

/** When a write is answered. Under each of them, what was answered survives the death of the process. */
public enum Durability {
    /** After it is on the disk; writes that wait together are synced together. */
    SYNC,
    /** At once; the disk has it within the namespace's interval. */
    INTERVAL,
    /** At once; the operating system writes it when it likes. */
    SYSTEM
}
