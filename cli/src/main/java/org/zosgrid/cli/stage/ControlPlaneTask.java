package org.zosgrid.cli.stage;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.zosgrid.cli.CliException;

/**
 * Runs the control plane's program for something that ends, beside the one that serves or in its place.
 *
 * @param configuration the properties file of the one that is meant
 */
public record ControlPlaneTask(Installation installation, Path configuration) {

    /**
     * Returns when it is done.
     *
     * @param option {@code --backup} or {@code --restore}
     * @param file absolute
     * @param line is given what it says, line by line
     * @throws CliException with its reason if it fails
     */
    public void run(String option, Path file, Consumer<String> line) {
        installation.requireControlPlane();
        Path folder = installation.controlPlane();
        List<String> command = List.of(installation.java().toString(), "-cp", folder.resolve("lib") + "/*", "org.zosgrid.launcher.ControlPlane", "--config",
                configuration.toAbsolutePath().toString(), option, file.toString());
        try {
            Process process = new ProcessBuilder(command).start();
            CompletableFuture<String> errors = CompletableFuture.supplyAsync(() -> read(process));
            try (BufferedReader says = process.inputReader(StandardCharsets.UTF_8)) {
                says.lines().forEach(line);
            }
            if (process.waitFor() != 0) {
                throw new CliException(errors.join().strip());
            }
        } catch (IOException failed) {
            throw new CliException("the control plane's program cannot be run: " + failed.getMessage(), failed);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new CliException("interrupted", interrupted);
        }
    }

    private static String read(Process process) {
        try (BufferedReader errors = process.errorReader(StandardCharsets.UTF_8)) {
            return String.join("\n", errors.lines().toList());
        } catch (IOException gone) {
            return gone.getMessage();
        }
    }
}
