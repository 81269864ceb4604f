package org.zosgrid.zdb.client;

import java.util.List;

/** What a store answers. */
public sealed interface Reply {
    /** {@code +text}. */
    record Simple(String text) implements Reply {}

    /** {@code -text}: the command was refused. */
    record Failure(String text) implements Reply {}

    /** {@code :number}. */
    record Number(long value) implements Reply {}

    /** {@code $length bytes}. */
    record Bulk(byte[] bytes) implements Reply {}

    /** {@code $-1}: nothing there. */
    record Nil() implements Reply {}

    /** {@code *count replies}. */
    record Array(List<Reply> items) implements Reply {
        public Array {
            items = List.copyOf(items);
        }
    }

    Reply OK = new Simple("OK");
    Reply NIL = new Nil();

    static Reply text(String text) {
        return new Bulk(text.getBytes(java.nio.charset.StandardCharsets.UTF_8));
    }
}
