package org.zosgrid.zdb.client;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A connection to a Zero-DB, one command at a time. Not safe for use by several threads. After an {@link ZdbException} that is not {@link
 * ZdbException#refused}, the connection is broken and must be closed.
 */
public final class ZdbClient implements AutoCloseable {
    private static final Duration LIMIT = Duration.ofSeconds(30);

    private final Socket socket;
    private final String name;
    private final RespReader in;
    private final RespWriter out;

    private ZdbClient(Socket socket) throws IOException {
        this.socket = socket;
        this.name = String.valueOf(socket.getRemoteSocketAddress());
        this.in = new RespReader(socket.getInputStream());
        this.out = new RespWriter(socket.getOutputStream());
    }

    /** Connects without encryption: for loopback. */
    public static ZdbClient connect(InetSocketAddress address) {
        try {
            Socket socket = new Socket();
            socket.connect(address, Math.toIntExact(LIMIT.toMillis()));
            socket.setTcpNoDelay(true);
            socket.setSoTimeout(Math.toIntExact(LIMIT.toMillis()));
            return new ZdbClient(socket);
        } catch (IOException absent) {
            throw new ZdbException("cannot reach the store at " + address + ": " + absent.getMessage(), false);
        }
    }

    /** Speaks over a socket that is already connected, a TLS socket for instance. */
    public static ZdbClient over(Socket connected) {
        try {
            return new ZdbClient(connected);
        } catch (IOException broken) {
            throw new ZdbException("the connection to the store broke: " + broken.getMessage(), false);
        }
    }

    /** Sends a command and returns whatever is answered, a refusal included. */
    public Reply send(byte[]... arguments) {
        String command = arguments.length == 0 ? "" : new String(arguments[0], StandardCharsets.US_ASCII);
        try {
            out.request(Arrays.asList(arguments));
            out.flush();
            return in.reply();
        } catch (IOException broken) {
            throw new ZdbException(name + " broke off during " + command + ": " + broken.getMessage(), false);
        }
    }

    /** What the store says unasked, after MIRROR; waits for it. */
    public Reply receive() {
        try {
            return in.reply();
        } catch (IOException broken) {
            throw new ZdbException(name + " broke off: " + broken.getMessage(), false);
        }
    }

    public void select(String namespace) {
        ok("SELECT", namespace.getBytes(StandardCharsets.UTF_8));
    }

    /** Selects a namespace that has a password. */
    public void select(String namespace, String password) {
        ok("SELECT", namespace.getBytes(StandardCharsets.UTF_8), password.getBytes(StandardCharsets.UTF_8));
    }

    /** Becomes an administrator. */
    public void authenticate(String password) {
        ok("AUTH", password.getBytes(StandardCharsets.UTF_8));
    }

    public void ping() {
        ok("PING");
    }

    /** Appends to a sequential namespace; returns the record's sequence number. */
    public long append(byte[] payload) {
        return sequence(expect(Reply.Bulk.class, "SET", command("SET", new byte[0], payload)).bytes());
    }

    /** Sets a key of a user-keyed namespace. */
    public void set(byte[] key, byte[] payload) {
        command("SET", key, payload);
    }

    /**
     * Sets keys of a user-keyed namespace, in order, without waiting for one answer before the next is sent.
     *
     * @throws ZdbException if one is refused or unanswered; others may have been set
     */
    public void set(List<Map.Entry<byte[], byte[]>> values) {
        Optional<String> refused = Optional.empty();
        try {
            for (Map.Entry<byte[], byte[]> each : values) {
                out.request(List.of("SET".getBytes(StandardCharsets.US_ASCII), each.getKey(), each.getValue()));
            }
            out.flush();
            for (int i = 0; i < values.size(); i++) {
                if (in.reply() instanceof Reply.Failure failure && refused.isEmpty()) {
                    refused = Optional.of(failure.text());
                }
            }
        } catch (IOException broken) {
            throw new ZdbException(name + " broke off during SET: " + broken.getMessage(), false);
        }
        refused.ifPresent(text -> {
            throw new ZdbException(name + " refused SET: " + text, true);
        });
    }

    public Optional<byte[]> get(byte[] key) {
        return command("GET", key) instanceof Reply.Bulk bulk ? Optional.of(bulk.bytes()) : Optional.empty();
    }

    /** Records of a sequential namespace from a sequence number on, at most {@code limit} (1 to 1,000), up to the first that is not there. */
    public List<byte[]> read(long from, int limit) {
        byte[][] keys = new byte[limit][];
        for (int i = 0; i < limit; i++) {
            keys[i] = key(from + i);
        }
        List<byte[]> records = new ArrayList<>();
        for (Reply item : expect(Reply.Array.class, "MGET", command("MGET", keys)).items()) {
            if (!(item instanceof Reply.Bulk bulk)) {
                break;
            }
            records.add(bulk.bytes());
        }
        return records;
    }

    /** Number of entries in the selected namespace. */
    public long size() {
        return expect(Reply.Number.class, "DBSIZE", command("DBSIZE")).value();
    }

    /** Waits until somebody appends to the selected namespace; false if nobody did in time. */
    public boolean awaitSet(Duration limit) {
        Reply reply = send("WAIT".getBytes(StandardCharsets.US_ASCII), "SET".getBytes(StandardCharsets.US_ASCII),
                Long.toString(limit.toMillis()).getBytes(StandardCharsets.US_ASCII));
        return reply instanceof Reply.Simple;
    }

    /** The 8-byte little-endian key of a sequence number. */
    public static byte[] key(long sequence) {
        return ByteBuffer.allocate(8).order(ByteOrder.LITTLE_ENDIAN).putLong(sequence).array();
    }

    /** The sequence number of an 8-byte key. */
    public static long sequence(byte[] key) {
        if (key.length != 8) {
            throw new IllegalArgumentException("a sequential key has 8 bytes (is: " + key.length + ")");
        }
        return ByteBuffer.wrap(key).order(ByteOrder.LITTLE_ENDIAN).getLong();
    }

    private void ok(String command, byte[]... arguments) {
        command(command, arguments);
    }

    private Reply command(String command, byte[]... arguments) {
        byte[][] whole = new byte[arguments.length + 1][];
        whole[0] = command.getBytes(StandardCharsets.US_ASCII);
        System.arraycopy(arguments, 0, whole, 1, arguments.length);
        Reply reply = send(whole);
        if (reply instanceof Reply.Failure failure) {
            throw new ZdbException(name + " refused " + command + ": " + failure.text(), true);
        }
        return reply;
    }

    private <T extends Reply> T expect(Class<T> type, String command, Reply reply) {
        if (!type.isInstance(reply)) {
            throw new ZdbException(name + " answered " + command + " with " + reply.getClass().getSimpleName() + " instead of " + type.getSimpleName(), false);
        }
        return type.cast(reply);
    }

    @Override
    public void close() {
        try {
            socket.close();
        } catch (IOException alreadyBroken) {
            // Nothing is lost: every command was answered before.
        }
    }
}
