package org.zosgrid.node.zdb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.BufferedReader;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.zosgrid.contract.transport.ManagementAuthority;
import org.zosgrid.zdb.client.Reply;
import org.zosgrid.zdb.client.ZdbClient;

/** The store as a process of its own, as an operator runs it. */
class StandaloneTest {
    private static final Pattern READY = Pattern.compile("ready \\[/127.0.0.1:([0-9]+)].*");

    private static final Pattern READY_TLS = Pattern.compile("ready \\[/127.0.0.1:([0-9]+), /127.0.0.1:([0-9]+)].*");

    @TempDir
    Path directory;

    private final List<ProcessHandle> started = new ArrayList<>();

    @AfterEach
    void end() {
        started.forEach(ProcessHandle::destroyForcibly);
    }

    @Test
    void theHookHearsOfEverythingAndTheStoreWaitsForItWhereItMust() throws Exception {
        Path said = directory.resolve("said");
        Process store = start("--hook", hook("echo \"$@\" >> " + said).toString());
        try (ZdbClient client = ZdbClient.connect(address(store))) {
            for (String command : List.of("NSNEW n", "NSSET n worm 1", "NSSET n worm 0", "SELECT n", "SET k v", "NSJUMP", "RELOAD n", "SELECT default", "NSDEL n", "NSNEW kept")) {
                assertThat(send(client, command)).as(command).isNotInstanceOf(Reply.Failure.class);
            }
            await(said, "namespace-deleted", "namespace-reloaded", "namespace-updated", "jump-data");
            Reply.Array hooks = (Reply.Array) send(client, "HOOKS");
            assertThat(hooks.items()).hasSizeGreaterThan(5).allSatisfy(each -> assertThat(((Reply.Array) each).items()).hasSize(6));
        }
        store.destroy();
        assertThat(store.waitFor(30, TimeUnit.SECONDS)).isTrue();
        String id = Long.toString(store.pid());
        Path data = directory.resolve("data");
        assertThat(Files.readAllLines(said)).startsWith("namespaces-init " + id + " " + data + " " + data, "ready " + id)
                .contains("namespace-created " + id + " n", "namespace-updated " + id + " n", "namespace-reloaded " + id + " n", "namespace-deleted " + id + " n",
                        "jump-data " + id + " " + data.resolve("n/d0") + " " + data.resolve("n/d1"), "namespace-closing " + id + " kept")
                .endsWith("close " + id);
    }

    @Test
    void aHookThatRefusesKeepsTheStoreFromStarting() throws Exception {
        for (String event : List.of("ready", "namespaces-init")) {
            Process store = process("--port", "0", "--hook", hook("[ \"$1\" != " + event + " ]").toString());
            assertThat(store.waitFor(30, TimeUnit.SECONDS)).isTrue();
            assertThat(store.exitValue()).as(event).isEqualTo(1);
            assertThat(new String(store.getErrorStream().readAllBytes(), StandardCharsets.UTF_8)).contains("the hook '" + event + "' ended with 1");
        }
    }

