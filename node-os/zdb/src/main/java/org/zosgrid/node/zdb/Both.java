package org.zosgrid.node.zdb;

import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;

/** Writes to two streams. The first may go away, as a terminal does. */
final class Both extends OutputStream {
    private final PrintStream first;
    private final OutputStream second;

    Both(PrintStream first, OutputStream second) {
        this.first = first;
        this.second = second;
    }

    @Override
    public void write(int oneByte) throws IOException {
        write(new byte[] {(byte) oneByte}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int from, int length) throws IOException {
        first.write(bytes, from, length); // A PrintStream, which keeps its troubles to itself.
        second.write(bytes, from, length);
    }

    @Override
    public void flush() throws IOException {
        first.flush();
        second.flush();
    }
}
