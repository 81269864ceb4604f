package org.zosgrid.node.zdb;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.zosgrid.zdb.client.Reply;
import org.zosgrid.zdb.client.ZdbClient;

/** Two and three stores over real sockets, with interruptions of every kind in between. */
class ReplicationTest {
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    @TempDir
    Path home;

    private final Map<String, ZdbServer> servers = new HashMap<>();
    private final Map<String, Integer> ports = new HashMap<>();

    @BeforeEach
    void start() throws IOException {
        start("a");
        start("b");
    }

    @AfterEach
    void stop() {
        servers.values().forEach(ZdbServer::close);
    }

    @Test
    void everythingThatIsWrittenAndChangedArrives() {
        say("a", "NSNEW users", "NSSET users password secret", "NSSET users public 0", "NSNEW log", "NSSET log mode seq", "NSNEW gone");
        namespace("a", "users").write(bytes("k"), bytes("1"));
        follow("b", "a");
        namespace("a", "users").write(bytes("k"), bytes("2"));
        namespace("a", "users").write(bytes("deleted"), bytes("x"));
        namespace("a", "users").delete(bytes("deleted"));
        for (int i = 0; i < 100; i++) {
            namespace("a", "log").append(bytes("record " + i));
        }
        namespace("a", "log").delete(ZdbClient.key(7));
        say("a", "NSDEL gone", "NSNEW later", "NSSET later maxsize 1000", "NSSET users worm 1");
        namespace("a", "later").write(bytes("big"), new byte[900]);
        same("a", "b");
        assertThat(said("b", "SET k v")).isEqualTo("-This store is a secondary (read-only)");
        assertThat(said("b", "NSNEW n")).isEqualTo("-This store is a secondary (read-only)");
        assertThat(said("b", "NSSET users worm 0")).isEqualTo("-This store is a secondary (read-only)");
        assertThat(namespace("b", "users").history(bytes("k"), Optional.empty()).previous()).isPresent();
        say("a", "NSSET users worm 0", "SELECT users;FLUSH");
        namespace("a", "users").write(bytes("k"), bytes("anew"));
        same("a", "b");
        assertThat(namespace("b", "users").get(bytes("k"))).hasValue(bytes("anew"));
        try (ZdbClient client = client("b")) {
            String nonce = ((Reply.Simple) client.send(bytes("AUTH"), bytes("SECURE"), bytes("CHALLENGE"))).text();
            assertThat(shown(client.send(bytes("SELECT"), bytes("users"), bytes("SECURE"), bytes(sha1(nonce + ":secret"))))).as("proving the password without sending it").isEqualTo("+OK");
        }
    }

    @Test
    void aSecondaryGoesOnAfterRestartsOfEitherSideAndABrokenConnection() throws IOException {
        follow("b", "a");
        Namespace namespace = namespace("a", "default");
        for (int round = 0; round < 4; round++) {
            for (int i = 0; i < 50; i++) {
                namespace.write(bytes("key " + i), bytes("value " + round));
            }
            switch (round) {
                case 0 -> restart("b");
                case 1 -> restart("a");
                case 2 -> servers.get("b").replication().follower().orElseThrow().resync(Optional.of("no such namespace"));
                default -> { }
            }
            namespace = namespace("a", "default");
            same("a", "b");
        }
        assertThat(info("b", "primary_link")).isEqualTo("up");
        await("the lag is gone", () -> info("b", "lag_bytes").equals("0"));
    }

    @Test
    void aWriterCanWaitUntilACopyHasWhatItWrote() {
        say("a", "SET k v");
        assertThat(said("a", "WAITSYNC 1 50")).isEqualTo(":0");
        follow("b", "a");
        namespace("a", "default").write(bytes("k"), bytes("w"));
        assertThat(said("a", "WAITSYNC 1 30000")).isEqualTo(":1");
        assertThat(namespace("b", "default").get(bytes("k"))).hasValue(bytes("w"));
        say("a", "NSJUMP");
        assertThat(said("a", "WAITSYNC 1 30000")).isEqualTo(":1");
    }

