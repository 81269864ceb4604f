package org.zosgrid.node.linux;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

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
        try {
            Process process = new ProcessBuilder(command).start();
            CompletableFuture<String> output = read(process.getInputStream());
            CompletableFuture<String> error = read(process.getErrorStream());
            try (OutputStream stream = process.getOutputStream()) {
                stream.write(input.getBytes(StandardCharsets.UTF_8));
            } catch (IOException closedEarly) {
                // The tool did not want its input; its exit code says what it thought of it.
            }
            if (!process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS)) {
                process.destroyForcibly();
                throw new LinuxException.Tool(String.join(" ", command) + " did not end within " + limit.toSeconds() + " s");
            }
            return new Result(process.exitValue(), output.join(), error.join());
        } catch (IOException absent) {
            throw new LinuxException.Tool("cannot run " + command.getFirst() + ": " + absent.getMessage());
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new LinuxException.Tool("interrupted while " + command.getFirst() + " ran");
        }
    }

    private static CompletableFuture<String> read(java.io.InputStream stream) {
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
