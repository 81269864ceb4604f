package org.zosgrid.cli.stage;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.zosgrid.cli.CliException;

/** Runs standard tools ({@code ip}, {@code umoci}) and says what they said when they fail. */
public final class Shell {
    private static final long LIMIT_SECONDS = 60;

    /** What a tool printed and how it ended. */
    public record Result(int exit, String output) {
        public boolean good() {
            return exit == 0;
        }
    }

    private Shell() {}

    /** Runs a command that must succeed; returns its output, both streams together. */
    public static String run(String... command) {
        Result result = attempt(command);
        if (!result.good()) {
            throw new CliException(String.join(" ", command) + " failed (" + result.exit() + "): " + result.output().strip());
        }
        return result.output();
    }

    /** Runs a command that may fail. */
    public static Result attempt(String... command) {
        try {
            Process process = new ProcessBuilder(List.of(command)).redirectErrorStream(true).start();
            process.getOutputStream().close();
            String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            if (!process.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly();
                throw new CliException(String.join(" ", command) + " did not end within " + LIMIT_SECONDS + " s");
            }
            return new Result(process.exitValue(), output);
        } catch (IOException absent) {
            throw new CliException("cannot run " + command[0] + ": " + absent.getMessage(), absent);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new CliException("interrupted while " + command[0] + " ran");
        }
    }
}