    @Test
    void aPromotedSecondaryWritesAndTheOldPrimaryIsRefusedWhenItComesBack() throws IOException {
        follow("b", "a");
        namespace("a", "default").write(bytes("k"), bytes("from a"));
        same("a", "b");
        servers.remove("a").close();
        say("b", "REPLICAOF NO ONE", "SET k v");
        assertThat(info("b", "epoch")).isEqualTo("2");
        start("a");
        await("the old primary has been told", () -> info("a", "role").equals("superseded"));
        assertThat(said("a", "SET k x")).isEqualTo("-This store was superseded in epoch 2 (read-only)");
        restart("a");
        assertThat(said("a", "SET k x")).isEqualTo("-This store was superseded in epoch 2 (read-only)");
        start("c");
        follow("c", "a");
        await("nobody follows it", () -> info("c", "primary_problem").contains("superseded in epoch 2"));
        follow("a", "b");
        same("b", "a");
        assertThat(namespace("a", "default").get(bytes("k"))).hasValue(bytes("v"));
        restart("b");
        say("b", "SET k again");
        same("b", "a");
    }

    @Test
    void aLogThatDivergedIsToldSoAndBeginsAnewOnlyByOrder() throws IOException {
        say("a", "NSNEW n", "NSNEW untouched");
        follow("b", "a");
        namespace("a", "n").write(bytes("k"), bytes("shared"));
        namespace("a", "untouched").write(bytes("k"), bytes("shared"));
        same("a", "b");
        servers.remove("b").close();
        namespace("a", "n").write(bytes("k"), bytes("only a has it"));
        say("a", "NSNEW own");
        namespace("a", "own").write(bytes("k"), bytes("only a has it"));
        servers.remove("a").close();
        start("b");
        say("b", "REPLICAOF NO ONE");
        namespace("b", "n").write(bytes("k"), bytes("b goes on"));
        namespace("b", "untouched").write(bytes("k"), bytes("b goes on"));
        start("a");
        follow("a", "b");
        await("it is told so", () -> infos("a", "diverged").size() == 2);
        assertThat(infos("a", "diverged").toString()).contains("n: it has entries up to 0/", "own: the primary has no such namespace");
        await("the others follow", () -> namespace("a", "untouched").get(bytes("k")).filter(each -> text(each).equals("b goes on")).isPresent());
        assertThat(namespace("a", "n").get(bytes("k"))).hasValue(bytes("only a has it"));
        restart("a");
        await("also after a restart", () -> infos("a", "diverged").size() == 2 && info("a", "primary_link").equals("up"));
        say("a", "RESYNC n");
        await("by order", () -> namespace("a", "n").get(bytes("k")).filter(each -> text(each).equals("b goes on")).isPresent());
        assertThat(namespace("a", "own").get(bytes("k"))).hasValue(bytes("only a has it"));
        say("a", "RESYNC");
        same("b", "a");
        assertThat(infos("a", "diverged")).isEmpty();
    }

    @Test
    void aStoreWithDataOfItsOwnIsNotThrownAwayUnasked() {
        say("a", "SET k a");
        say("b", "SET k b");
        follow("b", "a");
        await("it says why", () -> info("b", "primary_problem").contains("has data of its own"));
        assertThat(namespace("b", "default").get(bytes("k"))).hasValue(bytes("b"));
        say("b", "RESYNC");
        same("a", "b");
        assertThat(info("b", "store_id")).isEqualTo(info("a", "store_id"));
    }

    @Test
    void deletionsReachASecondaryThatWasAwayWhileThePrimaryCompacted() throws IOException {
        say("a", "NSSET default retention 1", "NSNEW log", "NSSET log mode seq", "NSSET log retention 1");
        follow("b", "a");
        for (int i = 0; i < 100; i++) {
            namespace("a", "default").write(bytes("key " + i), bytes("value"));
            namespace("a", "log").append(bytes("record " + i));
        }
        same("a", "b");
        servers.remove("b").close();
        restart("a");
        for (int i = 0; i < 90; i++) {
            namespace("a", "default").delete(bytes("key " + i));
            namespace("a", "log").delete(ZdbClient.key(i));
        }
        for (int i = 0; i < 50; i++) {
            namespace("a", "default").write(bytes("often"), bytes("value " + i));
        }
        say("a", "COMPACT default WAIT", "COMPACT log WAIT");
        say("a", "SET last 1");
        start("b");
        same("a", "b");
        say("a", "COMPACT default WAIT", "COMPACT log WAIT");
        start("c");
        follow("c", "a");
        say("a", "SET last 2");
        same("a", "b");
        same("a", "c");
        say("c", "COMPACT default WAIT", "COMPACT log WAIT");
        same("a", "c");
        for (String each : List.of("b", "c")) {
            restart(each);
            assertThat(namespace(each, "default").damages()).isEmpty();
            assertThat(namespace(each, "log").get(ZdbClient.key(3))).isEmpty();
            same("a", each);
        }
    }

