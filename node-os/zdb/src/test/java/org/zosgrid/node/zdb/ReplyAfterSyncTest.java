package org.zosgrid.node.zdb;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.zosgrid.zdb.client.RespWriter;
import org.zosgrid.zdb.client.ZdbClient;

/** That a write is answered when a sync has reached it, whichever thread syncs and whatever its client says meanwhile. */
class ReplyAfterSyncTest {
    /** More than the event loop syncs itself. */
    private static final int LARGE = 300 << 10;

    @TempDir
    Path data;

    private final GatedDisk disk = new GatedDisk();
    private ZdbServer server;

    @BeforeEach
    void start() {
        ZdbConfig.Listener plain = ZdbConfig.Listener.plain(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
        server = ZdbServer.start(new ZdbConfig(data, List.of(plain), Optional.empty()), disk);
    }

    @AfterEach
    void stop() {
        disk.open();
        server.close();
    }

    @Test
    void whatAClientSaysDuringASyncIsAnsweredAfterTheNextOne() throws Exception {
        try (Socket writer = connect(); ZdbClient other = ZdbClient.connect(server.addresses().getFirst())) {
            disk.close();
            set(writer, "a", LARGE);
            awaitSync();
            set(writer, "b", 1);
            other.ping(); // The loop goes on, and has seen by now that the writer said more.
            other.ping();
            disk.letOneThrough();
            assertThat(reply(writer)).isEqualTo("$1\r\na\r\n");
            awaitSync();
            assertThat(writer.getInputStream().available()).as("bytes of an answer to what is not on the disk").isZero();
            disk.letOneThrough();
            assertThat(reply(writer)).isEqualTo("$1\r\nb\r\n");
        }
    }

    @Test
    void aSmallWriteIsNotAnsweredBeforeItsSyncEither() throws Exception {
        try (Socket writer = connect()) {
            disk.close();
            set(writer, "a", 1);
            awaitSync();
            assertThat(writer.getInputStream().available()).isZero();
            disk.letOneThrough();
            assertThat(reply(writer)).isEqualTo("$1\r\na\r\n");
        }
    }

    private Socket connect() throws IOException {
        InetSocketAddress address = server.addresses().getFirst();
        Socket socket = new Socket(address.getAddress(), address.getPort());
        socket.setSoTimeout(20_000);
        return socket;
    }

    private static void set(Socket to, String key, int length) throws IOException {
        OutputStream out = to.getOutputStream();
        RespWriter writer = new RespWriter(out);
        writer.request(List.of("SET".getBytes(StandardCharsets.US_ASCII), key.getBytes(StandardCharsets.US_ASCII), new byte[length]));
        writer.flush();
    }

    private static String reply(Socket from) throws IOException {
        return new String(from.getInputStream().readNBytes(7), StandardCharsets.US_ASCII);
    }

    private void awaitSync() {
        long limit = System.nanoTime() + Duration.ofSeconds(20).toNanos();
        while (!disk.waitedFor()) {
            assertThat(System.nanoTime()).as("time to wait for a sync").isLessThan(limit);
            Thread.onSpinWait();
        }
    }
}
