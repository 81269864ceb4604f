package org.zosgrid.workloads.view;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * The newest word on an image in an environment.
 *
 * @param name of the document, whose versions are changes like any
 * @param state of that version
 * @param until how long it counts; empty of a revocation
 * @param signers the requester and everybody who approved
 * @param objection why deployments cannot refer to what was sealed last; empty if they can
 * @param told of a revocation: nodes that have taken it
 * @param untold of a revocation: nodes that have not
 */
public record PromotionView(String name, long version, String image, String environment, String state, Optional<Instant> until, String requester, List<String> signers, Instant submittedAt,
        Optional<String> objection, List<String> told, List<String> untold) {
    public PromotionView {
        signers = List.copyOf(signers);
        told = List.copyOf(told);
        untold = List.copyOf(untold);
    }
}
