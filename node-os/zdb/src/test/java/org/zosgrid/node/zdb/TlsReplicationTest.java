package org.zosgrid.node.zdb;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.zosgrid.contract.transport.ManagementAuthority;
import org.zosgrid.contract.transport.ManagementIdentity;
import org.zosgrid.contract.transport.ManagementTls;

/** A primary that speaks TLS 1.3 with X25519MLKEM768 only, and demands a certificate of whoever follows it. */
class TlsReplicationTest {
    private static final Duration LIMIT = Duration.ofSeconds(10);

    @TempDir
    Path home;

    @Test
    void aSecondaryWithACertificateFollowsAndOneWithoutDoesNot() throws Exception {
        ManagementAuthority authority = ManagementAuthority.create(home.resolve("authority"));
        SSLContext primaryTls = tls(authority, "primary", "tls-1");
        SSLContext secondaryTls = tls(authority, "secondary", "tls-2");
        SSLContext strangerTls = tls(ManagementAuthority.create(home.resolve("other")), "secondary", "tls-3");
        InetSocketAddress any = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
        ZdbConfig.Listener listener = new ZdbConfig.Listener(any, address -> ManagementTls.listen(primaryTls, address), new AccessPolicy.Full());
        try (ZdbServer primary = ZdbServer.start(new ZdbConfig(home.resolve("primary"), List.of(listener), Optional.of("secret")))) {
            Namespace log = primary.store().createIfAbsent("log", Mode.SEQUENTIAL);
            log.append(bytes("before"));
            InetSocketAddress bound = primary.addresses().getFirst();
            String address = "127.0.0.1:" + bound.getPort();
            try (ZdbServer secondary = secondary("secondary", address, where -> ManagementTls.connect(secondaryTls, where, "primary", LIMIT));
                    ZdbServer stranger = secondary("stranger", address, where -> ManagementTls.connect(strangerTls, where, "primary", LIMIT));
                    ZdbServer plain = secondary("plain", address, ZdbConfig.Connector.PLAIN)) {
                await("what was there before comes", () -> size(secondary) == 1);
                log.append(bytes("after"));
                await("and what is written after", () -> size(secondary) == 2);
                await("whoever has no such certificate is not served", () -> !follower(stranger).problem().isEmpty() && !follower(plain).problem().isEmpty());
                assertThat(stranger.store().namespace("log")).isEmpty();
                assertThat(plain.store().namespace("log")).isEmpty();
            }
        }
    }

    private SSLContext tls(ManagementAuthority authority, String name, String directory) {
        authority.issue(name, List.of(InetAddress.getLoopbackAddress()), home.resolve(directory));
        return ManagementTls.context(ManagementIdentity.read(home.resolve(directory)));
    }

    private ZdbServer secondary(String name, String primary, ZdbConfig.Connector connector) {
        Path data = home.resolve(name);
        return ZdbServer.start(new ZdbConfig(data, List.of(), Optional.empty(), new ZdbConfig(data, List.of(), Optional.empty()).settings(),
                new ZdbConfig.Replication(Optional.of(primary), connector, Optional.of("secret"))));
    }

    private static Follower follower(ZdbServer server) {
        return server.replication().follower().orElseThrow();
    }

    private static long size(ZdbServer server) {
        return server.store().namespace("log").map(Namespace::size).orElse(0L);
    }

    private static void await(String what, BooleanSupplier condition) {
        Instant end = Instant.now().plusSeconds(60);
        while (!condition.getAsBoolean()) {
            assertThat(Instant.now()).as(what).isBefore(end);
            LockSupport.parkNanos(2_000_000);
        }
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
