package org.zosgrid.bpmn.model;

import static org.zosgrid.bpmn.model.Fact.APPROVED;
import static org.zosgrid.bpmn.model.Fact.HEALTHY;
import static org.zosgrid.bpmn.model.Fact.IN_FORCE;
import static org.zosgrid.bpmn.model.Fact.REMOVED;
import static org.zosgrid.bpmn.model.Fact.SEALED;
import static org.zosgrid.bpmn.model.Fact.SEATED;
import static org.zosgrid.bpmn.model.Fact.UNDONE;
import static org.zosgrid.bpmn.model.Fact.VERIFIED;

import java.util.List;

/** What an element does to a change. Customers' blocks and the built-in models' own steps are both told in these. */
enum Act {
    /** Nothing. */
    NONE(false, List.of(), of(), of(), of()),
    /** Nothing to the change; it may run beside everything else. */
    BESIDE(false, List.of(), of(), of(), of()),
    VERIFY(true, List.of(Demand.NOT_SEALED), of(VERIFIED), of(VERIFIED), of()),
    /** The block: opens seats, waits for the quorum. */
    APPROVALS(true, List.of(Demand.NOT_SEALED, Demand.VERIFIED_FOR_SEATS), of(APPROVED), of(APPROVED), of()),
    OPEN_SEATS(true, List.of(Demand.NOT_SEALED, Demand.VERIFIED_FOR_SEATS), of(APPROVED, SEATED), of(SEATED), of()),
    APPROVE(true, List.of(Demand.NOT_SEALED, Demand.SEATS), of(APPROVED), of(APPROVED), of(SEATED)),
    SEAL(true, List.of(Demand.NOT_SEALED, Demand.VERIFIED_FOR_SEAL, Demand.QUORUM), of(), of(SEALED), of()),
    /** The block: sends, and waits until everything runs. */
    PROVISION(true, List.of(Demand.SEALED, Demand.NOT_UNDONE), of(HEALTHY), of(HEALTHY), of()),
    /** The block: sends, and waits until everything is gone. */
    REMOVE(true, List.of(Demand.SEALED, Demand.NOT_UNDONE), of(REMOVED), of(REMOVED), of()),
    SEND(true, List.of(Demand.SEALED, Demand.NOT_UNDONE), of(HEALTHY, REMOVED), of(), of()),
    HEAR_RUNNING(true, List.of(Demand.SEALED, Demand.NOT_UNDONE), of(), of(HEALTHY), of()),
    /** Also after a withdrawal, which undoes as well. */
    HEAR_REMOVED(true, List.of(Demand.SEALED), of(), of(REMOVED), of()),
    EXPOSE(true, List.of(Demand.SEALED, Demand.NOT_UNDONE, Demand.HEALTHY), of(), of(), of()),
    /** A model takes the place of the one before, or a stuck step is passed over: what the control plane does by itself. */
    PUT_IN_FORCE(true, List.of(Demand.SEALED), of(), of(IN_FORCE), of()),
    CLOSE(true, List.of(Demand.SEALED), of(), of(), of()),
    WITHDRAW(true, List.of(Demand.SEALED), of(HEALTHY), of(UNDONE), of(HEALTHY));

    private final boolean step;
    private final List<Demand> demands;
    private final int lost;
    private final int gained;
    private final int spent;

    /**
     * @param step whether it is a step of the change, of which one runs at a time
     * @param lost facts that are no more as soon as it begins
     * @param gained facts that are true when it has succeeded
     * @param spent facts that are no more when it has succeeded
     */
    Act(boolean step, List<Demand> demands, int lost, int gained, int spent) {
        this.step = step;
        this.demands = demands;
        this.lost = lost;
        this.gained = gained;
        this.spent = spent;
    }

    private static int of(Fact... facts) {
        int bits = 0;
        for (Fact fact : facts) {
            bits |= fact.bit();
        }
        return bits;
    }

    boolean isStep() {
        return step;
    }

    List<Demand> demands() {
        return demands;
    }

    int begun(int facts) {
        return facts & ~lost;
    }

    /** When a quorum has passed it over: what it was to bring about counts as true, since enough people said that they do without it. */
    int skipped(int facts) {
        return this == SEND ? facts | of(HEALTHY, REMOVED) : done(facts);
    }

    int done(int facts) {
        return (facts & ~spent) | gained;
    }
}
