package org.zosgrid.node.zdb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.zosgrid.node.zdb.ConformanceTest.shown;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.zosgrid.contract.transport.ManagementAuthority;
import org.zosgrid.contract.transport.ManagementIdentity;
import org.zosgrid.contract.transport.ManagementTls;
import org.zosgrid.zdb.client.Reply;
import org.zosgrid.zdb.client.RespWriter;
import org.zosgrid.zdb.client.ZdbClient;

/** What the table of replies cannot show: bytes that are no request, limits, mirrors, TLS, and what is still so after a restart. */
class ProtocolTest {
    @TempDir
    Path data;

    private final List<AutoCloseable> open = new ArrayList<>();

    @AfterEach
    void close() throws Exception {
        for (AutoCloseable each : open.reversed()) {
            each.close();
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            GET / HTTP/1.1~~      | -Malformed request, array expected
            +PING~                | -Malformed request, array expected
            *0~                   | -Missing arguments
            *-1~                  | -Missing arguments
            *1025~                | -Too many arguments
            *99999999999~         | -Missing arguments
            *1~:5~                | -Malformed query string
            *1~+PING~             | -Malformed query string
            *1~$4~PI              | -Malformed query string
            *1~$4~PINGPONG        | -Malformed query string
            *1~$-1~               | -Malformed query string
            *2~$3~SET~$8388609~   | -Payload too big
            *1~$999999999~        | -Payload too big
            """)
    void bytesThatAreNoRequestEndTheConnectionWithAReason(String bytes, String told) throws IOException {
        InetSocketAddress address = start().addresses().getFirst();
        try (Socket socket = new Socket(address.getAddress(), address.getPort())) {
            socket.setSoTimeout(30_000);
            socket.getOutputStream().write(bytes.replace("~", "\r\n").getBytes(StandardCharsets.US_ASCII));
            socket.shutdownOutput();
            assertThat(new String(socket.getInputStream().readAllBytes(), StandardCharsets.US_ASCII)).isEqualTo(told + "\r\n");
        }
        client(address).ping();
    }

    @Test
    void aRequestMayHaveAThousandAndTwentyFourArguments() {
        ZdbClient client = client(start().addresses().getFirst());
        byte[][] request = Stream.concat(Stream.of("MGET"), Stream.iterate(0, i -> i + 1).limit(1023).map(i -> "key " + i)).map(ProtocolTest::bytes).toArray(byte[][]::new);
        send(client, "SET", "key 1022", "last");
        List<Reply> items = ((Reply.Array) client.send(request)).items();
        assertThat(items).hasSize(1023);
        assertThat(shown(items.getLast())).isEqualTo("$last");
    }

    @ParameterizedTest
    @ValueSource(ints = {8 << 20, 8192, 8193, 8190, 8189, 1, 0})
    void aPayloadOfAnySizeUpToEightMebibytesComesBackAsItWas(int size) {
        ZdbClient client = client(start().addresses().getFirst());
        byte[] payload = new byte[size];
        new java.util.Random(size).nextBytes(payload);
        assertThat(shown(client.send(bytes("SET"), bytes("k"), payload))).isEqualTo("$k");
        assertThat(client.get(bytes("k"))).hasValue(payload);
        assertThat(shown(send(client, "LENGTH", "k"))).isEqualTo(":" + size);
        assertThat(shown(send(client, "CHECK", "k"))).isEqualTo(":1");
    }

    /** The original reads 8,192 bytes at once; headers that end just there were its trouble. */
    @Test
    void aRequestMayBeCutAnywhere() throws IOException {
        InetSocketAddress address = start().addresses().getFirst();
        ByteArrayOutputStream request = new ByteArrayOutputStream();
        RespWriter writer = new RespWriter(request);
        writer.request(List.of(bytes("SET"), bytes("\r\n$3\r\n"), bytes("*1\r\n$4\r\nPING\r\n")));
        writer.request(List.of(bytes("GET"), bytes("\r\n$3\r\n")));
        writer.flush();
        byte[] all = request.toByteArray();
        byte[] expected = bytes("$6\r\n\r\n$3\r\n\r\n$14\r\n*1\r\n$4\r\nPING\r\n\r\n");
        for (int cut = 1; cut < all.length; cut++) {
            try (Socket socket = new Socket(address.getAddress(), address.getPort())) {
                socket.setTcpNoDelay(true);
                socket.setSoTimeout(30_000);
                OutputStream out = socket.getOutputStream();
                out.write(all, 0, cut);
                client(address).ping(); // The first part was read, or is about to be.
                out.write(all, cut, all.length - cut);
                byte[] answer = socket.getInputStream().readNBytes(cut == 1 ? expected.length : nilThen(expected).length);
                assertThat(answer).as("cut at " + cut).isEqualTo(cut == 1 ? expected : nilThen(expected));
            }
        }
    }

    /** The same payload again is not written again: the second SET is answered with nil. */
    private static byte[] nilThen(byte[] expected) {
        String text = new String(expected, StandardCharsets.US_ASCII);
        return bytes("$-1\r\n" + text.substring(text.indexOf("$14")));
    }

    @Test
    void aMirrorHearsOfEveryCommandThatWasRunWithSuccess() {
        ZdbServer server = start();
        ZdbClient follower = client(server.addresses().getFirst());
        ZdbClient writer = client(server.addresses().getFirst());
        assertThat(shown(send(follower, "MIRROR"))).isEqualTo("+Starting mirroring");
        send(writer, "SET", "k", "v");
        send(writer, "SET", "", "no key");
        send(writer, "GET", "k");
        send(writer, "NSNEW", "n");
        send(writer, "SELECT", "n");
        send(writer, "DEL", "k");
        send(writer, "SETX", "l", "w", "77");
        for (String told : List.of("$default :2 $SET $k $v", "$default :2 $GET $k", "$default :2 $NSNEW $n", "$default :2 $SELECT $n", "$n :2 $SETX $l $w $77")) {
            assertThat(shown(follower.receive())).matches("\\[:[0-9]{10} " + told.replace("$", "\\$") + "]");
        }
        assertThat(shown(send(writer, "GET", "l"))).isEqualTo("$w");
    }

    @Test
    void aMirrorOverTlsHearsTheSame() throws Exception {
        Path authority = data.resolve("authority");
        ManagementAuthority issuer = ManagementAuthority.create(authority);
        issuer.issue("store", List.of(InetAddress.getLoopbackAddress()), data.resolve("store"));
        issuer.issue("client", List.of(InetAddress.getLoopbackAddress()), data.resolve("client"));
        ZdbServer server = start("--tls-port", "0", "--tls-identity", data.resolve("store").toString());
        assertThat(server.addresses()).hasSize(2).allSatisfy(each -> assertThat(each.getAddress().isLoopbackAddress()).isTrue());
        SSLContext tls = ManagementTls.context(ManagementIdentity.read(data.resolve("client")));
        ZdbClient follower = ZdbClient.over(ManagementTls.connect(tls, server.addresses().get(1), "store", Duration.ofSeconds(30)));
        open.add(follower);
        assertThat(shown(send(follower, "SET", "k", "over TLS"))).isEqualTo("$k");
        ZdbClient plain = client(server.addresses().getFirst());
        assertThat(shown(send(plain, "GET", "k"))).isEqualTo("$over TLS");
        send(follower, "MIRROR");
        send(plain, "DEL", "k");
        assertThat(shown(follower.receive())).endsWith("$DEL $k]");
    }

    @Test
    void aUnixSocketStandsInsteadOfTcpOrBesideIt() throws Exception {
        Path path = Files.createTempDirectory("zdb").resolve("s"); // A socket's path is short.
        for (boolean both : List.of(false, true)) {
            ZdbServer server = both ? start("--socket", path.toString(), "--dualnet") : start("--socket", path.toString());
            assertThat(server.addresses()).hasSize(both ? 1 : 0);
            try (SocketChannel channel = SocketChannel.open(UnixDomainSocketAddress.of(path))) {
                channel.write(ByteBuffer.wrap(bytes("*1\r\n$4\r\nPING\r\n")));
                ByteBuffer answer = ByteBuffer.allocate(7);
                while (answer.hasRemaining() && channel.read(answer) >= 0) {
                    // Until all of it is there.
                }
                assertThat(new String(answer.array(), StandardCharsets.US_ASCII)).isEqualTo("+PONG\r\n");
            }
            close();
            open.clear();
            assertThat(path).doesNotExist();
        }
        Files.delete(path.getParent());
    }

    @Test
    void whatANamespaceWasToldIsStillSoAfterARestart() throws Exception {
        ZdbServer server = start("--admin", "secret");
        ZdbClient admin = client(server.addresses().getFirst());
        send(admin, "AUTH", "secret");
        for (String name : List.of("locked", "frozen", "closed")) {
            send(admin, "NSNEW", name);
        }
        for (String command : List.of("locked lock 1", "frozen freeze 1", "closed password pass", "closed public 0", "closed worm 1", "closed maxsize 10")) {
            assertThat(shown(send(admin, ("NSSET " + command).split(" ")))).isEqualTo("+OK");
        }
        close();
        open.clear();
        assertThat(Files.readString(data.resolve("closed/namespace.properties"))).as("passwords are kept hashed").doesNotContain("pass\n");
        server = start("--admin", "secret");
        ZdbClient client = client(server.addresses().getFirst());
        send(client, "SELECT", "locked");
        assertThat(shown(send(client, "SET", "k", "v"))).isEqualTo("-Namespace is temporarily locked (read-only)");
        send(client, "SELECT", "frozen");
        assertThat(shown(send(client, "GET", "k"))).isEqualTo("-Namespace is temporarily frozen (read-write disabled)");
        assertThat(shown(send(client, "SELECT", "closed"))).isEqualTo("-Namespace protected and private");
        assertThat(shown(send(client, "SELECT", "closed", "pass"))).isEqualTo("+OK");
        assertThat(shown(send(client, "SET", "k", "four"))).isEqualTo("$k");
        assertThat(shown(send(client, "SET", "k", "five"))).isEqualTo("-Namespace is protected by worm mode");
        assertThat(shown(send(client, "SET", "l", "seven.."))).isEqualTo("-No space left on this namespace");
    }

    @Test
    void theSamePasswordIsKeptDifferentlyEachTime() {
        assertThat(Password.hash("p")).isNotEqualTo(Password.hash("p"));
        assertThat(Password.matches("p", Password.hash("p"))).isTrue();
        assertThat(Password.matches("q", Password.hash("p"))).isFalse();
    }

    private ZdbServer start(String... options) {
        List<String> all = new ArrayList<>(List.of("--data", data.toString(), "--port", "0"));
        all.addAll(Arrays.asList(options));
        ZdbServer server = ZdbServer.start(Options.of(all.toArray(String[]::new)).config());
        open.add(server);
        return server;
    }

    private ZdbClient client(InetSocketAddress address) {
        ZdbClient client = ZdbClient.connect(address);
        open.add(client);
        return client;
    }

    private static Reply send(ZdbClient client, String... words) {
        return client.send(Arrays.stream(words).map(ProtocolTest::bytes).toArray(byte[][]::new));
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
