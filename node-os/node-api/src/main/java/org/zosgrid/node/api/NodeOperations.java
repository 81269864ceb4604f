package org.zosgrid.node.api;

import java.util.List;

/** What the control plane may ask of a node. Every refusal is a {@link NodeApiException}. */
public interface NodeOperations {
    NodeStatus status();

    /** The end of what a machine wrote to its standard output and error. */
    String logs(String deployment, String machine);

    /** What a machine has taken so far; 404 if it does not run here. */
    WorkloadUsage usage(String deployment, String machine);

    List<RouteStatus> routes();

    /** Opens a route that an accepted contract names for this node; 403 if none does. */
    RouteStatus expose(String deployment, String route);

    /** Closes a route; closing one that is not open is fine. */
    void withdraw(String deployment, String route);

    /** Loads an image into the node's cache; the reference is pinned. */
    void prefetch(String reference);

    /**
     * Signs a checkpoint as a witness, if it continues what this node signed last: 404 if the node is no witness, 403 if the ledger did not sign it, 422 if the
     * two are not of one history.
     */
    Cosigning cosign(CheckpointRequest request);
}
