package org.zosgrid.bpmn;

/** What a node's receipt means for a process that waits for it. */
public enum NodeAnswer {
    /** Everything the contract asks of the node runs. */
    RUNNING,
    /** It stands still on the node, and what it wrote is kept. */
    PAUSED,
    /** Nothing of it is left on the node. */
    REMOVED,
    /** The node will not do it. */
    REFUSED,
    /** The node tried and could not. */
    FAILED
}
