package org.zosgrid.bpmn;

/** Change tickets in other systems. What is said there counts as nobody's signature. */
public interface Tickets {
    /**
     * Opens a ticket about the change. Calling twice with one key opens one.
     *
     * @param system name of a configured ticket system
     * @param summary of the ticket
     * @param key of this ticket, among all
     * @return how the other system names it
     * @throws InvalidChangeException if no such system is configured, or it will not
     * @throws UnavailableException if it does not answer now
     */
    String open(long change, String system, String summary, String key);
}
