package org.zosgrid.workloads.ticket;

import java.io.IOException;

/**
 * Another system in which people keep tickets about changes. This is all that a connector must be able to do; {@link ServiceNow} and {@link Jira} are two.
 *
 * <p>What it answers is an opinion. It can end a change that waits for approvals, or have its approvers reminded; it is never an approval, since nobody signed it: whoever has the connector's login, or
 * administers the other system, could otherwise approve.
 *
 * <p>Every method is one attempt with a time limit, and is repeated after a failure. So {@code open} must find a ticket again that it has opened before under the same key.
 */
public interface TicketSystem {
    /** What is thought of a change there. */
    enum Answer {
        /** Nothing yet. */
        NONE,
        /** It may go on. Not an approval. */
        AGREED,
        /** It must not go on. */
        REFUSED
    }

    /**
     * What a ticket says.
     *
     * @param key names the change for ever; letters, digits and '-'
     */
    record Text(String key, String title, String description) {}

    /**
     * Opens a ticket, or finds the one that was opened under the same key.
     *
     * @return what the system calls it; everything else is asked by this
     */
    String open(Text text) throws IOException;

    /** What people call it there; it may differ from what the system is asked by. */
    String called(String reference) throws IOException;

    /** What is thought of the change there now. */
    Answer answer(String reference) throws IOException;

    /** Adds a remark that people read there. */
    void remark(String reference, String text) throws IOException;

    /** Adds how it ended, and closes the ticket where the system lets a connector do so. */
    void close(String reference, boolean successful, String text) throws IOException;
}
