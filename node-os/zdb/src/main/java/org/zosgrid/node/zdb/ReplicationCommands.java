package org.zosgrid.node.zdb;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.zosgrid.zdb.client.Reply;

/** The commands between copies of a store, and those of the people who run them, for one client. */
final class ReplicationCommands implements AutoCloseable {
    private static final long LONGEST = 1_800_000;

    private final ZdbServer server;
    private @Nullable Feed feed;

    ReplicationCommands(ZdbServer server) {
        this.server = server;
    }

    /** {@code REPLICAOF host port} or {@code REPLICAOF NO ONE}. */
    Reply replicaOf(List<byte[]> arguments) {
        String host = text(arguments.get(0));
        String port = text(arguments.get(1));
        if (host.equalsIgnoreCase("NO") && port.equalsIgnoreCase("ONE")) {
            server.replication().promote();
            return Reply.OK;
        }
        try {
            server.replication().follow(host + ":" + port);
        } catch (IllegalArgumentException wrong) {
            return new Reply.Failure("Invalid arguments");
        }
        return Reply.OK;
    }

    /** {@code RESYNC} or {@code RESYNC namespace}. */
    Reply resync(List<byte[]> arguments) {
        server.replication().resync(arguments.isEmpty() ? Optional.empty() : Optional.of(text(arguments.getFirst())));
        return Reply.OK;
    }

    /** {@code WAITSYNC copies milliseconds}: how many copies have what was written to the namespace, when enough have or the time is over. */
    Reply await(Namespace namespace, List<byte[]> arguments) {
        long copies = number(arguments.get(0), 1_000);
        long millis = number(arguments.get(1), LONGEST);
        return new Reply.Number(server.replication().await(namespace, copies, millis));
    }

    Reply between(List<byte[]> arguments) {
        List<byte[]> rest = arguments.subList(1, arguments.size());
        return switch (text(arguments.getFirst()).toUpperCase(Locale.ROOT) + " " + rest.size()) {
            case "HELLO 3" -> hello(text(rest.get(0)), uuid(rest.get(1)), (int) number(rest.get(2), Integer.MAX_VALUE));
            case "FENCE 2" -> fence(uuid(rest.get(0)), (int) number(rest.get(1), Integer.MAX_VALUE));
            case "FORGET 1" -> server.replication().secondaries().forget(text(rest.getFirst())) ? Reply.OK : new Reply.Failure("There is no such secondary");
            case "NAMESPACES 0" -> feed().namespaces(server.secret());
            case "FOLLOW 6" -> feed().follow(text(rest.get(0)), uuid(rest.get(1)), new LogPosition(number(rest.get(2), Long.MAX_VALUE),
                    (int) number(rest.get(3), Integer.MAX_VALUE), number(rest.get(4), Long.MAX_VALUE), (int) signed(rest.get(5))));
            case "NEXT 2" -> next(number(rest.get(0), Long.MAX_VALUE), number(rest.get(1), LONGEST));
            default -> new Reply.Failure("Invalid arguments");
        };
    }

    private Reply hello(String copy, UUID store, int heard) {
        server.replication().hear(store, heard);
        StoreState own = server.store().state();
        if (own.role() != StoreState.Role.PRIMARY) {
            return new Reply.Failure(own.role() == StoreState.Role.SECONDARY ? "This store is a secondary (read-only)" : "This store was superseded in epoch " + own.heard() + " (read-only)");
        }
        close();
        if (copy.equals(own.copy().toString())) {
            return new Reply.Failure("This store cannot follow itself");
        }
        feed = new Feed(server.store(), server.replication().secondaries(), uuid(copy.getBytes(StandardCharsets.UTF_8)).toString());
        return new Reply.Array(List.of(Reply.text(own.store().toString()), new Reply.Number(own.epoch())));
    }

    private Reply fence(UUID store, int epoch) {
        server.replication().hear(store, epoch);
        return Reply.OK;
    }

    private Reply next(long changes, long millis) {
        try {
            return feed().next(changes, millis);
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
            return new Reply.Failure("The store stops");
        }
    }

    private Feed feed() {
        Feed now = feed;
        if (now == null) {
            throw new ZdbException.Refused("REPL HELLO comes first");
        }
        return now;
    }

    private static UUID uuid(byte[] argument) {
        try {
            return UUID.fromString(text(argument));
        } catch (IllegalArgumentException wrong) {
            throw new ZdbException.Refused("Invalid arguments");
        }
    }

    private static long number(byte[] argument, long most) {
        long value = signed(argument);
        if (value < 0 || value > most) {
            throw new ZdbException.Refused("Invalid arguments");
        }
        return value;
    }

    private static long signed(byte[] argument) {
        String text = text(argument);
        if (!text.matches("-?[0-9]{1,18}")) {
            throw new ZdbException.Refused("Invalid arguments");
        }
        return Long.parseLong(text);
    }

    private static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.UTF_8);
    }

    /** The client is gone. */
    @Override
    public void close() {
        Feed now = feed;
        if (now != null) {
            now.close();
            feed = null;
        }
    }
}
