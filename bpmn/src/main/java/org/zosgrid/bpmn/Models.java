package org.zosgrid.bpmn;

/** Puts a customer's model that was approved in force. */
public interface Models {
    /**
     * Checks it once more, among what is configured now, and gives it to the engine in the caller's transaction.
     *
     * @throws InvalidChangeException if it may not be in force any more
     */
    void putInForce(long change);
}
