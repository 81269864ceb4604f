package org.zosgrid.node.linux;

import java.util.concurrent.atomic.AtomicBoolean;

/** An open file descriptor; closed once, however often {@link #close} is called. */
public final class FileDescriptor implements AutoCloseable {
    private final int number;
    private final AtomicBoolean open = new AtomicBoolean(true);

    FileDescriptor(int number) {
        this.number = number;
    }

    public int number() {
        return number;
    }

    @Override
    public void close() {
        if (open.compareAndSet(true, false)) {
            Linux.close(number);
        }
    }
}
