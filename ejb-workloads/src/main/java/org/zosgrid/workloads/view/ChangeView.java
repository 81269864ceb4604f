package org.zosgrid.workloads.view;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Everything about one version.
 *
 * @param digest names the signed bytes
 * @param envelope the DSSE envelope's JSON as it was submitted, with the requester's signature alone
 * @param position names of the workflow's activities that are under way
 * @param escalation that its approvals are late; empty if they are not
 * @param quorum how many people must approve; empty before approval has opened
 * @param openSeats people who may still approve
 * @param deputies those of them who stand in for others, while approval is open
 * @param missing what the approvals so far lack, rule by rule, in sentences
 */
public record ChangeView(
        ChangeSummary summary,
        String digest,
        Instant expiresAt,
        Optional<Instant> approvalDueAt,
        Optional<Escalation> escalation,
        byte[] envelope,
        List<String> position,
        Optional<Integer> quorum,
        List<String> openSeats,
        List<Deputy> deputies,
        List<String> missing,
        List<Approved> approvals,
        List<Rejected> rejections,
        List<Workload> workloads,
        List<Route> routes,
        List<Received> receipts,
        List<Event> timeline) {

    /**
     * Approvals are late.
     *
     * @param since when three quarters of their time were over
     * @param to who answers for it: these people are written to, where mail is set up
     */
    public record Escalation(Instant since, List<String> to) {}

    /**
     * A seat of somebody who stands in for a group.
     *
     * @param groups for which they count from then on
     * @param approver whether they belong to another group too, for which they may approve before
     */
    public record Deputy(String person, List<String> groups, Instant from, boolean approver) {}

    /** Somebody's approval: a signature over the envelope's bytes. */
    public record Approved(String person, String keyId, byte[] signature, Instant at) {}

    /** Somebody's no. */
    public record Rejected(String person, String reason, Instant at) {}

    /** A machine as its node reported it last. */
    public record Workload(String name, String node, String state, String address, String message) {}

    /** A name under which the internet reaches a machine; open once the gateway has confirmed it. */
    public record Route(String name, String node, String host, boolean open) {}

    /** A node's signed receipt; {@code sequence} is its place in the node's log. */
    public record Received(String node, long sequence, String outcome, String reason, String message, Instant at) {}

    /** Something that happened; {@code actor} is a person, a node or {@code workflow}. */
    public record Event(Instant at, String kind, String actor, String detail) {}
}
