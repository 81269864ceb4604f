package org.zosgrid.workloads;

import jakarta.ejb.Stateless;

/** Tells which content an image name stands for now; an image signer's signature over it was verified. */
@Stateless
public class ResolveImage {
    /**
     * @param reference {@code REPOSITORY:TAG}
     * @return the same with {@code @sha256:FINGERPRINT}
     * @throws RefusedException INVALID, NOT_FOUND or UNAVAILABLE
     */
    public String resolve(String reference) {
        throw new UnsupportedOperationException();
    }
}
