package org.zosgrid.node.boot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.zosgrid.contract.ContractException;
import org.zosgrid.contract.document.ReleaseManifest;
import org.zosgrid.contract.envelope.Envelope;
import org.zosgrid.contract.envelope.PayloadType;
import org.zosgrid.contract.key.SigningKey;
import org.zosgrid.contract.ledger.LedgerKey;
import org.zosgrid.contract.policy.Policy;
import org.zosgrid.contract.trust.Role;
import org.zosgrid.contract.trust.TrustRoot;
import org.zosgrid.contract.trust.TrustedKey;

class VerifiedReleaseTest {
    private static SigningKey frank;
    private static SigningKey grace;
    private static TrustRoot root;

    @TempDir
    Path release;

    @BeforeAll
    static void makeTrustRoot() {
        frank = SigningKey.generate();
        grace = SigningKey.generate();
        Role one = new Role(Set.of(frank.id()), 1);
        root = new TrustRoot(1, Instant.now().plusSeconds(3600),
                Map.of(frank.id(), new TrustedKey("frank", frank.verificationKey()), grace.id(), new TrustedKey("grace", grace.verificationKey())),
                Map.of("root", one, "requester", one, "approver", one, "boot-signer", new Role(Set.of(frank.id(), grace.id()), 2)),
                Policy.quorum("approver", 1), Map.of(), LedgerKey.generate("test.example").verifiers());
    }

    @BeforeEach
    void makeRelease() throws IOException {
        Files.createDirectory(release.resolve("lib"));
        Files.writeString(release.resolve("lib/core0.jar"), "core0");
        Files.writeString(release.resolve("lib/zdb.jar"), "zdb");
    }

    @Test
    void aSignedReleaseIsVerifiedAndItsBytesAreKept() {
        VerifiedRelease verified = VerifiedRelease.verify(release, signed(frank, grace), root);
        assertThat(verified.files()).containsOnlyKeys("lib/core0.jar", "lib/zdb.jar");
        assertThat(verified.files().get("lib/zdb.jar")).asString().isEqualTo("zdb");
    }

    @Test
    void oneChangedByteIsRefusedByName() throws IOException {
        Envelope manifest = signed(frank, grace);
        Files.writeString(release.resolve("lib/core0.jar"), "core1");
        refused(manifest, "lib/core0.jar: is not what was signed");
    }

    @Test
    void aMissingFileIsRefusedByName() throws IOException {
        Envelope manifest = signed(frank, grace);
        Files.delete(release.resolve("lib/zdb.jar"));
        refused(manifest, "lib/zdb.jar: is missing");
    }

    @Test
    void anAdditionalFileIsRefusedByName() throws IOException {
        Envelope manifest = signed(frank, grace);
        Files.writeString(release.resolve("lib/back-door.jar"), "x");
        refused(manifest, "lib/back-door.jar: stands in the release's directory");
    }

    @Test
    void aLinkIsRefusedEvenToTheSameContent() throws IOException {
        Envelope manifest = signed(frank, grace);
        Path elsewhere = Files.createTempFile("zdb", ".jar");
        Files.move(release.resolve("lib/zdb.jar"), elsewhere, java.nio.file.StandardCopyOption.REPLACE_EXISTING);
        Files.createSymbolicLink(release.resolve("lib/zdb.jar"), elsewhere);
        refused(manifest, "lib/zdb.jar: is no plain file");
        Files.delete(elsewhere);
    }

    @Test
    void oneSignerOfTwoIsNotEnoughAndAStrangerNeverCounts() {
        refused(signed(frank), "is not signed by as many boot signers");
        refused(signed(frank, SigningKey.generate()), "is not signed by as many boot signers");
        refused(signed(), "is not signed by as many boot signers");
    }

    private void refused(Envelope manifest, String message) {
        assertThatThrownBy(() -> VerifiedRelease.verify(release, manifest, root)).isInstanceOf(ContractException.class).hasMessageContaining(message);
    }

    private Envelope signed(SigningKey... signers) {
        return Envelope.sign(PayloadType.RELEASE, ReleaseManifest.of(release).toJson(), signers);
    }
}
