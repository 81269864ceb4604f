package org.zosgrid.node.core0;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.zosgrid.node.api.Storage;
import org.zosgrid.node.zdb.Mode;
import org.zosgrid.node.zdb.NamespaceProperties;
import org.zosgrid.node.zdb.ZdbConfig;
import org.zosgrid.node.zdb.ZdbServer;
import org.zosgrid.zdb.client.Reply;
import org.zosgrid.zdb.client.ZdbClient;

/** What a node says of its room, of the store that it runs on. */
class StorageTest {
    private static final long RESERVED = 3 << 20;

    @TempDir
    Path data;

    @Test
    void whatIsReservedForANamespaceIsNotFree() {
        List<ZdbConfig.Listener> listeners = List.of(ZdbConfig.Listener.plain(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0)));
        ZdbConfig.Settings settings = new ZdbConfig.Settings(data, List.of(), 1 << 20, NamespaceProperties.of(Mode.USER), false, false, Optional.empty(), OptionalLong.empty(), Duration.ZERO, false, 64 << 20);
        try (ZdbServer server = ZdbServer.start(new ZdbConfig(data, listeners, Optional.empty(), settings)); ZdbClient client = ZdbClient.connect(server.addresses().getFirst())) {
            assertThat(say(client, "NSNEW shards")).isEqualTo(Reply.OK);
            Storage before = Operations.storage(server.store());
            assertThat(say(client, "NSSET shards reserve " + RESERVED)).isEqualTo(Reply.OK);
            Storage after = Operations.storage(server.store());
            assertThat(after.capacityBytes()).isEqualTo(before.capacityBytes()).isEqualTo(64 << 20);
            assertThat(before.freeBytes() - after.freeBytes()).isBetween(RESERVED - 4096, RESERVED); // What the namespace takes already is part of what is reserved.
            assertThat(say(client, "NSSET shards reserve " + (65L << 20))).isInstanceOf(Reply.Failure.class);
            assertThat(Operations.storage(server.store())).as("after a reservation that was refused").isEqualTo(after);
        }
    }

    private static Reply say(ZdbClient client, String words) {
        return client.send(Arrays.stream(words.split(" ")).map(each -> each.getBytes(US_ASCII)).toArray(byte[][]::new));
    }
}
