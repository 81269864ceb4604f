package org.zosgrid.workloads.view;

import java.util.List;

/**
 * What a terminal has to show, sealed by its node: nothing here can read it.
 *
 * @param frames in their order
 * @param ended whether these are the last
 */
public record TerminalView(List<byte[]> frames, boolean ended) {
    public TerminalView {
        frames = List.copyOf(frames);
    }
}
