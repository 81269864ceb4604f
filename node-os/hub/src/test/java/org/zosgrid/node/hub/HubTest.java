package org.zosgrid.node.hub;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.zosgrid.contract.document.ImageManifest;
import org.zosgrid.contract.document.ImageReference;
import org.zosgrid.contract.envelope.Envelope;
import org.zosgrid.contract.envelope.PayloadType;
import org.zosgrid.contract.key.SigningKey;
import org.zosgrid.contract.ledger.LedgerKey;
import org.zosgrid.contract.policy.Policy;
import org.zosgrid.contract.trust.Role;
import org.zosgrid.contract.trust.TrustRoot;
import org.zosgrid.contract.trust.TrustedKey;
import org.zosgrid.flist.Chunk;
import org.zosgrid.flist.Fingerprint;
import org.zosgrid.flist.FlistException;
import org.zosgrid.flist.HubClient;
import org.zosgrid.flist.ImageConfig;
import org.zosgrid.flist.ImageImporter;

/** A real hub, and a client that does everything in the wrong order first. */
class HubTest {
    private static final ImageReference IMAGE = ImageReference.parse("demo/web:1.0");
    private static SigningKey erin;
    private static TrustRoot root;

    @TempDir
    Path directory;

    private final Map<String, byte[]> chunks = new HashMap<>();
    private Hub hub;
    private HubClient client;
    private volatile TrustRoot newest = root;
    private byte[] flist;

    @BeforeAll
    static void makeTrustRoot() {
        erin = SigningKey.generate();
        Role role = new Role(Set.of(erin.id()), 1);
        root = new TrustRoot(1, Instant.now().plusSeconds(3600), Map.of(erin.id(), new TrustedKey("erin", erin.verificationKey())),
                Map.of("root", role, "requester", role, "approver", role, "image-signer", role), Policy.quorum("approver", 1), Map.of(), LedgerKey.generate("test.example").verifiers());
    }

    @BeforeEach
    void start() throws IOException {
        Files.writeString(Files.createDirectory(directory.resolve("tree")).resolve("file"), "content");
        flist = ImageImporter.fromDirectory(directory.resolve("tree"), ImageConfig.empty(), (chunk, plain) -> chunks.put(chunk.fingerprint(), Chunk.pack(plain)));
        hub = Hub.start(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), directory.resolve("hub"), () -> newest);
        client = new HubClient(URI.create("http://127.0.0.1:" + hub.address().getPort()));
    }

    @AfterEach
    void stop() {
        client.close();
        hub.close();
    }

    @Test
    void anImageIsTakenOnlyWhenItIsWholeAndSigned() {
        assertThatThrownBy(() -> client.putImage(signed(erin))).isInstanceOf(FlistException.class).hasMessageContaining("must be uploaded first");
        client.putFlist(Fingerprint.hex(flist), flist);
        assertThatThrownBy(() -> client.putImage(signed(erin))).hasMessageContaining("1 chunks must be uploaded first");
        assertThat(client.missing(List.copyOf(chunks.keySet()))).isEqualTo(chunks.keySet());
        chunks.forEach(client::putChunk);
        assertThat(client.missing(List.copyOf(chunks.keySet()))).isEmpty();
        assertThatThrownBy(() -> client.putImage(signed(SigningKey.generate()))).hasMessageContaining("is not signed by the trust root's image signers");
        assertThatThrownBy(() -> client.image(IMAGE)).hasMessageContaining("404");
        client.putImage(signed(erin));

        assertThat(client.image(IMAGE)).isEqualTo(Envelope.parse(client.image(IMAGE).toJson()));
        assertThat(client.flist(Fingerprint.hex(flist))).isEqualTo(flist);
        chunks.forEach((fingerprint, packed) -> assertThat(client.fetch(fingerprint)).isEqualTo(packed));
    }

    @Test
    void whatIsNotWhatItsNameSaysIsRefused() {
        String fingerprint = chunks.keySet().iterator().next();
        assertThatThrownBy(() -> client.putChunk(fingerprint, Chunk.pack(new byte[] {1}))).hasMessageContaining("has other content");
        assertThatThrownBy(() -> client.putChunk(fingerprint, new byte[] {1, 2, 3})).isInstanceOf(FlistException.class);
        assertThatThrownBy(() -> client.putFlist("0".repeat(64), flist)).hasMessageContaining("must have the fingerprint");
        assertThatThrownBy(() -> client.fetch("../../etc/passwd")).isInstanceOf(FlistException.class);
        assertThatThrownBy(() -> client.fetch(fingerprint)).hasMessageContaining("404");
    }

    @Test
    void theTrustRootInForceCountsAndAnExpiredOneLetsNothingIn() {
        chunks.forEach(client::putChunk);
        client.putFlist(Fingerprint.hex(flist), flist);
        SigningKey frank = SigningKey.generate();
        Role role = new Role(Set.of(frank.id()), 1);
        newest = new TrustRoot(2, Instant.now().plusSeconds(3600), Map.of(frank.id(), new TrustedKey("frank", frank.verificationKey())),
                Map.of("root", role, "requester", role, "approver", role, "image-signer", role), Policy.quorum("approver", 1), Map.of(), root.ledger());
        assertThatThrownBy(() -> client.putImage(signed(erin))).hasMessageContaining("is not signed by the trust root's image signers");
        client.putImage(signed(frank));
        newest = new TrustRoot(3, Instant.now().minusSeconds(1), newest.keys(), newest.roles(), newest.policy(), Map.of(), root.ledger());
        assertThatThrownBy(() -> client.putImage(signed(frank))).hasMessageContaining("has expired");
    }

    private Envelope signed(SigningKey key) {
        return Envelope.sign(PayloadType.IMAGE,
                new ImageManifest(IMAGE.repository(), IMAGE.tag(), Fingerprint.hex(flist), flist.length, 7, Instant.parse("2026-11-23T12:00:00Z")).toJson(), key);
    }
}
