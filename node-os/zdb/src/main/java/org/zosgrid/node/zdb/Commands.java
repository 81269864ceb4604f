package org.zosgrid.node.zdb;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import java.util.zip.CRC32;
import org.zosgrid.zdb.client.Reply;

/** The commands a store knows: each one's arguments, and what it answers. */
final class Commands {
    private static final Duration SCAN_SLICE = Duration.ofMillis(2);
    private static final long WAIT_DEFAULT = 5_000;
    private static final long WAIT_MIN = 100;
    private static final long WAIT_MAX = 1_800_000;
    private static final int CURSOR = 17;
    private static final int MAX_NAME = 128;
    private static final int MAX_ARGUMENT = 256;
    private static final int MAX_VALUE = 63;
    private static final int MAX_NAMESPACE_PASSWORD = 255;
    private static final int MAX_ADMIN_PASSWORD = 128;

    /** What a command does with its arguments. */
    private interface Action {
        Reply run(List<byte[]> arguments);
    }

    /** A command: how many arguments it takes, what too few of them are called, whether only administrators may use it, and what it does. */
    private record Command(int least, int most, String tooFew, boolean empty, boolean admin, Action action) {}

    private final ZdbServer server;
    private final Store store;
    private final Session session;
    private final ReplicationCommands replication;
    private final Map<String, Command> table = new HashMap<>();

    Commands(ZdbServer server, Session session) {
        this.server = server;
        this.store = server.store();
        this.session = session;
        this.replication = new ReplicationCommands(server);
        exactly("PING", 0, args -> new Reply.Simple("PONG"));
        exactly("TIME", 0, args -> time());
        table.put("SET", new Command(2, 3, "Missing arguments", true, false, this::set));
        table.put("SETX", new Command(2, 3, "Missing arguments", true, false, this::set));
        exactly("GET", 1, args -> bulk(session.namespace().get(args.getFirst())));
        table.put("MGET", new Command(1, 1023, "Invalid arguments", false, false, this::mget));
        between("DEL", 1, 2, this::delete);
        exactly("EXISTS", 1, args -> new Reply.Number(described(args).isPresent() ? 1 : 0));
        exactly("LENGTH", 1, args -> number(described(args).map(each -> (long) each.length())));
        exactly("KEYTIME", 1, args -> number(described(args).map(Namespace.Scanned::time)));
        exactly("CHECK", 1, args -> number(session.namespace().check(args.getFirst()).map(good -> good ? 1L : 0L)));
        exactly("KEYCUR", 1, this::cursorOf);
        between("SCAN", 0, 1, args -> scan(args, true));
        between("SCANX", 0, 1, args -> scan(args, true));
        between("RSCAN", 0, 1, args -> scan(args, false));
        exactly("KSCAN", 1, args -> new Reply.Failure("Command disabled in release code, not yet available"));
        between("HISTORY", 1, 2, this::history);
        exactly("GETAT", 2, args -> bulk(session.namespace().get(args.get(0), moment(args.get(1)))));
        exactly("ROLLBACK", 2, this::rollback);
        exactly("DBSIZE", 0, args -> new Reply.Number(session.namespace().size()));
        table.put("WAIT", new Command(1, 2, "Invalid arguments", false, false, this::await));
        exactly("FLUSH", 0, args -> clear());
        between("SELECT", 1, 3, this::select);
        between("AUTH", 1, 2, this::auth);
        exactly("INFO", 0, args -> new Description(server).ofServer());
        administrator("NSNEW", 1, this::create);
        administrator("NSDEL", 1, this::remove);
        exactly("NSLIST", 0, args -> new Reply.Array(store.names().stream().map(Reply::text).toList()));
        exactly("NSINFO", 1, args -> new Description(server).of(named(args.getFirst()), session));
        administrator("NSSET", 3, this::change);
        administrator("NSJUMP", 0, args -> jump());
        administrator("NSROLLBACK", 2, this::rollbackNamespace);
        table.put("COMPACT", new Command(1, 2, "Missing arguments", false, true, this::compact));
        exactly("WAITSYNC", 2, args -> replication.await(session.namespace(), args));
        administrator("REPLICAOF", 2, replication::replicaOf);
        table.put("RESYNC", new Command(0, 1, "", false, true, replication::resync));
        table.put("REPL", new Command(1, 7, "Missing arguments", false, true, replication::between));
        administrator("RELOAD", 1, this::reload);
        administrator("HOOKS", 0, args -> hooks());
        table.put("INDEX", new Command(1, 2, "Missing arguments", false, true, this::index));
        table.put("DATA", new Command(3, 3, "Missing arguments", false, true, this::data));
        administrator("STOP", 0, args -> new Reply.Failure("Unauthorized"));
        administrator("MIRROR", 0, args -> {
            session.mirror();
            return new Reply.Simple("Starting mirroring");
        });
        administrator("MASTER", 0, args -> {
            session.becomeMaster();
            return new Reply.Simple("Hello, master");
        });
        // Redis libraries ask for RESP3 first and take this for "then speak RESP2".
        table.put("HELLO", new Command(0, Integer.MAX_VALUE, "", true, false, args -> new Reply.Failure("NOPROTO unsupported protocol version")));
        table.put("*", new Command(0, Integer.MAX_VALUE, "", true, false, args -> new Reply.Failure("This is not a valid command")));
    }

