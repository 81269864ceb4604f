package org.zosgrid.node.zosfs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.zosgrid.contract.document.ImageManifest;
import org.zosgrid.contract.envelope.Envelope;
import org.zosgrid.contract.envelope.PayloadType;
import org.zosgrid.contract.key.SigningKey;
import org.zosgrid.contract.ledger.LedgerKey;
import org.zosgrid.contract.policy.Policy;
import org.zosgrid.contract.trust.Role;
import org.zosgrid.contract.trust.TrustRoot;
import org.zosgrid.contract.trust.TrustedKey;
import org.zosgrid.flist.Chunk;
import org.zosgrid.flist.Flist;
import org.zosgrid.flist.FlistException;
import org.zosgrid.flist.ImageConfig;
import org.zosgrid.flist.ImageImporter;
import org.zosgrid.node.linux.Command;

/** Mounts for real: needs root and /dev/fuse. */
class ZosFilesystemTest {
    private static SigningKey signer;
    private static TrustRoot root;

    @TempDir
    Path directory;

    private final Map<String, byte[]> hub = new ConcurrentHashMap<>();
    private Path tree;
    private Path target;
    private Path cacheDirectory;
    private byte[] flist;

    @BeforeAll
    static void makeTrustRoot() {
        signer = SigningKey.generate();
        Role role = new Role(Set.of(signer.id()), 1);
        root = new TrustRoot(1, Instant.now().plusSeconds(3600), Map.of(signer.id(), new TrustedKey("erin", signer.verificationKey())),
                Map.of("root", role, "requester", role, "approver", role, "image-signer", role), Policy.quorum("approver", 1), Map.of(),
                LedgerKey.generate("test.example").verifiers());
    }

    @BeforeEach
    void makeImage() throws IOException {
        tree = Files.createDirectory(directory.resolve("tree"));
        target = Files.createDirectory(directory.resolve("mnt"));
        cacheDirectory = directory.resolve("cache");
        Random random = new Random(42);
        for (int i = 0; i < 300; i++) {
            Path file = tree.resolve("d" + i % 7).resolve("sub" + i % 3).resolve("file " + i + " ä");
            Files.createDirectories(file.getParent());
            byte[] content = new byte[random.nextInt(3000)];
            random.nextBytes(content);
            Files.write(file, content);
        }
        byte[] big = new byte[3 * Chunk.MAX_BYTES + 12_345];
        random.nextBytes(big);
        Files.write(tree.resolve("big"), big);
        Files.createFile(tree.resolve("empty"));
        Files.createSymbolicLink(tree.resolve("link"), Path.of("d1/../big"));
        Files.setPosixFilePermissions(tree.resolve("big"), PosixFilePermissions.fromString("rwxr-x---"));
        flist = ImageImporter.fromDirectory(tree, ImageConfig.empty(), (chunk, plain) -> hub.put(chunk.fingerprint(), Chunk.pack(plain)));
    }

    @AfterEach
    void unmount() {
        Command.attempt("umount", "-l", directory.resolve("merged").toString());
        ZosFilesystem.cleanStale(directory);
    }