    @Test
    void aSecondaryThatWasForgottenAndMissedDeletionsIsToldSo() throws IOException {
        say("a", "NSSET default retention 1", "SET k v", "SET other v");
        follow("b", "a");
        same("a", "b");
        servers.remove("b").close();
        say("a", "DEL k");
        String copy = servers.get("a").replication().secondaries().all().keySet().iterator().next();
        say("a", "REPL FORGET " + copy, "COMPACT default WAIT", "SET more v");
        start("b");
        await("it is told so", () -> infos("b", "diverged").toString().contains("too far behind"));
        say("b", "RESYNC default");
        same("a", "b");
    }

    @Test
    void aSecondaryThatDoesNotAskHoldsNobodyUp() {
        try (ZdbClient silent = client("a")) {
            String copy = "11111111-2222-3333-4444-555555555555";
            assertThat(silent.send(bytes("REPL"), bytes("HELLO"), bytes(copy), bytes(copy), bytes("1"))).isInstanceOf(Reply.Array.class);
            String identity = namespace("a", "default").properties().identity().toString();
            assertThat(shown(silent.send(bytes("REPL"), bytes("FOLLOW"), bytes("default"), bytes(identity), bytes("32"), bytes("1"), bytes("0"), bytes("0")))).isEqualTo("+OK");
            namespace("a", "default").update(namespace("a", "default").properties().withDurability(Durability.SYSTEM, Duration.ofSeconds(1)));
            byte[] value = new byte[100_000];
            for (int i = 0; i < 500; i++) {
                value[0] = (byte) i;
                value[1] = (byte) (i >> 8);
                namespace("a", "default").write(bytes("k"), value);
            }
            assertThat(Long.parseLong(info("a", "secondary_" + copy).replaceAll(".*lag_bytes=([0-9]+).*", "$1"))).isGreaterThan(50_000_000);
        }
    }

    @Test
    void whateverHappensInBetweenTheCopyIsTheSameInTheEnd() throws IOException {
        Random random = new Random(42);
        say("a", "NSNEW n", "NSSET n retention 2", "NSNEW s", "NSSET s mode seq", "NSSET s retention 1");
        follow("b", "a");
        for (int round = 0; round < 25; round++) {
            for (int i = 0; i < 100; i++) {
                Namespace user = namespace("a", "n");
                Namespace sequence = namespace("a", "s");
                byte[] key = bytes("key " + random.nextInt(40));
                if (random.nextInt(3) > 0 || user.get(key).isEmpty()) {
                    user.write(key, new byte[random.nextInt(3_000)]);
                } else {
                    user.delete(key);
                }
                long number = sequence.nextNumber();
                if (random.nextInt(2) == 0) {
                    sequence.append(bytes("record " + round + "/" + i));
                } else if (number > 0 && sequence.get(ZdbClient.key(random.nextInt((int) number))).isPresent()) {
                    byte[] victim = ZdbClient.key(random.nextInt((int) number));
                    if (sequence.get(victim).isPresent()) {
                        sequence.delete(victim);
                    }
                }
            }
            switch (random.nextInt(8)) {
                case 0 -> restart("b");
                case 1 -> restart("a");
                case 2 -> say("a", "COMPACT n WAIT");
                case 3 -> say("a", "COMPACT s WAIT");
                case 4 -> say("b", "COMPACT n WAIT", "COMPACT s WAIT");
                case 5 -> servers.get("b").replication().follower().orElseThrow().resync(Optional.of("none"));
                case 6 -> {
                    if (random.nextInt(3) == 0) {
                        say("a", "NSDEL n", "NSNEW n", "NSSET n retention 2");
                    }
                }
                default -> same("a", "b");
            }
        }
        same("a", "b");
        restart("b");
        same("a", "b");
    }

