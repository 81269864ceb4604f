package org.zosgrid.bpmn;

/** Checks a change before anybody is asked to approve it. */
public interface Verification {
    /**
     * Signatures, freshness, images and nodes.
     *
     * @throws InvalidChangeException if the change can never be accepted as it is
     * @throws UnavailableException if somebody who must be asked does not answer now
     */
    void verify(long change);
}
