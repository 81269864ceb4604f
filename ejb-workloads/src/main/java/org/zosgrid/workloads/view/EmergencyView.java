package org.zosgrid.workloads.view;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * A version that was sealed as an emergency.
 *
 * @param name the deployment
 * @param digest of its envelope, in hex
 * @param approvedBy who approved it
 * @param until when every node ends it by itself
 * @param endedAt when it was over, or something else was in its place; empty while it stands
 * @param overdueAt from when on no other emergency of the deployment may come unless this one was reviewed; empty while it stands, and once it was
 * @param review the review that stands, or else one that is under way; empty if there is none
 */
public record EmergencyView(
        String name, long version, String state, String requester, List<String> approvedBy, String environment, String reason, String digest, Instant sealedAt, Instant until, Optional<Instant> endedAt,
        Optional<Instant> reviewedAt, Optional<Instant> overdueAt, Optional<Review> review) {

    /** @param verdict {@code justified} or {@code not-justified} */
    public record Review(String name, long version, String state, String requester, String verdict, String findings) {}
}
