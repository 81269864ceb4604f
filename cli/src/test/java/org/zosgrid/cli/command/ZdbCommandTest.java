package org.zosgrid.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.File;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.jar.Attributes;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.zosgrid.node.zdb.ZdbConfig;
import org.zosgrid.node.zdb.ZdbServer;
import org.zosgrid.zdb.client.ZdbClient;

/** What people type and what they read, with a real store behind it: running in this process, or as folders for its program. */
class ZdbCommandTest {
    @TempDir
    Path directory = Path.of("");

    private final List<ZdbServer> servers = new ArrayList<>();
    private String installation = "";

    @BeforeEach
    void installation() throws IOException {
        installation = String.valueOf(System.getProperty("zos.install", ""));
        System.setProperty("zos.install", directory.toString());
        // The release holds jars; here, one that names what this test runs with.
        Path lib = directory.resolve("node-os/core0/target/release/lib");
        Files.createDirectories(lib);
        Manifest manifest = new Manifest();
        manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
        manifest.getMainAttributes().put(Attributes.Name.CLASS_PATH,
                Stream.of(System.getProperty("java.class.path").split(File.pathSeparator)).map(each -> Path.of(each).toUri().toString()).collect(Collectors.joining(" ")));
        new JarOutputStream(Files.newOutputStream(lib.resolve("path.jar")), manifest).close();
    }

    @AfterEach
    void stop() {
        servers.forEach(ZdbServer::close);
        if (installation.isEmpty()) {
            System.clearProperty("zos.install");
        } else {
            System.setProperty("zos.install", installation);
        }
    }

    private String serve(String name, Optional<String> admin) {
        InetSocketAddress any = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
        ZdbServer server = ZdbServer.start(new ZdbConfig(directory.resolve(name), List.of(ZdbConfig.Listener.plain(any)), admin));
        servers.add(server);
        return "127.0.0.1:" + server.addresses().getFirst().getPort();
    }

    private static void send(String address, String... commands) {
        try (ZdbClient client = ZdbClient.connect(new InetSocketAddress("127.0.0.1", Integer.parseInt(address.substring(address.indexOf(':') + 1))))) {
            for (String command : commands) {
                client.send(Arrays.stream(command.split(" ")).map(each -> each.getBytes(StandardCharsets.UTF_8)).toArray(byte[][]::new));
            }
        }
    }

    @Test
    void aRunningStoreTellsWhatItHasAndHad() {
        String address = serve("data", Optional.empty());
        send(address, "NSNEW users", "SELECT users", "SET alice one 100", "SET alice two 200", "SET bob three 300");
        Ran info = Ran.zos("zdb", "info", "--address", address);
        assertThat(info.exit()).isZero();
        assertThat(info.out()).contains("server_name", "users", "default");
        assertThat(Ran.zos("zdb", "info", "users", "--address", address, "--json").json().path("entries").asText()).isEqualTo("2");
        assertThat(Ran.zos("zdb", "scan", "users", "--address", address).out()).containsSubsequence("alice", "1970-01-01T00:03:20Z", "bob");
        assertThat(Ran.zos("zdb", "scan", "users", "--newest-first", "--limit", "1", "--address", address, "--json").json()).singleElement()
                .satisfies(each -> assertThat(each.path("key").asText()).isEqualTo("bob"));
        assertThat(Ran.zos("zdb", "history", "users", "alice", "--address", address).out()).containsSubsequence("two", "one");
        assertThat(Ran.zos("zdb", "history", "users", "0x616c696365", "--address", address, "--json").json()).hasSize(2);
        Ran absent = Ran.zos("zdb", "history", "users", "carol", "--address", address);
        assertThat(absent.exit()).isEqualTo(1);
        assertThat(absent.err()).contains("the store refused HISTORY: Key not found");
    }

    @Test
    void compactionIsFollowedToItsEnd() {
        String address = serve("data", Optional.empty());
        send(address, "SET k " + "v".repeat(5000), "SET k w");
        JsonNode compacted = Ran.zos("zdb", "compact", "default", "--retention", "1", "--address", address, "--json").json().path(0);
        assertThat(compacted.path("bytesAfter").asLong()).isLessThan(compacted.path("bytesBefore").asLong() - 4000);
        assertThat(Ran.zos("zdb", "compact", "default", "--retention", "some", "--address", address).err()).contains("the store refused NSSET: Invalid property value");
    }

    @Test
    void anAdministratorProvesThePasswordAndOthersAreRefused() throws IOException {
        String address = serve("data", Optional.of("secret"));
        Path right = directory.resolve("right");
        Path wrong = directory.resolve("wrong");
        Files.writeString(right, "secret\n");
        Files.writeString(wrong, "secrez\n");
        assertThat(Ran.zos("zdb", "compact", "default", "--address", address).err()).contains("Permission denied");
        assertThat(Ran.zos("zdb", "compact", "default", "--address", address, "--admin-file", wrong.toString()).err()).contains("the store refused AUTH: Access denied");
        assertThat(Ran.zos("zdb", "compact", "default", "--address", address, "--admin-file", right.toString()).exit()).isZero();
    }

