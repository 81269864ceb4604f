package org.zosgrid.model;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** Where a change is, for people; the process instance knows it in more detail. */
public enum ChangeState {
    VERIFYING(true),
    APPROVAL(true),
    SEALING(true),
    PROVISIONING(true),
    EXPOSING(true),
    PAUSING(true),
    REMOVING(true),
    COMPENSATING(true),
    /** In the inventory; a trust root that names the node is awaited. */
    ADMITTING(true),
    /** Nothing new comes to the node; what is there must go, and then the trust root must leave it out. */
    RETIRING(true),
    /** Everything it asks for runs and is reachable. */
    RUNNING(false),
    /** It ran, and a node said that it is not as the contract has it any more. */
    DRIFTED(false),
    /** Its machines stand still; what they wrote is kept. */
    PAUSED(false),
    /** A model by which changes are worked on from now on. */
    IN_FORCE(false),
    /** What it asked for was done, and nothing of it stays. */
    DONE(false),
    /** A node of the system. */
    ADMITTED(false),
    /** None any more. */
    RETIRED(false),
    /** An image that may run in an environment. */
    PROMOTED(false),
    /** One that may no more. */
    REVOKED(false),
    /** What was found of an emergency stands. */
    REVIEWED(false),
    /** An emergency whose time was over: every node has ended it by itself. */
    ENDED(false),
    /** A later version runs in its place. */
    SUPERSEDED(false),
    /** Nothing of it is left. */
    REMOVED(false),
    /** It failed after it was sealed, and everything of it was taken back. */
    COMPENSATED(false),
    /** A pause or a removal that a node refused. */
    FAILED(false),
    INVALID(false),
    REJECTED(false),
    EXPIRED(false),
    WITHDRAWN(false);

    private final boolean open;

    ChangeState(boolean open) {
        this.open = open;
    }

    /** Whether the workflow still works on it. */
    public boolean open() {
        return open;
    }

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }

    static ChangeState of(String text) {
        return valueOf(text.toUpperCase(Locale.ROOT));
    }

    /** The state that is called so; empty if none is. */
    public static Optional<ChangeState> called(String text) {
        return Arrays.stream(values()).filter(each -> each.toString().equals(text)).findFirst();
    }
}