    @Test
    void aDataFileThatWasMovedAwayComesBackWhenItIsRead() throws Exception {
        Path away = directory.resolve("away");
        Files.createDirectory(away);
        Path d0 = directory.resolve("data/default/d0");
        Process store = start("--hook", hook("[ $1 != missing-data ] || mv " + away + "/d0 \"$3\"").toString());
        try (ZdbClient client = ZdbClient.connect(address(store))) {
            send(client, "SET k old");
            send(client, "NSJUMP");
            send(client, "SET l new");
            Files.move(d0, away.resolve("d0"));
            long limit = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
            while (isOpen(store, away.resolve("d0")) && System.nanoTime() < limit) {
                send(client, "WAIT GET 100");
            }
            assertThat(isOpen(store, away.resolve("d0"))).as("held open, so that its space is not free").isFalse();
            assertThat(ConformanceTest.shown(send(client, "GET l"))).isEqualTo("$new");
            assertThat(away.resolve("d0")).as("not asked for yet").exists();
            assertThat(ConformanceTest.shown(send(client, "GET k"))).isEqualTo("$old");
            assertThat(d0).exists();
        }
        store.destroy();
        assertThat(store.waitFor(30, TimeUnit.SECONDS)).isTrue();
        Files.move(d0, away.resolve("d0"));
        store = start("--hook", directory.resolve("hook").toString());
        try (ZdbClient client = ZdbClient.connect(address(store))) {
            assertThat(ConformanceTest.shown(send(client, "GET l"))).isEqualTo("$new");
            assertThat(away.resolve("d0")).as("not asked for by the start").exists();
            assertThat(ConformanceTest.shown(send(client, "GET k"))).isEqualTo("$old");
            assertThat(d0).exists();
        }
        store.destroyForcibly();
        assertThat(store.waitFor(30, TimeUnit.SECONDS)).isTrue();
        Files.move(d0, away.resolve("d0"));
        store = start("--hook", directory.resolve("hook").toString());
        try (ZdbClient client = ZdbClient.connect(address(store))) {
            assertThat(d0).as("an index that is lost is made of all files").exists();
            assertThat(ConformanceTest.shown(send(client, "GET k"))).isEqualTo("$old");
        }
    }

    private static boolean isOpen(Process store, Path file) throws IOException {
        try (var descriptors = Files.list(Path.of("/proc/" + store.pid() + "/fd"))) {
            for (Path each : descriptors.toList()) {
                if (Files.isSymbolicLink(each) && Files.readSymbolicLink(each).toString().startsWith(file.toString())) {
                    return true;
                }
            }
            return false;
        }
    }

    @Test
    void inTheBackgroundItAnswersAndWritesItsLog() throws Exception {
        Path log = directory.resolve("log");
        Process launcher = process("--port", "0", "--background", "--logfile", log.toString(), "--verbose");
        String line = launcher.inputReader().readLine();
        started.add(ProcessHandle.of(Long.parseLong(line.replaceAll(".*process ([0-9]+)\\)", "$1"))).orElseThrow());
        assertThat(launcher.waitFor(30, TimeUnit.SECONDS)).isTrue();
        assertThat(launcher.exitValue()).isZero();
        try (ZdbClient client = ZdbClient.connect(address(line))) {
            client.ping();
        }
        assertThat(Files.readString(log)).contains("ready ");
    }

    @Test
    void dumpPrintsTheIndexAndVersionTheVersion() throws Exception {
        Process store = start();
        try (ZdbClient client = ZdbClient.connect(address(store))) {
            send(client, "SET k value 5");
        }
        store.destroy();
        assertThat(store.waitFor(30, TimeUnit.SECONDS)).isTrue();
        assertThat(process("--dump").inputReader().lines().toList()).containsExactly("# default: 1 keys, 5 bytes", "6b d0 32 5 1970-01-01T00:00:05Z");
        assertThat(process("--version").inputReader().lines().toList()).containsExactly("zdb " + ZdbMain.VERSION);
        assertThat(process("--help").inputReader().lines().toList()).first().asString().startsWith("usage: zdb");
        assertThat(process("--colour").waitFor()).isEqualTo(2);
    }

    @Test
    void dataFilesAreRotatedWhenTheyAreOldAndNotEmpty() throws Exception {
        Process store = start("--rotate", "0.1", "--secure");
        Path files = directory.resolve("data/default");
        try (ZdbClient client = ZdbClient.connect(address(store))) {
            send(client, "SET k v");
            long limit = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
            while (!Files.exists(files.resolve("d1")) && System.nanoTime() < limit) {
                send(client, "WAIT GET 100");
            }
            send(client, "WAIT GET 300");
            assertThat(files.resolve("d1")).exists();
            assertThat(files.resolve("d2")).as("nothing was written since").doesNotExist();
        }
    }

