package org.zosgrid.bpmn;

/** Where a process writes down how far a change has come, and how it ended; the ledger hears of each end. */
public interface Outcome {
    /** Stages and ends of a change. */
    enum Stage {
        PROVISIONING, EXPOSING, PAUSING, REMOVING, COMPENSATING,
        RUNNING, PAUSED, REMOVED, IN_FORCE, DONE, ADMITTED, RETIRED, PROMOTED, REVIEWED, SUPERSEDED, COMPENSATED, FAILED, INVALID, REJECTED, EXPIRED, WITHDRAWN
    }

    /**
     * Enters a stage.
     *
     * @param why for people; empty when everything goes as it should
     */
    void enter(long change, Stage stage, String why);
}