    /** The client is gone. */
    void close() {
        replication.close();
    }

    private void exactly(String name, int count, Action action) {
        table.put(name, new Command(count, count, "Unexpected arguments", false, false, action));
    }

    private void between(String name, int least, int most, Action action) {
        table.put(name, new Command(least, most, "Missing arguments", false, false, action));
    }

    private void administrator(String name, int count, Action action) {
        table.put(name, new Command(count, count, "Unexpected arguments", false, true, action));
    }

    Reply run(String name, List<byte[]> arguments) {
        Command command = table.get(name);
        if (command == null) {
            return new Reply.Failure("Command not supported");
        }
        if (command.admin() && !session.admin()) {
            return new Reply.Failure("Permission denied");
        }
        if (arguments.size() < command.least()) {
            return new Reply.Failure(command.tooFew());
        }
        if (arguments.size() > command.most()) {
            return new Reply.Failure(name.equals("SELECT") ? "Too many arguments" : "Unexpected arguments");
        }
        if (!command.empty() && arguments.stream().anyMatch(each -> each.length == 0)) {
            return new Reply.Failure("Invalid argument");
        }
        return command.action().run(arguments);
    }

    private Reply set(List<byte[]> arguments) {
        session.mayWrite();
        long time = timestamp(arguments, 2);
        return session.namespace().write(arguments.get(0), arguments.get(1), time).<Reply>map(Reply.Bulk::new).orElse(Reply.NIL);
    }

    /** The time an administrator gives an entry, or now; milliseconds since 1970. */
    private long timestamp(List<byte[]> arguments, int place) {
        if (arguments.size() <= place) {
            return System.currentTimeMillis();
        }
        if (!session.admin()) {
            throw new ZdbException.Refused("Permission denied");
        }
        String given = text(arguments.get(place));
        if (!given.matches("[0-9]{1,11}")) {
            throw new ZdbException.Refused("Invalid argument");
        }
        return Long.parseLong(given) * 1000;
    }

    private Reply mget(List<byte[]> keys) {
        return new Reply.Array(keys.stream().map(key -> bulk(session.namespace().get(key))).toList());
    }

    private Reply delete(List<byte[]> arguments) {
        session.mayWrite();
        session.namespace().delete(arguments.getFirst(), timestamp(arguments, 1));
        return Reply.OK;
    }

    private Reply cursorOf(List<byte[]> arguments) {
        byte[] key = arguments.getFirst();
        long location = session.namespace().locate(key).orElseThrow(() -> new ZdbException.Refused("Key not found"));
        return new Reply.Bulk(cursor(key.length, location));
    }

    /** As the protocol packs it: length of the key, file, length, offset, checksum. Clients hand it back as it is. */
    private static byte[] cursor(int keyLength, long location) {
        ByteBuffer cursor = Namespace.wrap(new byte[CURSOR]);
        cursor.put(0, (byte) keyLength).putInt(1, Location.file(location)).putInt(9, Location.offset(location));
        CRC32 checksum = new CRC32();
        checksum.update(cursor.array(), 0, 13);
        return cursor.putInt(13, (int) checksum.getValue()).array();
    }

    private static long place(byte[] bytes) {
        ByteBuffer cursor = Namespace.wrap(bytes);
        CRC32 checksum = new CRC32();
        checksum.update(bytes, 0, Math.min(13, bytes.length));
        if (bytes.length != CURSOR || cursor.getInt(13) != (int) checksum.getValue()) {
            throw new ZdbException.Refused("Invalid key format");
        }
        return Location.of(cursor.getInt(1), cursor.getInt(9));
    }

    private Reply scan(List<byte[]> arguments, boolean forward) {
        long from = arguments.isEmpty() ? 0 : place(arguments.getFirst());
        Namespace.Slice slice = session.namespace().scan(from, forward, SCAN_SLICE).orElseThrow(() -> new ZdbException.Refused("No more data"));
        List<Reply> items = new ArrayList<>();
        for (Namespace.Scanned each : slice.entries()) {
            items.add(new Reply.Array(List.of(new Reply.Bulk(each.key()), new Reply.Number(each.length()), new Reply.Number(each.time()))));
        }
        return new Reply.Array(List.of(new Reply.Bulk(cursor(slice.entries().getLast().key().length, slice.last())), new Reply.Array(items)));
    }

