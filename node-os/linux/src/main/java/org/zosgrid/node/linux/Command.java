package org.zosgrid.node.linux;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Runs a standard tool, with a time limit; its output is bounded by what such tools print. */
public final class Command {
    private static final Duration LIMIT = Duration.ofSeconds(30);

    /** How a tool ended. */
    public record Result(int exit, String output, String error) {
        public boolean good() {
            return exit == 0;
        }
    }

    private Command() {}

    /** Runs a tool that must succeed; returns its standard output. */
    public static String run(String... command) {
        return run(List.of(command), "");
    }

    /** Runs a tool that must succeed, with a text as its standard input. */
    public static String run(List<String> command, String input) {
        Result result = attempt(command, input, LIMIT);
        if (!result.good()) {
            throw new LinuxException.Tool(String.join(" ", command) + " failed (" + result.exit() + "): " + (result.error() + result.output()).strip());
        }
        return result.output();
    }

    /** Runs a tool that may fail. */
    public static Result attempt(String... command) {
        return attempt(List.of(command), "", LIMIT);
    }

    /** Runs a tool that may fail, but must end in time. */
    public static Result attempt(List<String> command, String input, Duration limit) {
        Process process = start(command);
        try {
            CompletableFuture<String> output = read(process.getInputStream());
            CompletableFuture<String> error = read(process.getErrorStream());
            Thread.ofVirtual().start(() -> write(process.getOutputStream(), input));
            long end = System.nanoTime() + limit.toNanos();
            if (!process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS)) {
                throw new LinuxException.Tool(String.join(" ", command) + " did not end within " + limit.toSeconds() + " s");
            }
            // A tool that leaves a process behind with its output still open would be read for ever.
            long left = Math.max(1, end - System.nanoTime());
            return new Result(process.exitValue(), output.get(left, TimeUnit.NANOSECONDS), error.get(left, TimeUnit.NANOSECONDS));
        } catch (TimeoutException heldOpen) {
            throw new LinuxException.Tool(String.join(" ", command) + " ended, but a process it started holds its output open");
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new LinuxException.Tool("interrupted while " + command.getFirst() + " ran");
        } catch (ExecutionException impossible) {
            throw new IllegalStateException(impossible);
        } finally {
            if (process.isAlive()) {
                process.descendants().forEach(ProcessHandle::destroyForcibly);
                process.destroyForcibly();
            }
        }
    }

    private static Process start(List<String> command) {
        try {
            return new ProcessBuilder(command).start();
        } catch (IOException absent) {
            throw new LinuxException.Tool("cannot run " + command.getFirst() + ": " + absent.getMessage());
        }
    }

    private static void write(OutputStream stream, String input) {
        try (stream) {
            stream.write(input.getBytes(StandardCharsets.UTF_8));
        } catch (IOException closedEarly) {
            // The tool did not want its input; its exit code says what it thought of it.
        }
    }

    private static CompletableFuture<String> read(InputStream stream) {
        CompletableFuture<String> text = new CompletableFuture<>();
        Thread.ofVirtual().start(() -> {
            try (stream) {
                text.complete(new String(stream.readAllBytes(), StandardCharsets.UTF_8));
            } catch (IOException broken) {
                text.complete("");
            }
        });
        return text;
    }
}