    @Test
    void aSecondaryFollowsByTlsAndAPlainClientOfThatPortIsNotServed() throws Exception {
        ManagementAuthority authority = ManagementAuthority.create(directory.resolve("authority"));
        for (String name : List.of("primary", "secondary")) {
            authority.issue(name, List.of(InetAddress.getLoopbackAddress()), directory.resolve(name + "-tls"));
        }
        Process primary = start("--tls-port", "0", "--tls-identity", directory.resolve("primary-tls").toString(), "--admin", "secret");
        Matcher ready = READY_TLS.matcher(primary.inputReader().readLine());
        assertThat(ready.matches()).isTrue();
        Process secondary = start("--data", directory.resolve("copy").toString(), "--replicaof", "127.0.0.1:" + ready.group(2), "--tls-identity",
                directory.resolve("secondary-tls").toString(), "--primary-name", "primary", "--admin", "secret");
        try (ZdbClient writer = ZdbClient.connect(new InetSocketAddress("127.0.0.1", Integer.parseInt(ready.group(1))))) {
            send(writer, "SET k v");
            assertThat(ConformanceTest.shown(send(writer, "WAITSYNC 1 30000"))).isEqualTo(":1");
        }
        try (ZdbClient reader = ZdbClient.connect(address(secondary))) {
            assertThat(ConformanceTest.shown(send(reader, "GET k"))).isEqualTo("$v");
        }
        try (ZdbClient plain = ZdbClient.connect(new InetSocketAddress("127.0.0.1", Integer.parseInt(ready.group(2))))) {
            assertThatThrownBy(plain::ping).isInstanceOf(RuntimeException.class);
        }
    }

    @Test
    void aTlsPortWithoutAnIdentityIsRefusedByName() throws Exception {
        Process store = process("--tls-port", "0");
        assertThat(store.waitFor()).isEqualTo(2);
        assertThat(new String(store.getErrorStream().readAllBytes(), StandardCharsets.UTF_8)).contains("--tls-identity: is needed with --tls-port and with --primary-name");
    }

    private Path hook(String script) throws IOException {
        Path hook = directory.resolve("hook");
        Files.writeString(hook, "#!/bin/sh\n" + script + "\n");
        Files.setPosixFilePermissions(hook, PosixFilePermissions.fromString("rwx------"));
        return hook;
    }

    private Process start(String... options) throws IOException {
        List<String> all = new ArrayList<>(List.of("--port", "0"));
        all.addAll(Arrays.asList(options));
        return process(all.toArray(String[]::new));
    }

    private Process process(String... options) throws IOException {
        List<String> command = new ArrayList<>(List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "--enable-native-access=ALL-UNNAMED", "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC", "-cp", System.getProperty("java.class.path"), ZdbMain.class.getName(), "--data", directory.resolve("data").toString()));
        command.addAll(Arrays.asList(options));
        Process process = new ProcessBuilder(command).start();
        started.add(process.toHandle());
        return process;
    }

    private static InetSocketAddress address(Process store) throws IOException {
        BufferedReader says = store.inputReader();
        String line = says.readLine();
        assertThat(line).as("said by the store").isNotNull();
        return address(line);
    }

    private static InetSocketAddress address(String ready) {
        Matcher line = READY.matcher(ready);
        assertThat(line.matches()).as(ready).isTrue();
        return new InetSocketAddress("127.0.0.1", Integer.parseInt(line.group(1)));
    }

    private static Reply send(ZdbClient client, String command) {
        return client.send(Arrays.stream(command.split(" ")).map(each -> each.getBytes(StandardCharsets.UTF_8)).toArray(byte[][]::new));
    }

    private static void await(Path file, String... words) throws Exception {
        long limit = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
        while (!Arrays.stream(words).allMatch(read(file)::contains) && System.nanoTime() < limit) {
            TimeUnit.MILLISECONDS.sleep(20);
        }
    }

    private static String read(Path file) throws IOException {
        return Files.exists(file) ? Files.readString(file) : "";
    }
}
