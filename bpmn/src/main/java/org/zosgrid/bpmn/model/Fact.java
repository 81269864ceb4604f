package org.zosgrid.bpmn.model;

/** What is true of a change at some moment of a process, as far as the order of steps goes. */
enum Fact {
    VERIFIED, SEATED, APPROVED, SEALED, HEALTHY, UNDONE, REMOVED, IN_FORCE;

    int bit() {
        return 1 << ordinal();
    }

    boolean in(int facts) {
        return (facts & bit()) != 0;
    }
}
