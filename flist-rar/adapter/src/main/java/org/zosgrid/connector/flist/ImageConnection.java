package org.zosgrid.connector.flist;

import jakarta.resource.ResourceException;
import java.util.List;

/** The image hub, which is believed nothing: what comes back was checked. Refusals are {@link ImageException}s. */
public interface ImageConnection extends AutoCloseable {
    /**
     * The content that a name stands for now: the image signer's threshold signed that, and the flist is there and has this fingerprint.
     *
     * @throws ImageException if the hub does not have it or the signature is not good
     * @throws ResourceException if the hub cannot be reached
     */
    Image resolve(String repository, String tag) throws ResourceException;

    /**
     * Checks a pinned image: as {@link #resolve}, but for the fingerprint that is given, whatever the name stands for now.
     *
     * @param fingerprint SHA-256 of the flist, in hex
     */
    Image verify(String repository, String tag, String fingerprint) throws ResourceException;

    /**
     * What a directory of a content holds, by name. The fingerprint alone decides what is shown: whether anybody signed it is for {@link #verify} to say.
     *
     * @param fingerprint SHA-256 of the flist, in hex
     * @param path parts separated by {@code /}; empty for the root
     * @throws ImageException if there is no such content, or no such directory in it
     */
    List<ImageFile> children(String fingerprint, String path) throws ResourceException;

    /** Every path that differs between two contents, in order, at most {@code limit}; as {@link #children}, signatures are not asked for. */
    List<ImageDifference> differences(String before, String after, int limit) throws ResourceException;

    /** Has a node load a pinned image into its cache. */
    void prefetch(String node, String reference) throws ResourceException;

    /** Gives the connection back. */
    @Override
    void close();
}
