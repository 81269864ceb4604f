package org.zosgrid.node.zdb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.zosgrid.zdb.client.Reply;
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

    /** One row for each documented reply; each begins on an empty store. */
    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
            PING                                        | +PONG
            SET k v                                     | $k
            SET k v; SET k v                            | nil
            SET k v; GET k                              | $v
            GET k                                       | nil
            SET k v; EXISTS k                           | :1
            EXISTS k                                    | :0
            SET k value; LENGTH k                       | :5
            SET k v; CHECK k                            | :1
            SET k v; DEL k                              | +OK
            DEL k                                       | -Key not found
            SET k v; DEL k; GET k                       | nil
            SET k v; DEL k; DEL k                       | -Key not found
            SET a 1; SET b 2; MGET a x b                | *[$1 nil $2]
            SET a 1; SET b 2; DEL a; DBSIZE             | :1
            SET '' v                                    | -Invalid argument, key needed
            SCAN                                        | -No more data
            SCAN x                                      | -Invalid key format
            HISTORY k                                   | -Key not found
            NSNEW n                                     | +OK
            NSNEW n; NSNEW n                            | -This namespace is not available
            NSNEW default                               | -This name is not allowed
            NSNEW n; SELECT n                           | +OK
            SELECT n                                    | -Namespace not found
            NSNEW n; NSSET n mode seq; SELECT n; SET x v| -Invalid key, only update authorized
            NSNEW n; NSSET n mode odd                   | -Invalid property value (expected: user, seq)
            NSNEW n; NSSET n colour red                 | -Invalid property
            NSNEW n; NSSET n maxsize 3; SELECT n; SET k four | -No space left on this namespace
            NSNEW n; NSSET n worm 1; SELECT n; SET k v; SET k w | -Namespace is protected by worm mode
            NSNEW n; NSSET n worm 1; SELECT n; SET k v; DEL k | -Cannot delete a key when namespace is in worm mode
            NSNEW n; SELECT n; SET k v; NSSET n mode seq| -Cannot change mode of used namespace
            NSDEL default                               | -Cannot remove default namespace
            NSDEL n                                     | -This namespace doesn't exists
            NSNEW n; SELECT n; NSDEL n                  | -Cannot remove namespace you're currently using.
            AUTH x                                      | -Authentication disabled
            WAIT SET 1                                  | -Invalid timeout
            WAIT SET 100                                | -Timeout
            WAIT COFFEE                                 | -Unknown command to watch
            GET                                         | -Unexpected arguments
            COFFEE                                      | -Command not supported
            """)
    void itAnswers(String commands, String expected) {
        try (ZdbClient client = client(0)) {
            Reply last = Reply.NIL;
            for (String command : commands.split(";")) {
                last = client.send(Arrays.stream(command.strip().split(" ")).map(word -> word.equals("''") ? "" : word).map(ZdbServerTest::bytes).toArray(byte[][]::new));
            }
            assertThat(shown(last)).isEqualTo(expected.strip());
        }
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
    void aTornEndIsCutOffAndDamageInTheMiddleIsNotHidden() throws IOException {
        Namespace namespace = server.store().createIfAbsent("n", Mode.SEQUENTIAL);
        for (int i = 0; i < 10; i++) {
            namespace.append(bytes("entry " + i));
        }
        server.close();
        Path file = data.resolve("n/d0");
        long whole;
        try (RandomAccessFile log = new RandomAccessFile(file.toFile(), "rw")) {
            whole = log.length();
            log.setLength(whole - 3);
        }
        start();
        assertThat(server.store().namespace("n").orElseThrow().size()).isEqualTo(9);
        assertThat(server.store().namespace("n").orElseThrow().repairedBytes()).isPositive();
        assertThat(server.store().namespace("n").orElseThrow().append(bytes("again"))).isEqualTo(9);
        server.close();
        try (RandomAccessFile log = new RandomAccessFile(file.toFile(), "rw")) {
            log.seek(60);
            int before = log.read();
            log.seek(60);
            log.write(before ^ 1);
        }
        assertThatThrownBy(this::start).isInstanceOf(ZdbException.Damaged.class).hasMessageContaining("is damaged at offset");
        try (RandomAccessFile log = new RandomAccessFile(file.toFile(), "rw")) {
            log.seek(60);
            int damaged = log.read();
            log.seek(60);
            log.write(damaged ^ 1);
        }
        start();
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
