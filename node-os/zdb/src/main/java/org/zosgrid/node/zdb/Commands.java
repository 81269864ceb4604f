package org.zosgrid.node.zdb;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.zosgrid.zdb.client.Reply;

/** The commands a store knows: each one's arguments, and what it answers. */
final class Commands {
    private static final int SCAN_ITEMS = 500;
    private static final long WAIT_DEFAULT = 5_000;
    private static final long WAIT_MIN = 100;
    private static final long WAIT_MAX = 1_800_000;
    private static final Instant STARTED = Instant.now();

    /** What a command does with its arguments. */
    private interface Action {
        Reply run(List<byte[]> arguments);
    }

    /** A command: how many arguments it takes, whether only administrators may use it, and what it does. */
    private record Command(int least, int most, boolean admin, Action action) {}

    private final Store store;
    private final Session session;
    private final Map<String, Command> table;

    Commands(Store store, Session session) {
        this.store = store;
        this.session = session;
        this.table = Map.ofEntries(
                Map.entry("PING", new Command(0, 0, false, args -> new Reply.Simple("PONG"))),
                Map.entry("TIME", new Command(0, 0, false, args -> time())),
                Map.entry("SET", new Command(2, 2, false, this::set)),
                Map.entry("GET", new Command(1, 1, false, args -> bulk(session.namespace().get(args.getFirst())))),
                Map.entry("MGET", new Command(1, 1023, false, this::mget)),
                Map.entry("DEL", new Command(1, 1, false, this::delete)),
                Map.entry("EXISTS", new Command(1, 1, false, args -> new Reply.Number(described(args).isPresent() ? 1 : 0))),
                Map.entry("LENGTH", new Command(1, 1, false, args -> number(described(args).map(each -> (long) each.length())))),
                Map.entry("KEYTIME", new Command(1, 1, false, args -> number(described(args).map(Namespace.Scanned::time)))),
                Map.entry("CHECK", new Command(1, 1, false, this::check)),
                Map.entry("SCAN", new Command(0, 1, false, this::scan)),
                Map.entry("HISTORY", new Command(1, 2, false, this::history)),
                Map.entry("DBSIZE", new Command(0, 0, false, args -> new Reply.Number(session.namespace().size()))),
                Map.entry("WAIT", new Command(1, 2, false, this::await)),
                Map.entry("SELECT", new Command(1, 2, false, this::select)),
                Map.entry("AUTH", new Command(1, 2, false, this::auth)),
                Map.entry("INFO", new Command(0, 0, false, args -> info())),
                Map.entry("NSNEW", new Command(1, 1, true, this::create)),
                Map.entry("NSDEL", new Command(1, 1, true, this::remove)),
                Map.entry("NSLIST", new Command(0, 0, false, args -> new Reply.Array(store.names().stream().map(Reply::text).toList()))),
                Map.entry("NSINFO", new Command(1, 1, false, this::describeNamespace)),
                Map.entry("NSSET", new Command(3, 3, true, this::change)));
    }

    Reply run(String name, List<byte[]> arguments) {
        Command command = table.get(name);
        if (command == null) {
            return new Reply.Failure("Command not supported");
        }
        if (arguments.size() < command.least() || arguments.size() > command.most()) {
            return new Reply.Failure("Unexpected arguments");
        }
        if (command.admin() && !session.admin()) {
            return new Reply.Failure("Permission denied");
        }
        return command.action().run(arguments);
    }

    private Reply set(List<byte[]> arguments) {
        return session.namespace().write(arguments.get(0), arguments.get(1)).<Reply>map(Reply.Bulk::new).orElse(Reply.NIL);
    }

    private Reply mget(List<byte[]> keys) {
        return new Reply.Array(keys.stream().map(key -> bulk(session.namespace().get(key))).toList());
    }

    private Reply delete(List<byte[]> arguments) {
        session.namespace().delete(arguments.getFirst());
        return Reply.OK;
    }

    private Reply check(List<byte[]> arguments) {
        if (described(arguments).isEmpty()) {
            return Reply.NIL;
        }
        try {
            session.namespace().get(arguments.getFirst());
            return new Reply.Number(1);
        } catch (ZdbException.Damaged damaged) {
            return new Reply.Number(0);
        }
    }

    /** The cursor is opaque to clients: 17 bytes, of which eight count the places already seen. */
    private Reply scan(List<byte[]> arguments) {
        long skip = 0;
        if (!arguments.isEmpty()) {
            if (arguments.getFirst().length != 17) {
                return new Reply.Failure("Invalid key format");
            }
            skip = ByteBuffer.wrap(arguments.getFirst()).getLong(9);
        }
        Namespace namespace = session.namespace();
        if (skip < 0 || skip >= namespace.places()) {
            return new Reply.Failure("No more data");
        }
        List<Reply> items = new ArrayList<>();
        for (Namespace.Scanned each : namespace.scan(skip, SCAN_ITEMS)) {
            items.add(new Reply.Array(List.of(new Reply.Bulk(each.key()), new Reply.Number(each.length()), new Reply.Number(each.time()))));
        }
        byte[] next = ByteBuffer.allocate(17).putLong(9, Math.min(skip + SCAN_ITEMS, namespace.places())).array();
        return new Reply.Array(List.of(new Reply.Bulk(next), new Reply.Array(items)));
    }

    private Reply history(List<byte[]> arguments) {
        Namespace.Version version = session.namespace().history(arguments.get(0), arguments.size() == 2 ? Optional.of(arguments.get(1)) : Optional.empty());
        return new Reply.Array(List.of(
                bulk(version.previous()), Reply.text(Long.toString(version.time().getEpochSecond())), new Reply.Bulk(version.payload())));
    }