    private void start(String name) throws IOException {
        if (!ports.containsKey(name)) {
            try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
                ports.put(name, free.getLocalPort());
            }
        }
        servers.put(name, ZdbServer.start(new ZdbConfig(home.resolve(name), List.of(ZdbConfig.Listener.plain(address(name))), Optional.empty(), new ZdbConfig.Settings(
                home.resolve(name), List.of(), 64 << 10, NamespaceProperties.of(Mode.USER), false, false, Optional.empty()))));
    }

    private void restart(String name) throws IOException {
        servers.remove(name).close();
        start(name);
    }

    private InetSocketAddress address(String name) {
        return new InetSocketAddress(InetAddress.getLoopbackAddress(), ports.get(name));
    }

    private void follow(String secondary, String primary) {
        assertThat(said(secondary, "REPLICAOF 127.0.0.1 " + ports.get(primary))).isEqualTo("+OK");
    }

    private Namespace namespace(String server, String name) {
        return servers.get(server).store().namespace(name).orElseThrow();
    }

    private ZdbClient client(String server) {
        return ZdbClient.connect(address(server));
    }

    private String said(String server, String commands) {
        try (ZdbClient client = client(server)) {
            Reply last = Reply.NIL;
            for (String command : commands.split(";")) {
                last = client.send(Arrays.stream(command.split(" ")).map(ReplicationTest::bytes).toArray(byte[][]::new));
            }
            return shown(last);
        }
    }

    private void say(String server, String... commands) {
        for (String each : commands) {
            if (each.equals("SELECT users;FLUSH")) {
                assertThat(said(server, "SELECT users secret;FLUSH")).isEqualTo("+OK");
            } else {
                assertThat(said(server, each)).as(each).doesNotStartWith("-");
            }
        }
    }

    private List<String> infos(String server, String name) {
        return said(server, "INFO").lines().filter(line -> line.startsWith(name + ": ")).map(line -> line.substring(name.length() + 2)).toList();
    }

    private String info(String server, String name) {
        return infos(server, name).stream().findFirst().orElse("");
    }

    private void same(String one, String other) {
        await(other + " has what " + one + " has", () -> dump(one).equals(dump(other)) && info(other, "primary_link").equals("up"));
        assertThat(infos(other, "diverged")).isEmpty();
    }

    private Map<String, List<String>> dump(String server) {
        Map<String, List<String>> all = new TreeMap<>();
        Store store = servers.get(server).store();
        for (String name : store.names()) {
            Namespace namespace = store.namespace(name).orElseThrow();
            NamespaceProperties properties = namespace.properties();
            List<String> entries = new ArrayList<>(List.of(properties.withSecret("").toString(), "next " + namespace.nextNumber(), "size " + namespace.size(), "bytes " + namespace.dataBytes()));
            for (Namespace.Scanned each : namespace.scan(0, Integer.MAX_VALUE)) {
                entries.add(Arrays.toString(each.key()) + " " + each.time() + " " + Arrays.hashCode(namespace.get(each.key()).orElse(new byte[0])));
            }
            all.put(name, entries);
        }
        return all;
    }

    private static void await(String what, BooleanSupplier condition) {
        Instant end = Instant.now().plus(PATIENCE);
        while (!met(condition)) {
            assertThat(Instant.now()).as(what).isBefore(end);
            java.util.concurrent.locks.LockSupport.parkNanos(2_000_000);
        }
    }

    private static boolean met(BooleanSupplier condition) {
        try {
            return condition.getAsBoolean();
        } catch (ZdbException.Refused goneMeanwhile) {
            return false;
        }
    }

    private static String sha1(String text) {
        try {
            return java.util.HexFormat.of().formatHex(java.security.MessageDigest.getInstance("SHA-1").digest(bytes(text)));
        } catch (java.security.NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private static String shown(Reply reply) {
        return switch (reply) {
            case Reply.Simple simple -> "+" + simple.text();
            case Reply.Failure failure -> "-" + failure.text();
            case Reply.Number number -> ":" + number.value();
            case Reply.Bulk bulk -> text(bulk.bytes());
            case Reply.Nil nil -> "nil";
            case Reply.Array array -> "*" + array.items().size();
        };
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.UTF_8);
    }
}