    private Reply history(List<byte[]> arguments) {
        Namespace.Version version = session.namespace().history(arguments.get(0), arguments.size() == 2 ? Optional.of(arguments.get(1)) : Optional.empty());
        return new Reply.Array(List.of(
                bulk(version.previous()), Reply.text(Long.toString(version.time().getEpochSecond())), new Reply.Bulk(version.payload())));
    }

    /** Seconds since 1970, with milliseconds behind a point if wished. */
    private static Instant moment(byte[] given) {
        String text = text(given);
        if (!text.matches("[0-9]{1,11}(\\.[0-9]{1,3})?")) {
            throw new ZdbException.Refused("Invalid argument");
        }
        // A whole second means all of it.
        return text.contains(".") ? Instant.ofEpochMilli(new java.math.BigDecimal(text).movePointRight(3).longValueExact()) : Instant.ofEpochMilli(Long.parseLong(text) * 1000 + 999);
    }

    private Reply rollback(List<byte[]> arguments) {
        session.mayWrite();
        return new Reply.Number(session.namespace().rollback(arguments.get(0), moment(arguments.get(1))) ? 1 : 0);
    }

    private Reply rollbackNamespace(List<byte[]> arguments) {
        return new Reply.Number(named(arguments.get(0)).rollback(moment(arguments.get(1))));
    }

