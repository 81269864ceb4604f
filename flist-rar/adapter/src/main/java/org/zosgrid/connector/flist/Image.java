package org.zosgrid.connector.flist;

/**
 * A verified image.
 *
 * @param reference pinned: {@code REPOSITORY:TAG@sha256:FINGERPRINT}
 * @param signers the people whose signature over it counted
 * @param contentBytes size of its files, unpacked
 */
public record Image(String reference, java.util.Set<String> signers, long contentBytes) {
    public Image {
        signers = java.util.Set.copyOf(signers);
    }
}
