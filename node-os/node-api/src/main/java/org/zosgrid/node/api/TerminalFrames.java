package org.zosgrid.node.api;

import java.util.List;

/**
 * What a terminal has to show, sealed for the person who opened it.
 *
 * @param frames in their order, those that were asked for first
 * @param ended whether these are the last
 */
public record TerminalFrames(List<byte[]> frames, boolean ended) {
    public TerminalFrames {
        frames = List.copyOf(frames);
    }
}