    private Reply await(List<byte[]> arguments) {
        String watched = subcommand(arguments.get(0)).toUpperCase(Locale.ROOT);
        if (!watched.equals("*") && !table.containsKey(watched)) {
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
        CompletableFuture<String> seen = new CompletableFuture<>();
        Namespace namespace = session.namespace();
        Consumer<String> listener = command -> {
            if (watched.equals("*") || watched.equals(command)) {
                seen.complete(command);
            }
        };
        namespace.listen(listener);
        try {
            return new Reply.Simple(seen.get(limit, TimeUnit.MILLISECONDS));
        } catch (TimeoutException late) {
            return new Reply.Failure("Timeout");
        } catch (ExecutionException impossible) {
            throw new IllegalStateException(impossible);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            return new Reply.Failure("Timeout");
        } finally {
            namespace.removeListener(listener);
        }
    }

    private Reply clear() {
        NamespaceProperties properties = session.namespace().properties();
        if (properties.open() || properties.password().isEmpty()) {
            return new Reply.Failure("Flushing public namespace denied");
        }
        session.mayWrite();
        store.clear(session.namespace());
        return Reply.OK;
    }

    private Reply select(List<byte[]> arguments) {
        String name = name(arguments.getFirst());
        if (arguments.size() == 3) {
            if (!text(arguments.get(1)).equalsIgnoreCase("SECURE")) {
                return new Reply.Failure("Only SECURE extra method supported");
            }
            session.selectSecurely(name, text(arguments.get(2)));
            return Reply.OK;
        }
        if (arguments.size() == 2 && arguments.get(1).length > MAX_NAMESPACE_PASSWORD) {
            return new Reply.Failure("Password too long");
        }
        session.select(name, arguments.size() == 2 ? Optional.of(text(arguments.get(1))) : Optional.empty());
        return Reply.OK;
    }

    private Reply auth(List<byte[]> arguments) {
        if (arguments.size() == 1) {
            if (arguments.getFirst().length > MAX_ADMIN_PASSWORD) {
                return new Reply.Failure("Password too long");
            }
            session.authenticate(text(arguments.getFirst()));
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

    private static String name(byte[] bytes) {
        if (bytes.length > MAX_NAME) {
            throw new ZdbException.Refused("Namespace too long");
        }
        return text(bytes);
    }

    private static String subcommand(byte[] bytes) {
        if (bytes.length > MAX_ARGUMENT) {
            throw new ZdbException.Refused("Argument too long");
        }
        return text(bytes);
    }

    private Namespace named(byte[] bytes) {
        return store.namespace(name(bytes)).orElseThrow(() -> new ZdbException.Refused("Namespace not found"));
    }

    private Reply create(List<byte[]> arguments) {
        store.create(name(arguments.getFirst()));
        server.hooks().tell("namespace-created", name(arguments.getFirst()));
        return Reply.OK;
    }

    private Reply remove(List<byte[]> arguments) {
        String name = name(arguments.getFirst());
        if (!name.equals(Store.DEFAULT) && session.namespace().name().equals(name)) {
            return new Reply.Failure("Cannot remove namespace you're currently using.");
        }
        store.delete(name);
        server.hooks().tell("namespace-deleted", name);
        return Reply.OK;
    }

    private Reply jump() {
        session.namespace().jump();
        return Reply.OK;
    }

    /** Answers at once, or when it is done with the bytes that were given back. */
    private Reply compact(List<byte[]> arguments) {
        Namespace namespace = named(arguments.getFirst());
        if (arguments.size() == 1) {
            return server.compactions().begin(namespace) ? Reply.OK : new Reply.Failure("Compaction is running already");
        }
        if (!text(arguments.get(1)).equalsIgnoreCase("WAIT")) {
            return new Reply.Failure("Invalid arguments");
        }
        Compaction.Result result = server.compactions().run(namespace);
        return new Reply.Number(result.before() - result.after());
    }

    private Reply reload(List<byte[]> arguments) {
        named(arguments.getFirst()).reload();
        server.hooks().tell("namespace-reloaded", name(arguments.getFirst()));
        return Reply.OK;
    }

    private Reply hooks() {
        return new Reply.Array(server.hooks().recent().stream().<Reply>map(run -> new Reply.Array(List.of(
                Reply.text(run.event()),
                new Reply.Array(run.arguments().stream().map(Reply::text).toList()),
                new Reply.Number(run.pid()),
                new Reply.Number(run.created().getEpochSecond()),
                new Reply.Number(run.finished().getEpochSecond()),
                new Reply.Number(run.status())))).toList());
    }

    /** No index file is ever rewritten here, so none is dirty. */
    private Reply index(List<byte[]> arguments) {
        if (!subcommand(arguments.getFirst()).equalsIgnoreCase("DIRTY")) {
            return new Reply.Failure("Invalid arguments");
        }
        if (arguments.size() == 1) {
            return new Reply.Array(List.of());
        }
        return text(arguments.get(1)).equalsIgnoreCase("RESET") ? Reply.OK : new Reply.Failure("Invalid arguments");
    }

    private Reply data(List<byte[]> arguments) {
        String file = text(arguments.get(1));
        String offset = text(arguments.get(2));
        if (!subcommand(arguments.getFirst()).equalsIgnoreCase("RAW") || !file.matches("[0-9]{1,9}") || !offset.matches("[0-9]{1,10}")) {
            return new Reply.Failure("Invalid Request");
        }
        Namespace namespace = session.namespace();
        long end = namespace.end();
        long location = Location.of(Integer.parseInt(file), (int) Math.min(Long.parseLong(offset), Integer.MAX_VALUE));
        if (location >= end) {
            return new Reply.Failure("EOF");
        }
        namespace.lock();
        try {
            DataLog log = namespace.log();
            if (!log.seek(location) || !log.whole()) {
                return new Reply.Failure("Invalid Request");
            }
            CRC32 checksum = new CRC32();
            byte[] payload = log.payload();
            checksum.update(payload);
            return new Reply.Array(List.of(
                    new Reply.Bulk(log.key()),
                    new Reply.Number(Integer.toUnsignedLong(Location.offset(log.previous()))),
                    Reply.text(String.format("0x%08x", checksum.getValue())),
                    new Reply.Number(log.deleted() ? 1 : 0),
                    new Reply.Number(log.time() / 1000),
                    log.deleted() ? Reply.NIL : new Reply.Bulk(payload)));
        } finally {
            namespace.unlock();
        }
    }

    private Reply change(List<byte[]> arguments) {
        if (arguments.get(1).length > MAX_ARGUMENT || arguments.get(2).length > MAX_VALUE) {
            return new Reply.Failure("Argument too long");
        }
        Namespace namespace = named(arguments.getFirst());
        store.update(namespace, new PropertyChange(server).of(namespace, text(arguments.get(1)).toLowerCase(Locale.ROOT), text(arguments.get(2))));
        server.hooks().tell("namespace-updated", namespace.name());
        return Reply.OK;
    }

    private Reply time() {
        Instant now = Instant.now();
        return new Reply.Array(List.of(Reply.text(Long.toString(now.getEpochSecond())), Reply.text(Long.toString(now.getNano() / 1000))));
    }

    private Optional<Namespace.Scanned> described(List<byte[]> arguments) {
        return session.namespace().describe(arguments.getFirst());
    }

    private static Reply bulk(Optional<byte[]> bytes) {
        return bytes.<Reply>map(Reply.Bulk::new).orElse(Reply.NIL);
    }

    private static Reply number(Optional<Long> value) {
        return value.<Reply>map(Reply.Number::new).orElse(Reply.NIL);
    }

    private static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.UTF_8);
    }
}
