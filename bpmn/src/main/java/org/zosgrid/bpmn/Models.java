package org.zosgrid.bpmn;

/** Puts a customer's model that was approved in force, or takes it out. */
public interface Models {
    /**
     * Checks it once more, among what is configured now, and gives it to the engine in the caller's transaction.
     *
     * @return whether it is in force now; false if the change takes the model out of force
     * @throws InvalidChangeException if that may not be any more
     */
    boolean putInForce(long change);
}
