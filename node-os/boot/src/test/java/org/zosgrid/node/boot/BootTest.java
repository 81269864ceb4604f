package org.zosgrid.node.boot;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.zosgrid.contract.document.ReleaseManifest;
import org.zosgrid.contract.envelope.Envelope;
import org.zosgrid.contract.envelope.PayloadType;
import org.zosgrid.contract.key.SigningKey;
import org.zosgrid.contract.ledger.LedgerKey;
import org.zosgrid.contract.policy.Policy;
import org.zosgrid.contract.trust.Role;
import org.zosgrid.contract.trust.TrustRoot;
import org.zosgrid.contract.trust.TrustedKey;

/** The program as an operator starts it: a process of its own, a release with a real jar, an exit code. */
class BootTest {
    private static final SigningKey FRANK = SigningKey.generate();
    private static final String NODE = """
            package org.zosgrid.node.core0;
            public final class Node {
                public static void main(String[] arguments) {
                    System.out.println("node started with " + String.join(" ", arguments));
                }
            }
            """;

    @TempDir
    Path directory;

    private record Ended(int code, List<String> lines) {}

    @BeforeEach
    void signARelease() throws IOException {
        Path classes = Files.createDirectories(directory.resolve("classes"));
        Path source = Files.writeString(Files.createDirectories(directory.resolve("source")).resolve("Node.java"), NODE);
        assertThat(ToolProvider.getSystemJavaCompiler().run(null, null, null, "-d", classes.toString(), source.toString())).isZero();
        Path lib = Files.createDirectories(directory.resolve("release/lib"));
        try (OutputStream file = Files.newOutputStream(lib.resolve("core0.jar")); JarOutputStream jar = new JarOutputStream(file)) {
            jar.putNextEntry(new JarEntry("org/zosgrid/node/core0/Node.class"));
            jar.write(Files.readAllBytes(classes.resolve("org/zosgrid/node/core0/Node.class")));
        }
        Role frank = new Role(Set.of(FRANK.id()), 1);
        TrustRoot root = new TrustRoot(1, Instant.now().plusSeconds(3600), Map.of(FRANK.id(), new TrustedKey("frank", FRANK.verificationKey())),
                Map.of("root", frank, "requester", frank, "approver", frank, "boot-signer", frank), Policy.quorum("approver", 1), Map.of(),
                LedgerKey.generate("test.example").verifiers());
        Files.write(directory.resolve("root.json"), Envelope.sign(PayloadType.TRUST_ROOT, root.toJson(), FRANK).toJson());
        Files.write(directory.resolve("release.json"),
                Envelope.sign(PayloadType.RELEASE, ReleaseManifest.of(directory.resolve("release")).toJson(), FRANK).toJson());
    }

    @Test
    void theNodeStartsFromTheVerifiedJar() throws Exception {
        Ended ended = boot();
        assertThat(ended.lines()).endsWith("node started with --config node.json");
        assertThat(ended.code()).isZero();
    }

    @Test
    void theCopiesGoWithTheProcessAndThoseOfAKilledOneWithTheNext() throws Exception {
        Process killed = new ProcessBuilder("true").start();
        killed.waitFor();
        Path abandoned = Files.createDirectories(directory.resolve("tmp/zos-release-" + killed.pid() + "-17"));
        Files.writeString(abandoned.resolve("0.jar"), "a copy");
        Path inUse = Files.createDirectories(directory.resolve("tmp/zos-release-" + ProcessHandle.current().pid() + "-17"));
        assertThat(boot().code()).isZero();
        try (Stream<Path> left = Files.list(directory.resolve("tmp"))) {
            assertThat(left.filter(each -> each.getFileName().toString().startsWith("zos-release"))).containsExactly(inUse);
        }
    }

    @Test
    void oneChangedByteIsExitCode78AndOneLineThatNamesTheFile() throws Exception {
        Path jar = directory.resolve("release/lib/core0.jar");
        byte[] bytes = Files.readAllBytes(jar);
        bytes[bytes.length / 2] ^= 1;
        Files.write(jar, bytes);
        refused("lib/core0.jar: is not what was signed");
    }

    @Test
    void whatCannotBeReadIsRefusedLikewise() throws Exception {
        Files.writeString(directory.resolve("release.json"), "{\"payloadType\":");
        refused("envelope");
        Files.delete(directory.resolve("release.json"));
        refused("release.json");
    }

    private void refused(String what) throws Exception {
        Ended ended = boot();
        assertThat(ended.code()).isEqualTo(78);
        assertThat(ended.lines()).singleElement().asString().startsWith("boot: refused: ").contains(what);
    }

    private Ended boot() throws IOException, InterruptedException {
        Path output = directory.resolve("output");
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin/java").toString(), "-XX:TieredStopAtLevel=1",
                        "-Djava.io.tmpdir=" + Files.createDirectories(directory.resolve("tmp")), "-cp", System.getProperty("java.class.path"),
                        Boot.class.getName(), "--release", directory.resolve("release").toString(), "--manifest", directory.resolve("release.json").toString(),
                        "--trust-root", directory.resolve("root.json").toString(), "--config", "node.json")
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        try {
            assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
            return new Ended(process.exitValue(), Files.readString(output, StandardCharsets.UTF_8).lines().toList());
        } finally {
            process.destroyForcibly();
        }
    }
}
