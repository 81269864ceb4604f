package org.zosgrid.node.zdb;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.zosgrid.zdb.client.RespReader;

/** Finds the arguments of one request in a buffer, without copying them. */
final class RequestParser {
    static final int INCOMPLETE = -1;
    static final int MALFORMED = -2;

    /** A request as a whole: one payload and the other arguments of a command. */
    static final int MAX_REQUEST = 16 << 20;

    final int[] at = new int[RespReader.MAX_ARGUMENTS];
    final int[] length = new int[RespReader.MAX_ARGUMENTS];
    int count;
    @Nullable String problem;

    private int position;

    /** Position behind the request that begins at {@code from}; {@link #INCOMPLETE}, or {@link #MALFORMED} with the reason in {@link #problem}. */
    int parse(ByteBuffer in, int from, int to) {
        if (from >= to) {
            return INCOMPLETE;
        }
        if (in.get(from) != '*') {
            return malformed("Malformed request, array expected");
        }
        position = from + 1;
        long items = number(in, to);
        if (items < 0) {
            return negative(items, "Missing arguments");
        }
        if (items == 0) {
            return malformed("Missing arguments");
        }
        if (items > RespReader.MAX_ARGUMENTS) {
            return malformed("Too many arguments");
        }
        count = (int) items;
        for (int i = 0; i < count; i++) {
            if (position >= to) {
                return INCOMPLETE;
            }
            if (in.get(position) != '$') {
                return malformed("Malformed query string");
            }
            position++;
            long bytes = number(in, to);
            if (bytes < 0) {
                return negative(bytes, "Malformed query string");
            }
            if (bytes > RespReader.MAX_BULK || position - from + bytes > MAX_REQUEST) {
                return malformed("Payload too big");
            }
            at[i] = position;
            length[i] = (int) bytes;
            if (to - position < bytes + 2) {
                return INCOMPLETE;
            }
            position += (int) bytes;
            if (in.get(position) != '\r' || in.get(position + 1) != '\n') {
                return malformed("Malformed query string");
            }
            position += 2;
        }
        return position;
    }

    private int negative(long code, String meaning) {
        return code == INCOMPLETE ? INCOMPLETE : malformed(meaning);
    }

    private int malformed(String why) {
        problem = why;
        return MALFORMED;
    }

    /** A decimal number up to the line's end; negative if it is not complete or none. */
    private long number(ByteBuffer in, int to) {
        long value = 0;
        int digits = 0;
        while (position < to) {
            byte next = in.get(position);
            if (next >= '0' && next <= '9' && digits < 10) {
                value = value * 10 + next - '0';
                digits++;
                position++;
            } else if (next == '\r' && digits > 0) {
                if (position + 1 >= to) {
                    return INCOMPLETE;
                }
                if (in.get(position + 1) != '\n') {
                    return MALFORMED;
                }
                position += 2;
                return value;
            } else {
                return MALFORMED;
            }
        }
        return INCOMPLETE;
    }

    /** The arguments as arrays of their own. */
    List<byte[]> copied(ByteBuffer in) {
        List<byte[]> arguments = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            byte[] bytes = new byte[length[i]];
            in.get(at[i], bytes);
            arguments.add(bytes);
        }
        return arguments;
    }

    /** The first argument, in capital letters, as a number, if it has at most eight letters; otherwise 0. */
    long command(ByteBuffer in) {
        if (length[0] > 8) {
            return 0;
        }
        long word = 0;
        for (int i = 0; i < length[0]; i++) {
            word = word << 8 | in.get(at[0] + i) & 0xdf;
        }
        return word;
    }

    static long word(String command) {
        long word = 0;
        for (int i = 0; i < command.length(); i++) {
            word = word << 8 | command.charAt(i);
        }
        return word;
    }
}
