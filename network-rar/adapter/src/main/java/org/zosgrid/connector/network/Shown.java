package org.zosgrid.connector.network;

import java.util.List;

/**
 * What a terminal has to show, sealed by the node for the person who opened it.
 *
 * @param frames in their order
 * @param ended whether these are the last
 */
public record Shown(List<byte[]> frames, boolean ended) {
    public Shown {
        frames = List.copyOf(frames);
    }
}
