package org.zosgrid.contract.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.security.KeyStore;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLServerSocket;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ManagementTlsTest {
    private static final Duration LIMIT = Duration.ofSeconds(10);

    @TempDir
    Path directory;

    private SSLServerSocket server;
    private SSLContext controlPlane;

    @BeforeEach
    void listen() throws IOException {
        ManagementAuthority authority = ManagementAuthority.create(directory.resolve("authority"));
        authority.issue("compute-1", List.of(InetAddress.getLoopbackAddress()), directory.resolve("node"));
        authority.issue("control-plane", List.of(), directory.resolve("control-plane"));
        controlPlane = ManagementTls.context(ManagementIdentity.read(directory.resolve("control-plane")));
        server = ManagementTls.listen(
                ManagementTls.context(ManagementIdentity.read(directory.resolve("node"))), new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
    }

    @AfterEach
    void close() throws IOException {
        server.close();
    }

    @Test
    void bothSidesKnowEachOtherByNameOverTheHybridGroup() throws Exception {
        CompletableFuture<String> seen = serveOne();
        try (SSLSocket socket = ManagementTls.connect(controlPlane, address(), "compute-1", LIMIT)) {
            assertThat(socket.getSession().getProtocol()).isEqualTo("TLSv1.3");
            socket.getOutputStream().write(42);
            assertThat(socket.getInputStream().read()).isEqualTo(43);
        }
        assertThat(seen.get()).isEqualTo("control-plane");
    }

    @Test
    void whatAnAuthorityIssuesLaterBelongsToTheSameNetwork() throws Exception {
        ManagementAuthority.read(directory.resolve("authority")).issue("compute-2", List.of(), directory.resolve("later"));
        CompletableFuture<String> seen = serveOne();
        try (SSLSocket socket = ManagementTls.connect(ManagementTls.context(ManagementIdentity.read(directory.resolve("later"))), address(), "compute-1", LIMIT)) {
            socket.getOutputStream().write(42);
            assertThat(socket.getInputStream().read()).isEqualTo(43);
        }
        assertThat(seen.get()).isEqualTo("compute-2");
    }

    @Test
    void aPeerWithAnotherNameIsRefused() {
        serveOne();
        assertThatThrownBy(() -> ManagementTls.connect(controlPlane, address(), "gateway-1", LIMIT)).hasMessageContaining("is 'compute-1' and not 'gateway-1'");
    }

    @Test
    void aClientThatOffersOnlyTheClassicalGroupIsRefused() {
        CompletableFuture<String> seen = serveOne();
        assertThatThrownBy(() -> {
                    try (SSLSocket socket = (SSLSocket) controlPlane.getSocketFactory().createSocket(address().getAddress(), address().getPort())) {
                        SSLParameters weak = ManagementTls.parameters(controlPlane);
                        weak.setNamedGroups(new String[] {"x25519"});
                        socket.setSSLParameters(weak);
                        socket.startHandshake();
                    }
                })
                .isInstanceOf(IOException.class);
        assertThat(seen).failsWithin(LIMIT);
    }

    @Test
    void aCertificateOfAnotherAuthorityIsRefused() {
        ManagementAuthority.create(directory.resolve("other")).issue("control-plane", List.of(), directory.resolve("impostor"));
        CompletableFuture<String> seen = serveOne();
        SSLContext impostor = ManagementTls.context(ManagementIdentity.read(directory.resolve("impostor")));
        assertThatThrownBy(() -> ManagementTls.connect(impostor, address(), "compute-1", LIMIT)).isInstanceOf(IOException.class);
        assertThat(seen).failsWithin(LIMIT);
    }

    @Test
    void aClientWithoutACertificateIsRefused() throws Exception {
        CompletableFuture<String> seen = serveOne();
        KeyStore trusted = KeyStore.getInstance("PKCS12", ManagementTls.PROVIDER);
        trusted.load(null, null);
        trusted.setCertificateEntry("authority", ManagementIdentity.read(directory.resolve("node")).authority());
        TrustManagerFactory trustManagers = TrustManagerFactory.getInstance("PKIX", controlPlane.getProvider());
        trustManagers.init(trusted);
        SSLContext nameless = SSLContext.getInstance("TLSv1.3", controlPlane.getProvider());
        nameless.init(null, trustManagers.getTrustManagers(), null);
        // In TLS 1.3 the client's handshake is over before the server has looked: the refusal comes with the first read.
        assertThatThrownBy(() -> {
                    try (SSLSocket socket = ManagementTls.connect(nameless, address(), "compute-1", LIMIT)) {
                        socket.getOutputStream().write(42);
                        assertThat(socket.getInputStream().read()).isNotEqualTo(43);
                        throw new IOException("closed by the server");
                    }
                })
                .isInstanceOf(IOException.class);
        assertThat(seen).failsWithin(LIMIT);
    }

    private InetSocketAddress address() {
        return new InetSocketAddress(InetAddress.getLoopbackAddress(), server.getLocalPort());
    }

    private CompletableFuture<String> serveOne() {
        return CompletableFuture.supplyAsync(() -> {
            try (SSLSocket socket = (SSLSocket) server.accept()) {
                socket.setSoTimeout((int) LIMIT.toMillis());
                socket.startHandshake();
                String peer = ManagementTls.peerName(socket.getSession());
                socket.getOutputStream().write(socket.getInputStream().read() + 1);
                return peer;
            } catch (IOException refused) {
                throw new IllegalStateException(refused);
            }
        });
    }
}
