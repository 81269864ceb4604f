package org.zosgrid.contract.pkcs11;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** Tokens of SoftHSM (Debian's softhsm2) in a directory. It finds them by an environment variable, so whatever uses them runs in a process of its own. */
public final class SoftHsm {
    public static final Path LIBRARY = Path.of("/usr/lib/softhsm/libsofthsm2.so");
    public static final String PIN = "1234";

    private final Path directory;

    public SoftHsm(Path directory) throws IOException {
        assertThat(LIBRARY).as("the library of Debian's package softhsm2, which ./zos test installs").exists();
        this.directory = directory;
        Files.createDirectory(directory.resolve("tokens"));
        Files.writeString(directory.resolve("softhsm2.conf"), "directories.tokendir = " + directory.resolve("tokens") + "\nobjectstore.backend = file\n");
    }

    /** Puts in one more token. */
    public void token(String label) {
        assertThat(run("softhsm2-util", "--init-token", "--free", "--label", label, "--pin", PIN, "--so-pin", "4321")).contains("initialized");
    }

    /** Where the tokens are; each has a directory of its own. */
    public List<Path> tokens() {
        try (Stream<Path> all = Files.list(directory.resolve("tokens"))) {
            return all.toList();
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    /** Runs a class's {@code main} in a process that sees the tokens; returns what it prints. */
    public String java(Class<?> main, String... arguments) {
        String java = Path.of(System.getProperty("java.home"), "bin/java").toString();
        return run(Stream.concat(Stream.of(java, "--enable-native-access=ALL-UNNAMED", "-cp", System.getProperty("java.class.path"), main.getName()), Stream.of(arguments)).toArray(String[]::new));
    }

    private String run(String... command) {
        try {
            Path output = Files.createTempFile(directory, "output", "");
            ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(output.toFile());
            builder.environment().put("SOFTHSM2_CONF", directory.resolve("softhsm2.conf").toString());
            Process process = builder.start();
            try {
                assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
                return Files.readString(output);
            } finally {
                process.destroyForcibly();
            }
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(interrupted);
        }
    }
}
