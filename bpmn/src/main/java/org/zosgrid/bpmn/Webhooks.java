package org.zosgrid.bpmn;

/** Events to other systems. They are handed over in the caller's transaction and delivered after it. */
public interface Webhooks {
    /**
     * Hands an event about the change over.
     *
     * @param endpoint name of a configured webhook
     * @param text for people, stands in the event; may be empty
     * @throws InvalidChangeException if no such webhook is configured
     */
    void call(long change, String endpoint, String text);
}
