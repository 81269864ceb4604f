package org.zosgrid.ledgerstore;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.BufferedReader;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.zosgrid.zdb.client.ZdbClient;
import org.zosgrid.zdb.client.ZdbException;

/** The store as the process that it is. */
class LedgerStoreTest {
    @TempDir
    Path directory;

    private final List<Process> processes = new ArrayList<>();

    @AfterEach
    void end() throws Exception {
        for (Process each : processes) {
            each.destroyForcibly().waitFor();
        }
    }

    @Test
    void whatWasAnsweredSurvivesAKill() throws Exception {
        Process first = start();
        try (ZdbClient client = connected(port(first))) {
            client.set(List.of(Map.entry(bytes("tile/0/000"), bytes("one")), Map.entry(bytes("tile/entries/000"), bytes("two"))));
        }
        first.destroyForcibly().waitFor();
        try (ZdbClient client = connected(port(start()))) {
            assertThat(client.get(bytes("tile/0/000"))).contains(bytes("one"));
            assertThat(client.get(bytes("tile/entries/000"))).contains(bytes("two"));
        }
    }

    @Test
    void itEndsWithWhoStartedIt() throws Exception {
        Process process = start();
        port(process);
        process.getOutputStream().close();
        assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).isZero();
    }

    @Test
    void aSecondOneWaitsUntilTheFirstHasEnded() throws Exception {
        Process first = start();
        port(first);
        Process second = start();
        first.destroy();
        assertThat(port(second)).isPositive();
        assertThat(first.isAlive()).isFalse();
    }

    @Test
    void nobodyReadsOrWritesWithoutThePassword() throws Exception {
        try (ZdbClient stranger = ZdbClient.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port(start())))) {
            assertThatThrownBy(() -> stranger.select("ledger")).isInstanceOf(ZdbException.class).hasMessageContaining("protected");
            assertThatThrownBy(() -> stranger.select("ledger", "wrong")).isInstanceOf(ZdbException.class).hasMessageContaining("denied");
            assertThatThrownBy(() -> stranger.authenticate("secret")).isInstanceOf(ZdbException.class).hasMessageContaining("denied");
            stranger.select("ledger", "secret");
            assertThat(stranger.size()).isZero();
        }
    }

    private Process start() throws IOException {
        Path password = directory.resolve("password");
        Files.writeString(password, "secret\n");
        Process process = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "--enable-native-access=ALL-UNNAMED", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1",
                "-cp", System.getProperty("java.class.path"), LedgerStore.class.getName(), directory.resolve("store").toString(), password.toString(), "0")
                .redirectError(ProcessBuilder.Redirect.INHERIT).start();
        processes.add(process);
        return process;
    }

    private static int port(Process process) throws IOException {
        BufferedReader out = process.inputReader();
        String ready = String.valueOf(out.readLine());
        assertThat(ready).matches("ready [0-9]+");
        return Integer.parseInt(ready.substring("ready ".length()));
    }

    private static ZdbClient connected(int port) {
        ZdbClient client = ZdbClient.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
        client.select("ledger", "secret");
        return client;
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
