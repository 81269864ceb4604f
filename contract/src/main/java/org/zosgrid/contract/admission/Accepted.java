package org.zosgrid.contract.admission;

/**
 * The newest version a node has accepted under a name.
 *
 * @param version that version; it never goes down, also not by a removal
 * @param digest of its envelope, in hex
 * @param removed whether nothing of it runs any more: it was decommissioned or withdrawn
 */
public record Accepted(long version, String digest, boolean removed) {}