    private Reply await(List<byte[]> arguments) {
        String watched = text(arguments.get(0)).toUpperCase(Locale.ROOT);
        if (!watched.equals("*") && !watched.equals("SET") && !watched.equals("DEL")) {
            return new Reply.Failure("Unknown command to watch");
        }
        long limit = WAIT_DEFAULT;
        if (arguments.size() == 2) {
            String given = text(arguments.get(1));
            limit = given.matches("[0-9]{1,9}") ? Long.parseLong(given) : -1;
            if (limit < WAIT_MIN || limit > WAIT_MAX) {
                return new Reply.Failure("Invalid timeout");
            }
        }
        CountDownLatch changed = new CountDownLatch(1);
        Namespace namespace = session.namespace();
        Runnable listener = changed::countDown;
        namespace.onChange(listener);
        try {
            return changed.await(limit, TimeUnit.MILLISECONDS) ? new Reply.Simple(watched.equals("*") ? "SET" : watched) : new Reply.Failure("Timeout");
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            return new Reply.Failure("Timeout");
        } finally {
            namespace.removeListener(listener);
        }
    }

    private Reply select(List<byte[]> arguments) {
        session.select(text(arguments.get(0)), arguments.size() == 2 ? Optional.of(text(arguments.get(1))) : Optional.empty());
        return Reply.OK;
    }

    private Reply auth(List<byte[]> arguments) {
        if (arguments.size() == 1) {
            session.authenticate(text(arguments.get(0)));
            return Reply.OK;
        }
        if (!text(arguments.get(0)).equalsIgnoreCase("SECURE")) {
            return new Reply.Failure("Only SECURE extra method supported");
        }
        if (text(arguments.get(1)).equalsIgnoreCase("CHALLENGE")) {
            return new Reply.Simple(session.challenge());
        }
        session.authenticateSecurely(text(arguments.get(1)));
        return Reply.OK;
    }

    private Reply create(List<byte[]> arguments) {
        if (arguments.getFirst().length > 128) {
            return new Reply.Failure("Namespace too long");
        }
        store.create(text(arguments.getFirst()));
        return Reply.OK;
    }

    private Reply remove(List<byte[]> arguments) {
        String name = text(arguments.getFirst());
        if (!name.equals(Store.DEFAULT) && session.namespace().name().equals(name)) {
            return new Reply.Failure("Cannot remove namespace you're currently using.");
        }
        store.delete(name);
        return Reply.OK;
    }

    private Reply describeNamespace(List<byte[]> arguments) {
        Namespace namespace = store.namespace(text(arguments.getFirst())).orElseThrow(() -> new ZdbException.Refused("Namespace not found"));
        NamespaceProperties properties = namespace.properties();
        return Reply.text(String.join("\n",
                "# namespace",
                "name: " + namespace.name(),
                "entries: " + namespace.size(),
                "public: yes",
                "worm: " + yes(properties.worm()),
                "locked: no",
                "password: " + yes(!properties.password().isEmpty()),
                "data_size_bytes: " + namespace.dataBytes(),
                "data_limits_bytes: " + properties.maxSize(),
                "mode: " + (properties.mode() == Mode.SEQUENTIAL ? "sequential" : "userkey"),
                ""));
    }

    private Reply change(List<byte[]> arguments) {
        Namespace namespace = store.namespace(text(arguments.get(0))).orElseThrow(() -> new ZdbException.Refused("Namespace not found"));
        if (arguments.get(2).length > 63) {
            return new Reply.Failure("Argument too long");
        }
        String property = text(arguments.get(1)).toLowerCase(Locale.ROOT);
        String value = text(arguments.get(2));
        if (namespace.name().equals(Store.DEFAULT) && !property.equals("mode")) {
            return new Reply.Failure("Cannot update default namespace");
        }
        NamespaceProperties now = namespace.properties();
        NamespaceProperties changed;
        switch (property) {
            case "mode" -> changed = now.withMode(switch (value) {
                case "user" -> Mode.USER;
                case "seq" -> Mode.SEQUENTIAL;
                default -> throw new ZdbException.Refused("Invalid property value (expected: user, seq)");
            });
            case "maxsize" -> {
                if (!value.matches("[0-9]{1,18}")) {
                    return new Reply.Failure("Invalid property value");
                }
                changed = now.withMaxSize(Long.parseLong(value));
            }
            case "worm" -> changed = now.withWorm(value.equals("1"));
            case "password" -> changed = now.withPassword(value.equals("*") ? "" : Password.hash(value));
            default -> {
                return new Reply.Failure("Invalid property");
            }
        }
        namespace.update(changed);
        return Reply.OK;
    }

    private Reply info() {
        return Reply.text(String.join("\n",
                "# server",
                "server_name: 0-db (zosgrid)",
                "boot_time: " + STARTED.getEpochSecond(),
                "uptime: " + (Instant.now().getEpochSecond() - STARTED.getEpochSecond()),
                "sequential_key_size: 8",
                ""));
    }

    private Reply time() {
        Instant now = Instant.now();
        return new Reply.Array(List.of(Reply.text(Long.toString(now.getEpochSecond())), Reply.text(Long.toString(now.getNano() / 1000))));
    }

    private Optional<Namespace.Scanned> described(List<byte[]> arguments) {
        if (arguments.getFirst().length > 255) {
            throw new ZdbException.Refused("Invalid key");
        }
        return session.namespace().describe(arguments.getFirst());
    }

    private static Reply bulk(Optional<byte[]> bytes) {
        return bytes.<Reply>map(Reply.Bulk::new).orElse(Reply.NIL);
    }

    private static Reply number(Optional<Long> value) {
        return value.<Reply>map(Reply.Number::new).orElse(Reply.NIL);
    }

    private static String yes(boolean value) {
        return value ? "yes" : "no";
    }

    private static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.UTF_8);
    }
}
