package org.zosgrid.node.zdb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.zosgrid.zdb.client.Reply;
import org.zosgrid.zdb.client.RespWriter;
import org.zosgrid.zdb.client.ZdbClient;

/** Over real sockets, with restarts and damage in between. */
class ZdbServerTest {
    private static final InetSocketAddress ANY = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);

    @TempDir
    Path data;

    private ZdbServer server;

    @BeforeEach
    void start() {
        server = ZdbServer.start(new ZdbConfig(data, List.of(
                ZdbConfig.Listener.plain(ANY),
                new ZdbConfig.Listener(ANY, ZdbConfig.Listener.plain(ANY).sockets(), new AccessPolicy.Restricted(Set.of("contracts"), Set.of("receipts")))), Optional.empty()));
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void aSequenceCountsFromZeroAndSurvivesARestart() {
        server.store().createIfAbsent("log", Mode.SEQUENTIAL);
        try (ZdbClient client = client(0)) {
            client.select("log");
            for (int i = 0; i < 100; i++) {
                assertThat(client.append(bytes("entry " + i))).isEqualTo(i);
            }
        }
        server.close();
        start();
        try (ZdbClient client = client(0)) {
            client.select("log");
            assertThat(client.read(97, 10).stream().map(ZdbServerTest::text)).containsExactly("entry 97", "entry 98", "entry 99");
            assertThat(client.append(bytes("next"))).isEqualTo(100);
        }
    }

    @Test
    void everyVersionOfAKeyCanBeReadBack() {
        Namespace namespace = server.store().createIfAbsent("n", Mode.USER);
        for (String each : List.of("one", "two", "three")) {
            namespace.write(bytes("k"), bytes(each));
        }
        Namespace.Version three = namespace.history(bytes("k"), Optional.empty());
        Namespace.Version two = namespace.history(bytes("k"), three.previous());
        Namespace.Version one = namespace.history(bytes("k"), two.previous());
        assertThat(List.of(text(three.payload()), text(two.payload()), text(one.payload()))).containsExactly("three", "two", "one");
        assertThat(one.previous()).isEmpty();
        assertThatThrownBy(() -> namespace.history(bytes("other"), three.previous())).hasMessage("Invalid arguments (invalid key)");
    }

    @Test
    void aTornEndIsCutOffAndDamageInTheMiddleIsReportedAndBounded() throws IOException {
        Namespace namespace = server.store().createIfAbsent("n", Mode.SEQUENTIAL);
        for (int i = 0; i < 10; i++) {
            namespace.append(bytes("entry " + i));
        }
        server.close();
        Path file = data.resolve("n/d0");
        Files.delete(data.resolve("n/checkpoint")); // as after a crash
        try (RandomAccessFile log = new RandomAccessFile(file.toFile(), "rw")) {
            log.setLength(log.length() - 3);
        }
        start();
        namespace = server.store().namespace("n").orElseThrow();
        assertThat(namespace.size()).isEqualTo(9);
        assertThat(namespace.repairedBytes()).isPositive();
        assertThat(namespace.damages()).isEmpty();
        assertThat(namespace.append(bytes("again"))).isEqualTo(9);
        server.close();
        flip(file, 100); // in the payload of the second record
        start();
        Namespace checkpointed = server.store().namespace("n").orElseThrow();
        assertThatThrownBy(() -> checkpointed.read(0, 3)).isInstanceOf(ZdbException.Damaged.class);
        server.close();
        Files.delete(data.resolve("n/checkpoint"));
        start();
        Namespace rebuilt = server.store().namespace("n").orElseThrow();
        assertThat(rebuilt.damages()).singleElement().satisfies(damage -> assertThat(damage.bytes()).isEqualTo(EntryLayout.length(8, 7)));
        assertThat(rebuilt.size()).isEqualTo(9);
        assertThatThrownBy(() -> rebuilt.read(0, 3)).isInstanceOf(ZdbException.Damaged.class).hasMessageContaining("record 1 is lost");
        assertThat(rebuilt.read(2, 10)).hasSize(8);
        assertThat(rebuilt.scan(0, 100)).hasSize(9);
        try (ZdbClient client = client(0)) {
            client.select("n");
            assertThat(shown(client.send(bytes("GET"), ZdbClient.key(1)))).isEqualTo("-Internal Error");
        }
    }

    @Test
    void dataMissingFromAStoreThatWasClosedInOrderIsNoTornWrite() throws IOException {
        Namespace namespace = server.store().createIfAbsent("n", Mode.USER);
        namespace.write(bytes("a"), bytes("1"));
        namespace.write(bytes("b"), bytes("2"));
        server.close();
        try (RandomAccessFile log = new RandomAccessFile(data.resolve("n/d0").toFile(), "rw")) {
            log.setLength(log.length() - EntryLayout.length(1, 1));
        }
        start();
        assertThat(server.store().namespace("n").orElseThrow().damages()).containsExactly(new Damage(0, 32 + EntryLayout.length(1, 1), EntryLayout.length(1, 1)));
    }

    private static void flip(Path file, long at) throws IOException {
        try (RandomAccessFile log = new RandomAccessFile(file.toFile(), "rw")) {
            log.seek(at);
            int before = log.read();
            log.seek(at);
            log.write(before ^ 1);
        }
    }

    @Test
    void aKeyAndANamespaceCanBeReadAsTheyWereAndBroughtBack() {
        Namespace namespace = server.store().createIfAbsent("n", Mode.USER);
        namespace.write(bytes("a"), bytes("1"));
        namespace.write(bytes("b"), bytes("1"));
        Instant then = nextMilli();
        nextMilli();
        namespace.write(bytes("a"), bytes("2"));
        namespace.delete(bytes("b"));
        namespace.write(bytes("c"), bytes("2"));
        assertThat(namespace.get(bytes("a"), then)).hasValue(bytes("1"));
        assertThat(namespace.get(bytes("c"), then)).isEmpty();
        assertThat(namespace.rollback(bytes("a"), then)).isTrue();
        assertThat(namespace.get(bytes("a"))).hasValue(bytes("1"));
        assertThat(namespace.rollback(then)).isEqualTo(2);
        assertThat(namespace.get(bytes("b"))).hasValue(bytes("1"));
        assertThat(namespace.get(bytes("c"))).isEmpty();
        assertThat(namespace.rollback(then)).as("again").isZero();
        assertThat(namespace.size()).isEqualTo(2);
    }

    /** A moment that nothing which was written before has, as entries' times are told in milliseconds. */
    private static Instant nextMilli() {
        long before = System.currentTimeMillis();
        while (System.currentTimeMillis() == before) {
            Thread.onSpinWait();
        }
        return Instant.ofEpochMilli(before + 1);
    }

    @Test
    void aNamespaceOfManyKeysIsScannedBothWaysAndComesBackFromItsCheckpoint() {
        Namespace namespace = server.store().createIfAbsent("n", Mode.USER);
        namespace.update(namespace.properties().withDurability(Durability.SYSTEM, Duration.ofSeconds(1)));
        int keys = 100_000;
        for (int i = 0; i < keys; i++) {
            namespace.write(bytes("key " + i), bytes("value " + i));
        }
        assertThat(namespace.indexBytes()).isLessThan(40L * keys);
        server.close();
        start();
        Namespace again = server.store().namespace("n").orElseThrow();
        assertThat(again.size()).isEqualTo(keys);
        for (int i = 0; i < keys; i++) {
            assertThat(again.get(bytes("key " + i))).hasValue(bytes("value " + i));
        }
        again.write(bytes("key 5"), bytes("new"));
        for (String command : List.of("SCAN", "RSCAN")) {
            List<String> seen = new ArrayList<>();
            try (ZdbClient client = client(0)) {
                client.select("n");
                Reply reply = client.send(bytes(command));
                while (reply instanceof Reply.Array array) {
                    ((Reply.Array) array.items().get(1)).items().forEach(each -> seen.add(text(((Reply.Bulk) ((Reply.Array) each).items().getFirst()).bytes())));
                    reply = client.send(bytes(command), ((Reply.Bulk) array.items().getFirst()).bytes());
                }
                assertThat(shown(reply)).isEqualTo("-No more data");
            }
            assertThat(seen).hasSize(keys).doesNotHaveDuplicates();
            assertThat(command.equals("SCAN") ? seen.getLast() : seen.getFirst()).isEqualTo("key 5");
            assertThat(command.equals("SCAN") ? seen.getFirst() : seen.getLast()).isEqualTo("key 0");
        }
    }

    @Test
    void aClientWaitsForWhatAnotherDoesAndLosesANamespaceThatIsRemoved() throws Exception {
        try (ZdbClient waits = client(0); ZdbClient writes = client(0)) {
            writes.send(bytes("NSNEW"), bytes("n"));
            waits.select("n");
            writes.select("n");
            CompletableFuture<Reply> seen = CompletableFuture.supplyAsync(() -> waits.send(bytes("WAIT"), bytes("SET"), bytes("20000")));
            while (!seen.isDone()) {
                writes.set(bytes("k"), bytes(Long.toString(System.nanoTime())));
            }
            assertThat(shown(seen.get())).isEqualTo("+SET");
            writes.select("default");
            assertThat(shown(writes.send(bytes("NSDEL"), bytes("n")))).isEqualTo("+OK");
            assertThat(shown(waits.send(bytes("GET"), bytes("k")))).isEqualTo("-Your active namespace is not available anymore (probably removed).");
            assertThatThrownBy(waits::ping).hasMessageContaining("broke off");
        }
    }

    @Test
    void aChallengeIsGoodForOneAttempt() throws Exception {
        server.close();
        server = ZdbServer.start(new ZdbConfig(data, List.of(ZdbConfig.Listener.plain(ANY)), Optional.of("secret")));
        try (ZdbClient client = client(0)) {
            assertThat(shown(client.send(bytes("NSNEW"), bytes("n")))).isEqualTo("-Permission denied");
            assertThat(shown(client.send(bytes("AUTH"), bytes("wrong")))).isEqualTo("-Access denied");
            assertThat(shown(client.send(bytes("AUTH"), bytes("SECURE"), bytes("x")))).isEqualTo("-No CHALLENGE requested, secure authentication not available");
            String hash = answer(client, "secret");
            assertThat(shown(client.send(bytes("AUTH"), bytes("SECURE"), bytes(hash)))).isEqualTo("+OK");
            assertThat(shown(client.send(bytes("AUTH"), bytes("SECURE"), bytes(hash)))).startsWith("-No CHALLENGE");
            client.send(bytes("NSNEW"), bytes("n"));
            client.send(bytes("NSSET"), bytes("n"), bytes("password"), bytes("pass"));
        }
        server.close();
        server = ZdbServer.start(new ZdbConfig(data, List.of(ZdbConfig.Listener.plain(ANY)), Optional.of("secret")));
        assertThat(Files.readString(data.resolve("n/namespace.properties"))).doesNotContain("pass\n");
        try (ZdbClient client = client(0)) {
            assertThat(shown(client.send(bytes("SELECT"), bytes("n")))).as("public: read-only").isEqualTo("+OK");
            assertThat(shown(client.send(bytes("SET"), bytes("k"), bytes("v")))).isEqualTo("-Namespace is in read-only mode");
            assertThat(shown(client.send(bytes("SELECT"), bytes("n"), bytes("wrong")))).isEqualTo("-Access denied");
            assertThat(shown(client.send(bytes("SELECT"), bytes("n"), bytes("pass")))).isEqualTo("+OK");
            assertThat(shown(client.send(bytes("SET"), bytes("k"), bytes("v")))).isEqualTo("$k");
            String hash = answer(client, "pass");
            assertThat(shown(client.send(bytes("SELECT"), bytes("n"), bytes("SECURE"), bytes(hash)))).isEqualTo("+OK");
            assertThat(shown(client.send(bytes("SELECT"), bytes("n"), bytes("SECURE"), bytes(hash)))).startsWith("-No CHALLENGE");
        }
    }

    private static String answer(ZdbClient client, String password) throws Exception {
        String nonce = shown(client.send(bytes("AUTH"), bytes("SECURE"), bytes("CHALLENGE"))).substring(1);
        assertThat(nonce).matches("[0-9a-f]{16}");
        return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-1").digest(bytes(nonce + ":" + password)));
    }

    @Test
    void requestsArriveInPiecesOfAnySizeAndAreAnsweredInOrder() throws IOException {
        InetSocketAddress address = server.addresses().getFirst();
        Random random = new Random(7);
        ByteArrayOutputStream requests = new ByteArrayOutputStream();
        ByteArrayOutputStream replies = new ByteArrayOutputStream();
        RespWriter toServer = new RespWriter(requests);
        RespWriter expected = new RespWriter(replies);
        int[] sizes = {0, 1, 8_189, 8_190, 8_193, 70_000, 300_000, 8 << 20};
        for (int i = 0; i < 40; i++) {
            byte[] value = new byte[sizes[i % sizes.length]];
            random.nextBytes(value);
            byte[] key = bytes("key " + i);
            toServer.request(List.of(bytes("SET"), key, value));
            expected.reply(new Reply.Bulk(key));
            toServer.request(List.of(bytes("get"), key));
            expected.reply(new Reply.Bulk(value));
            toServer.request(List.of(bytes("DBSIZE")));
            expected.reply(new Reply.Number(i + 1));
            toServer.request(List.of(bytes("NSLIST")));
            expected.reply(new Reply.Array(List.of(Reply.text("default"))));
        }
        toServer.flush();
        expected.flush();
        byte[] all = requests.toByteArray();
        try (Socket socket = new Socket(address.getAddress(), address.getPort())) {
            socket.setSoTimeout(60_000);
            Thread sender = Thread.ofPlatform().start(() -> {
                try {
                    for (int at = 0; at < all.length; ) {
                        int length = Math.min(all.length - at, 1 + random.nextInt(random.nextBoolean() ? 50 : 200_000));
                        socket.getOutputStream().write(all, at, length);
                        at += length;
                    }
                } catch (IOException failed) {
                    throw new java.io.UncheckedIOException(failed);
                }
            });
            assertThat(socket.getInputStream().readNBytes(replies.size())).isEqualTo(replies.toByteArray());
            assertThat(sender.isAlive()).isFalse();
        }
    }

    @Test
    void whoeverHoldsTheControlPlaneMayAppendAndReadAndNothingElse() {
        server.store().createIfAbsent("contracts", Mode.SEQUENTIAL).append(bytes("first"));
        server.store().createIfAbsent("receipts", Mode.SEQUENTIAL).append(bytes("answer"));
        server.store().createIfAbsent("routes", Mode.USER);
        try (ZdbClient client = client(1)) {
            client.select("contracts");
            assertThat(client.append(bytes("second"))).isEqualTo(1);
            assertThat(text(client.read(0, 1).getFirst())).isEqualTo("first");
            for (String forbidden : List.of("DEL", "NSDEL contracts", "NSSET contracts worm 0", "NSNEW x", "FLUSH", "INFO", "NSLIST")) {
                assertThat(shown(client.send(Arrays.stream(forbidden.split(" ")).map(ZdbServerTest::bytes).toArray(byte[][]::new)))).as(forbidden).isEqualTo("-Permission denied");
            }
            assertThat(shown(client.send(bytes("SET"), ZdbClient.key(0), bytes("forged")))).isEqualTo("-Permission denied");
            client.select("receipts");
            assertThat(text(client.read(0, 1).getFirst())).isEqualTo("answer");
            assertThat(shown(client.send(bytes("SET"), new byte[0], bytes("forged")))).isEqualTo("-Permission denied");
            assertThat(shown(client.send(bytes("SELECT"), bytes("routes")))).isEqualTo("-Namespace not found");
        }
    }

    @Test
    void nonsenseEndsOneConnectionAndNothingElse() throws IOException {
        for (String nonsense : List.of("GET / HTTP/1.1\r\n\r\n", "*-1\r\n", "*99999\r\n", "*1\r\n$999999999\r\n", "*1\r\n:5\r\n", "*1\r\n$4\r\nPI")) {
            InetSocketAddress address = server.addresses().getFirst();
            try (Socket socket = new Socket(address.getAddress(), address.getPort())) {
                socket.setSoTimeout(5_000);
                socket.getOutputStream().write(nonsense.getBytes(StandardCharsets.US_ASCII));
                socket.shutdownOutput();
                assertThat(new String(socket.getInputStream().readAllBytes(), StandardCharsets.US_ASCII)).startsWith("-");
            }
        }
        try (ZdbClient client = client(0)) {
            client.ping();
        }
    }

    private ZdbClient client(int listener) {
        return ZdbClient.connect(server.addresses().get(listener));
    }

    private static String shown(Reply reply) {
        return switch (reply) {
            case Reply.Simple simple -> "+" + simple.text();
            case Reply.Failure failure -> "-" + failure.text();
            case Reply.Number number -> ":" + number.value();
            case Reply.Bulk bulk -> "$" + text(bulk.bytes());
            case Reply.Nil nil -> "nil";
            case Reply.Array array -> "*[" + array.items().stream().map(ZdbServerTest::shown).collect(Collectors.joining(" ")) + "]";
        };
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.UTF_8);
    }
}
