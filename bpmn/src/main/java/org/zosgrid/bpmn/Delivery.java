package org.zosgrid.bpmn;

/** Brings sealed contracts to nodes. Calling twice appends once. */
public interface Delivery {
    /**
     * Appends the sealed contract to a node's log. The answer comes later, by {@link ChangeProcesses#nodeAnswered}.
     *
     * @throws UnavailableException if the node cannot be reached now
     */
    void send(long change, String node);

    /**
     * Appends the order to stop a sealed version again, if the node may have heard of it. The answer comes as for {@link #send}.
     *
     * @return whether an answer is to be waited for
     * @throws UnavailableException if the node cannot be reached now
     */
    boolean withdraw(long change, String node);
}
