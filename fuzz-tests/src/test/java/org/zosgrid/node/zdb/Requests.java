package org.zosgrid.node.zdb;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;

/** A door to the event loop's parser, which is nobody else's business, for the fuzzer. */
public final class Requests {
    private Requests() {}

    /**
     * The first request's arguments; empty where bytes are missing yet.
     *
     * @throws IllegalArgumentException if it is malformed, with the parser's reason
     */
    public static Optional<List<byte[]>> first(byte[] bytes) {
        RequestParser parser = new RequestParser();
        ByteBuffer in = ByteBuffer.wrap(bytes);
        int end = parser.parse(in, 0, bytes.length);
        if (end == RequestParser.MALFORMED) {
            throw new IllegalArgumentException(String.valueOf(parser.problem));
        }
        return end == RequestParser.INCOMPLETE ? Optional.empty() : Optional.of(parser.copied(in));
    }
}
