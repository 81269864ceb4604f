package org.zosgrid.connector.zdb;

import jakarta.resource.ResourceException;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;

/**
 * A store. What is written is on its disk when the method returns; there is no transaction that could take it back. Nodes' stores have logs, the ledger's has
 * keys.
 */
public interface ZdbConnection extends AutoCloseable {
    /** Appends a record; returns its sequence number, from 0. */
    long append(String namespace, byte[] record) throws ResourceException;

    /** Records from a sequence number on, at most {@code limit} (1 to 1,000); fewer at the end of the log. */
    List<byte[]> read(String namespace, long from, int limit) throws ResourceException;

    /** What stands under a key, at most 255 bytes in UTF-8; of several writes, the last. */
    Optional<byte[]> get(String namespace, String key) throws ResourceException;

    /** Writes under keys, in the order of the map; if it fails, any number of the first may have been written. May be repeated. */
    void set(String namespace, SequencedMap<String, byte[]> values) throws ResourceException;

    /** How many records there are. */
    long size(String namespace) throws ResourceException;

    /** Gives the connection back to the pool. */
    @Override
    void close();
}
