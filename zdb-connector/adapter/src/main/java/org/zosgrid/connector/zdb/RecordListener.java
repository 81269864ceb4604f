package org.zosgrid.connector.zdb;

/**
 * Hears of every record that is appended to one namespace of every node, in each node's order. Implemented by a message-driven bean; activation
 * property {@code namespace} says which.
 *
 * <p>The listener keeps the place: what it has stored in the transaction of {@link #appended} is not delivered again, what it threw at is. Where several servers follow the same logs, each delivers
 * every record: the listener passes over what another server was quicker to bring.
 */
public interface RecordListener {
    /** The sequence number of the first record of a node's log that the listener has not stored yet. */
    long next(String node);

    /** A record, once for each sequence number; a transaction around it, if the method asks for one. */
    void appended(String node, long sequence, byte[] record);
}
