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

    /**
     * Opens a terminal if the node finds the request good; what was asked and what is answered are signed envelopes, which whoever carries them cannot change.
     * 403 if the person may not have it, 409 if the machine does not run or there are too many.
     *
     * @param request an envelope's JSON, as {@code contract/document/TerminalRequest} has it
     * @return an envelope's JSON, as {@code contract/terminal/TerminalAnswer} has it
     */
    byte[] openTerminal(byte[] request);

    /** Takes sealed frames to a terminal, in their order; one that is not as it must be ends it, and is 422. 404 if there is no such session. */
    void typeInto(String session, List<byte[]> frames);

    /**
     * Waits a few seconds for something to show.
     *
     * @param from number of the first frame that is asked for; those before it are forgotten
     */
    TerminalFrames readTerminal(String session, long from);

    /** Ends a terminal; returns whether there was one. */
    boolean closeTerminal(String session);
}
