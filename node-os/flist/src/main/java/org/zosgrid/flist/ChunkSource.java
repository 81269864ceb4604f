package org.zosgrid.flist;

/** Where chunks come from. */
public interface ChunkSource {
    /** The packed chunk; unverified. Fails with {@link FlistException} when it cannot be had. */
    byte[] fetch(String fingerprint);
}
