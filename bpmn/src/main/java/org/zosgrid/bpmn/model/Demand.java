package org.zosgrid.bpmn.model;

/**
 * What must be true before a step begins.
 *
 * @param there whether the fact must be there, or must not
 */
record Demand(Fact fact, boolean there, Rule rule, String wrong, String right) {
    boolean holds(int facts) {
        return fact.in(facts) == there;
    }

    static final Demand VERIFIED_FOR_SEATS = new Demand(Fact.VERIFIED, true, Rule.VERIFY_FIRST,
            "approvals are collected, and on a path to it signatures were not verified", "verify before it on every path");
    static final Demand VERIFIED_FOR_SEAL = new Demand(Fact.VERIFIED, true, Rule.VERIFY_FIRST,
            "it seals, and on a path to it signatures were not verified", "verify, then collect approvals, before it on every path");
    static final Demand SEATS = new Demand(Fact.SEATED, true, Rule.QUORUM, "people approve, and on a path to it no seats were opened", "open approval before it on every path");
    static final Demand QUORUM = new Demand(Fact.APPROVED, true, Rule.QUORUM,
            "it seals, and on a path to it no quorum has approved", "collect approvals before it on every path, and catch what ends them otherwise elsewhere");
    static final Demand NOT_SEALED = new Demand(Fact.SEALED, false, Rule.SEAL_ONCE,
            "it can come after the change was sealed", "verify, collect approvals and seal once, before everything that nodes do");
    static final Demand SEALED = new Demand(Fact.SEALED, true, Rule.SEAL_FIRST, "nodes would hear of the change, and on a path to it the change is not sealed", "seal before it on every path");
    static final Demand NOT_UNDONE = new Demand(Fact.UNDONE, false, Rule.UNDO,
            "it can come after the change was withdrawn from the nodes", "end with COMPENSATED after withdrawing; a new change is deployed anew");
    static final Demand HEALTHY = new Demand(Fact.HEALTHY, true, Rule.HEALTHY_FIRST,
            "it exposes, and on a path to it not everything runs", "provision before it on every path");
}
