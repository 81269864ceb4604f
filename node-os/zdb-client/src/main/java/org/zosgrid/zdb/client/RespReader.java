package org.zosgrid.zdb.client;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Reads RESP2 from a stream, requests as a server and replies as a client. Bounds: {@value #MAX_ARGUMENTS} arguments, {@value #MAX_BULK} bytes each. */
public final class RespReader {
    public static final int MAX_ARGUMENTS = 1024;
    public static final int MAX_BULK = 8 << 20;

    private static final int MAX_LINE = 64 << 10;
    private static final int MAX_ITEMS = 1 << 20;
    private static final int MAX_DEPTH = 8;

    private final InputStream in;

    public RespReader(InputStream in) {
        this.in = new BufferedInputStream(in, 64 << 10);
    }

    /** Whether more of a pipeline has already arrived. */
    public boolean pending() throws IOException {
        return in.available() > 0;
    }

    /** The next request, or empty at a clean end of the stream. */
    public Optional<List<byte[]>> request() throws IOException {
        int first = in.read();
        if (first < 0) {
            return Optional.empty();
        }
        if (first != '*') {
            throw new ProtocolException("Malformed request, array expected");
        }
        long count = count();
        if (count < 1) {
            throw new ProtocolException("Missing arguments");
        }
        if (count > MAX_ARGUMENTS) {
            throw new ProtocolException("Too many arguments");
        }
        List<byte[]> arguments = new ArrayList<>((int) count);
        for (int i = 0; i < count; i++) {
            if (in.read() != '$') {
                throw new ProtocolException("Malformed query string");
            }
            arguments.add(bulk(count()));
        }
        return Optional.of(arguments);
    }

    /** The next reply. */
    public Reply reply() throws IOException {
        return reply(0);
    }

    private Reply reply(int depth) throws IOException {
        int type = in.read();
        switch (type) {
            case -1:
                throw new EOFException("the store closed the connection");
            case '+':
                return new Reply.Simple(line());
            case '-':
                return new Reply.Failure(line());
            case ':':
                return new Reply.Number(number());
            case '$':
                long length = number();
                return length == -1 ? Reply.NIL : new Reply.Bulk(bulk(length));
            case '*':
                return array(number(), depth);
            default:
                throw new ProtocolException("a reply cannot begin with byte " + type);
        }
    }

    private Reply array(long count, int depth) throws IOException {
        if (count == -1) {
            return Reply.NIL;
        }
        if (count < 0 || count > MAX_ITEMS || depth >= MAX_DEPTH) {
            throw new ProtocolException("an array of " + count + " items at depth " + depth + " is too large");
        }
        List<Reply> items = new ArrayList<>((int) Math.min(count, 1024));
        for (long i = 0; i < count; i++) {
            items.add(reply(depth + 1));
        }
        return new Reply.Array(items);
    }

    private byte[] bulk(long length) throws IOException {
        if (length < 0 || length > MAX_BULK) {
            throw new ProtocolException("Payload too big");
        }
        byte[] bytes = in.readNBytes((int) length);
        if (bytes.length < length || in.read() != '\r' || in.read() != '\n') {
            throw new ProtocolException("Malformed query string");
        }
        return bytes;
    }

    /** A number in a request: digits and nothing else, as the store itself reads them. */
    private long count() throws IOException {
        String line = line();
        if (!line.matches("[0-9]{1,10}")) {
            throw new ProtocolException("Malformed query string");
        }
        return Long.parseLong(line);
    }

    private long number() throws IOException {
        String line = line();
        if (!line.matches("-?[0-9]{1,18}")) {
            throw new ProtocolException("Malformed query string");
        }
        return Long.parseLong(line);
    }

    private String line() throws IOException {
        byte[] bytes = new byte[64];
        int length = 0;
        while (true) {
            int next = in.read();
            if (next < 0) {
                throw new EOFException("the connection ended in the middle of a line");
            }
            if (next == '\r') {
                if (in.read() != '\n') {
                    throw new ProtocolException("Malformed query string");
                }
                return new String(bytes, 0, length, StandardCharsets.UTF_8);
            }
            if (length == MAX_LINE) {
                throw new ProtocolException("a line must not be longer than " + MAX_LINE + " bytes");
            }
            if (length == bytes.length) {
                bytes = java.util.Arrays.copyOf(bytes, length * 2);
            }
            bytes[length++] = (byte) next;
        }
    }
}
