package org.zosgrid.cli.stage;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.zosgrid.cli.CliException;

/** Where the built programs lie: the node's release, the hub, the control plane. The launcher script says where the installation is. */
public record Installation(Path home) {

    /** The libraries {@code boot} itself needs: it must not be able to see the rest before it has verified it. */
    private static final List<String> BOOT = List.of("boot-", "contract-", "bcprov-", "bcpkix-", "bcutil-", "bctls-", "jackson-", "snakeyaml-", "jspecify-");

    public static Installation here() {
        String home = System.getProperty("zos.install");
        if (home == null) {
            throw new CliException("start this through the './zos' script of a clone: it builds what is to be started");
        }
        return new Installation(Path.of(home));
    }

    public Path java() {
        return Path.of(System.getProperty("java.home"), "bin", "java");
    }

    public Path nodeRelease() {
        return home.resolve("node-os/core0/target/release");
    }

    public Path hubRelease() {
        return home.resolve("node-os/hub/target/release");
    }

    /** The jars of the engine with steps that do nothing, which only a benchmark runs. */
    public Path engineBenchmark() {
        return home.resolve("benchmarks/target/release/lib");
    }

    public Path controlPlane() {
        return home.resolve("ear/launcher/target/control-plane");
    }

    /** Fails when the control plane, or a part of it, is not built. */
    void requireControlPlane() {
        for (String part : List.of("jvm.args", "lib", "ledger-store", "rars", "control-plane.ear")) {
            if (!Files.exists(controlPlane().resolve(part))) {
                throw new CliException("the control plane is not built: " + controlPlane().resolve(part) + " is missing; 'mvn -DskipTests package' in "
                        + home + " builds it");
            }
        }
    }

    public String bootClassPath() {
        try (Stream<Path> jars = Files.list(nodeRelease().resolve("lib"))) {
            return jars.filter(jar -> BOOT.stream().anyMatch(jar.getFileName().toString()::startsWith))
                    .map(Path::toString)
                    .sorted()
                    .collect(Collectors.joining(":"));
        } catch (IOException absent) {
            throw new UncheckedIOException("the node's release is not built: " + absent.getMessage(), absent);
        }
    }
}
