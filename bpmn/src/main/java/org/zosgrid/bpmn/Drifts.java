package org.zosgrid.bpmn;

/** Where the process of a drift tells people, and sends a node what it shall be once more; the ledger hears of each. */
public interface Drifts {
    /** How the process of a drift ends. */
    enum End {
        /** The node says that everything runs as the contract has it, whoever mended it. */
        MENDED,
        /** Another version took its place, or nothing of it shall be there any more. */
        REPLACED
    }

    /** People are told what a node reported. */
    void tell(long drift);

    /** Nobody has chosen anything for a good while. */
    void remind(long drift);

    /**
     * Sends the node the same sealed contract again. Calling twice appends once for each choice.
     *
     * @throws UnavailableException if the node cannot be reached now
     */
    void send(long drift);

    /** The node refused, failed or did not answer in time. @param why for people */
    void stillThere(long drift, String why);

    /** Writes down how it ended. */
    void end(long drift, End end);
}
