package org.zosgrid.connector.zdb;

import jakarta.resource.ResourceException;
import java.util.List;

/** A node's store. What is appended is on the node's disk when the method returns; there is no transaction that could take it back. */
public interface ZdbConnection extends AutoCloseable {
    /** Appends a record; returns its sequence number, from 0. */
    long append(String namespace, byte[] record) throws ResourceException;

    /** Records from a sequence number on, at most {@code limit} (1 to 1,000); fewer at the end of the log. */
    List<byte[]> read(String namespace, long from, int limit) throws ResourceException;

    /** How many records there are. */
    long size(String namespace) throws ResourceException;

    /** Gives the connection back to the pool. */
    @Override
    void close();
}
