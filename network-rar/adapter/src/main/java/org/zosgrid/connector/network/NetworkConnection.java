package org.zosgrid.connector.network;

import jakarta.resource.ResourceException;
import java.util.List;

/**
 * What nodes answer. A node that says no throws a {@link NodeRefusedException}; one that does not answer, or is not in the inventory, a
 * {@link ResourceException}.
 */
public interface NetworkConnection extends AutoCloseable {
    /** Names of every node that the inventory knows, in its order. */
    List<String> nodes() throws ResourceException;

    NodeReport status(String node) throws ResourceException;

    /** Every route that contracts allow on a gateway node, open or not. */
    List<Route> routes(String node) throws ResourceException;

    /** Opens a route; the gateway does so only if a contract it has accepted names it. */
    Route expose(String node, String deployment, String route) throws ResourceException;

    /** Closes a route; closing one that is not open is fine. */
    void withdraw(String node, String deployment, String route) throws ResourceException;

    /** The end of what a machine wrote to its standard output and error. */
    String logs(String node, String deployment, String machine) throws ResourceException;

    /** What a machine has taken so far; a node on which it does not run refuses. */
    Usage usage(String node, String deployment, String machine) throws ResourceException;

    /**
     * Asks a node, as a witness, to sign a checkpoint of the ledger. A node that is no witness, or sees another history than it knows, refuses.
     *
     * @param checkpoint the note that the ledger signed
     * @param from size of the ledger that the node signed last, as far as is known; 0 if none
     * @param consistency that the ledger of that size is a prefix of the checkpoint's, hashes of 32 bytes; empty where there is nothing to prove
     */
    Cosignature cosign(String node, String checkpoint, long from, List<byte[]> consistency) throws ResourceException;

    /**
     * Asks a node for a terminal; both are signed envelopes that nobody in between can change.
     *
     * @param request as JSON
     * @return the node's answer as JSON
     */
    byte[] openTerminal(String node, byte[] request) throws ResourceException;

    /** Takes sealed frames to a terminal. */
    void typeInto(String node, String session, List<byte[]> frames) throws ResourceException;

    /** Waits a few seconds for what a terminal shows, from this frame on. */
    Shown readTerminal(String node, String session, long from) throws ResourceException;

    /** Ends a terminal; returns whether there was one. */
    boolean closeTerminal(String node, String session) throws ResourceException;

    /** Gives the connection back. */
    @Override
    void close();
}
