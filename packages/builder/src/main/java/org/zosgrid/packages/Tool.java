package org.zosgrid.packages;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** A program of the JDK or of Debian, run to its end. */
final class Tool {
    private static final Duration LIMIT = Duration.ofMinutes(10);

    private Tool() {}

    /** Runs it and returns what it printed; whatever ends it otherwise than with 0 is told with its last words. */
    static String run(Path directory, Map<String, String> environment, List<String> command) {
        return run(directory, environment, command, LIMIT);
    }

    /** The same, for what may take longer than a tool does. */
    static String run(Path directory, Map<String, String> environment, List<String> command, Duration limit) {
        try {
            Path said = Files.createTempFile("zos-package", ".log");
            try {
                ProcessBuilder builder = new ProcessBuilder(command).directory(directory.toFile()).redirectErrorStream(true).redirectOutput(said.toFile());
                builder.environment().putAll(environment);
                Process process = builder.start();
                boolean ended = process.waitFor(limit.toSeconds(), TimeUnit.SECONDS);
                if (!ended) {
                    process.destroyForcibly();
                }
                String output = Files.readString(said, StandardCharsets.UTF_8);
                if (!ended || process.exitValue() != 0) {
                    throw new PackagingException(String.join(" ", command) + (ended ? " ended with " + process.exitValue() : " did not end within " + limit.toMinutes() + " minutes") + ":\n" + end(output));
                }
                return output;
            } finally {
                Files.deleteIfExists(said);
            }
        } catch (IOException failed) {
            throw new PackagingException("cannot run " + command.getFirst() + ": " + failed.getMessage(), failed);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new PackagingException("interrupted while " + command.getFirst() + " ran");
        }
    }

    private static String end(String output) {
        List<String> lines = output.lines().toList();
        return String.join("\n", lines.subList(Math.max(0, lines.size() - 20), lines.size()));
    }
}