    @Test
    void everyFileIsByteForByteWhatWasImported() throws IOException {
        try (ZosFilesystem.Mount mount = mount()) {
            assertThat(listing(target)).isEqualTo(listing(tree));
            assertThat(Files.readSymbolicLink(target.resolve("link"))).hasToString("d1/../big");
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(target.resolve("big")))).isEqualTo("rwxr-x---");
            assertThat(Command.attempt("diff", "-r", tree.toString(), target.toString()).output()).isEmpty();
            assertThatThrownBy(() -> Files.write(target.resolve("new"), new byte[1])).isInstanceOf(IOException.class);
        }
        assertThat(Command.attempt("mountpoint", "-q", target.toString()).good()).isFalse();
    }

    @Test
    void aWritableLayerLiesOnTop() throws IOException {
        try (ZosFilesystem.Mount mount = mount()) {
            for (String each : List.of("upper", "work", "merged")) {
                Files.createDirectory(directory.resolve(each));
            }
            Command.run("mount", "-t", "overlay", "overlay", "-o",
                    "lowerdir=" + target + ",upperdir=" + directory.resolve("upper") + ",workdir=" + directory.resolve("work"), directory.resolve("merged").toString());
            Path file = directory.resolve("merged/big");
            Files.write(file, new byte[] {1}, java.nio.file.StandardOpenOption.APPEND);
            assertThat(Files.size(file)).isEqualTo(Files.size(tree.resolve("big")) + 1);
            assertThat(Files.size(target.resolve("big"))).isEqualTo(Files.size(tree.resolve("big")));
            Command.run("umount", directory.resolve("merged").toString());
        }
    }

    @Test
    void aHubThatLiesCausesAnErrorAndNeverWrongBytes() throws IOException {
        String victim = bigFile().fingerprint();
        byte[] honest = hub.get(victim);
        hub.put(victim, Chunk.pack(new byte[Chunk.MAX_BYTES]));
        try (ZosFilesystem.Mount mount = mount()) {
            assertThatThrownBy(() -> Files.readAllBytes(target.resolve("big"))).isInstanceOf(IOException.class).hasMessageContaining("Input/output error");
            assertThat(Files.readAllBytes(target.resolve("empty"))).isEmpty();
            hub.remove(victim);
            assertThatThrownBy(() -> Files.readAllBytes(target.resolve("big"))).isInstanceOf(IOException.class);
            hub.put(victim, honest);
            assertThat(Files.readAllBytes(target.resolve("big"))).isEqualTo(Files.readAllBytes(tree.resolve("big")));
        }
    }

    @Test
    void aDamagedCacheIsFetchedAgain() throws IOException {
        try (ZosFilesystem.Mount mount = mount()) {
            Files.readAllBytes(target.resolve("big"));
        }
        String victim = bigFile().fingerprint();
        Path cached = cacheDirectory.resolve(victim.substring(0, 2)).resolve(victim);
        byte[] damaged = Files.readAllBytes(cached);
        damaged[1000] ^= 1;
        Files.write(cached, damaged);
        try (ZosFilesystem.Mount mount = mount()) {
            assertThat(Files.readAllBytes(target.resolve("big"))).isEqualTo(Files.readAllBytes(tree.resolve("big")));
        }
        assertThat(Files.readAllBytes(cached)).isNotEqualTo(damaged);
    }

    @Test
    void anUnsignedImageDoesNotMount() {
        SigningKey stranger = SigningKey.generate();
        assertThatThrownBy(() -> ZosFilesystem.mount(flist, image(stranger, Flist.open(flist).fingerprint()), root, target, cache()))
                .isInstanceOf(FlistException.class).hasMessageContaining("not signed by the trust root's image signers");
        assertThatThrownBy(() -> ZosFilesystem.mount(flist, image(signer, "0".repeat(64)), root, target, cache()))
                .isInstanceOf(FlistException.class).hasMessageContaining("means the flist 000");
    }

    private ZosFilesystem.Mount mount() {
        return ZosFilesystem.mount(flist, image(signer, Flist.open(flist).fingerprint()), root, target, cache());
    }

    private ChunkCache cache() {
        return new ChunkCache(cacheDirectory, fingerprint -> {
            byte[] packed = hub.get(fingerprint);
            if (packed == null) {
                throw new FlistException("the hub is dead");
            }
            return packed;
        });
    }

    private Chunk bigFile() {
        Flist opened = Flist.open(flist);
        return opened.chunks(opened.find("big").orElseThrow()).get(1);
    }

    private static Envelope image(SigningKey key, String fingerprint) {
        return Envelope.sign(PayloadType.IMAGE, new ImageManifest("demo/tree", "1.0", fingerprint, 1, 1, Instant.now()).toJson(), key);
    }

    private static List<String> listing(Path directory) throws IOException {
        List<String> lines = new ArrayList<>();
        try (Stream<Path> files = Files.walk(directory)) {
            for (Path file : files.sorted().toList()) {
                lines.add(directory.relativize(file) + " " + Files.readAttributes(file, "unix:mode,uid,gid", java.nio.file.LinkOption.NOFOLLOW_LINKS));
            }
        }
        return lines;
    }
}