    @Test
    void aStoreBecomesTheCopyOfAnotherAndIsPromoted() {
        String primary = serve("primary", Optional.empty());
        String secondary = serve("secondary", Optional.empty());
        send(primary, "SET k v");
        JsonNode followed = Ran.zos("zdb", "replicate", "start", primary, "--address", secondary, "--json").json();
        assertThat(followed.path("role").asText()).isEqualTo("secondary");
        assertThat(followed.path("lag_bytes").asText()).isEqualTo("0");
        assertThat(Ran.zos("zdb", "replicate", "status", "--address", primary, "--json").json().path("secondaries").asText()).isEqualTo("1");
        JsonNode promoted = Ran.zos("zdb", "replicate", "promote", "--address", secondary, "--json").json();
        assertThat(promoted.path("role").asText()).isEqualTo("primary");
        assertThat(promoted.path("epoch").asText()).isEqualTo("2");
        assertThat(Ran.zos("zdb", "replicate", "resync", "--address", secondary).err()).contains("the store refused RESYNC");
    }

    @Test
    void foldersAreVerifiedExportedAndImportedByTheStoresProgram() throws IOException {
        String address = serve("data", Optional.empty());
        send(address, "NSNEW n", "SELECT n", "SET k v", "SET l w");
        servers.removeLast().close();
        String data = directory.resolve("data").toString();
        String export = directory.resolve("n.zdb").toString();
        Ran verified = Ran.zos("zdb", "verify", "--data", data);
        assertThat(verified.err()).contains("Every entry read and verified");
        assertThat(verified.out()).contains("NAMESPACE", "Nothing is damaged.");
        assertThat(Ran.zos("zdb", "export", "--data", data, "--namespace", "n", "--to", export).out()).startsWith("wrote " + export + ": 2 records");
        assertThat(Ran.zos("zdb", "import", "--data", data, "--from", export, "--namespace", "m", "--json").json().path("written").asInt()).isEqualTo(2);
        assertThat(Ran.zos("zdb", "rebuild-index", "--data", data, "--json").json().path("good").asBoolean()).isTrue();
        Ran again = Ran.zos("zdb", "import", "--data", data, "--from", export);
        assertThat(again.exit()).isEqualTo(1);
        assertThat(again.err()).contains("zos: --namespace: n is there already; take another name, or --merge to add to it");
        byte[] log = Files.readAllBytes(directory.resolve("data/n/d0"));
        log[70] ^= 1;
        Files.write(directory.resolve("data/n/d0"), log);
        Ran damaged = Ran.zos("zdb", "verify", "--data", data);
        assertThat(damaged.exit()).isEqualTo(1);
        assertThat(damaged.out()).contains("n: d0 is damaged at offset");
    }

    @Test
    void serveHandsItsOptionsToTheProgramAsTheyAre() {
        assertThat(Ran.zos("zdb", "serve", "--version").exit()).isZero();
        assertThat(Ran.zos("zdb", "serve", "--colour", "red").exit()).isEqualTo(2);
        assertThat(Ran.zos("zdb", "serve", "--help").out()).contains("--synctime SECONDS", "--tls-port");
    }

    @ParameterizedTest
    @ValueSource(strings = {"serve", "info", "scan", "history", "compact", "verify", "rebuild-index", "import", "export", "replicate start", "replicate status", "replicate promote"})
    void everyCommandExplainsItselfWithAnExample(String command) {
        Ran help = Ran.zos(Stream.concat(Stream.of("zdb"), Stream.of((command + " --help").split(" "))).toArray(String[]::new));
        assertThat(help.exit()).isZero();
        assertThat(help.out()).contains("Example").contains("./zos zdb " + command);
    }

    @Test
    void whatIsWrongIsToldInOneLine() {
        assertThat(Ran.zos("zdb", "info", "--address", "nowhere").err()).contains("--address: must be HOST:PORT, such as 127.0.0.1:9900 (is: nowhere)");
        assertThat(Ran.zos("zdb", "info", "--address", "127.0.0.1:1", "--tls", "x").err()).contains("--tls, --peer: are given together or not at all");
        assertThat(Ran.zos("zdb", "scan", "n", "--limit", "0").err()).contains("--limit: must be at least 1 (is: 0)");
        assertThat(Ran.zos("zdb", "verify", "--data", directory.resolve("absent").toString()).err()).contains("--data: must be the folder of a store");
        assertThat(Ran.zos("zdb", "replicate", "start", "somewhere").err()).contains("must be the primary's host and port");
    }
}
