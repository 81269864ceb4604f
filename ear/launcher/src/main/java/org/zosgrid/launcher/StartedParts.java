package org.zosgrid.launcher;

import java.util.ArrayDeque;
import java.util.Deque;

/** What a start has brought up so far, to be taken down in reverse order if the rest fails. */
final class StartedParts {
    interface Part extends AutoCloseable {
        @Override
        void close();
    }

    private final Deque<Part> parts = new ArrayDeque<>();

    <P extends Part> P add(P part) {
        parts.push(part);
        return part;
    }

    void stop() {
        while (!parts.isEmpty()) {
            parts.pop().close();
        }
    }
}
