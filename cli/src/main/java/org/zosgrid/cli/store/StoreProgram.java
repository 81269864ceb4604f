package org.zosgrid.cli.store;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import org.zosgrid.cli.CliException;
import org.zosgrid.cli.stage.Installation;
import org.zosgrid.cli.terminal.Json;
import org.zosgrid.cli.terminal.Steps;

/** The store's own program. It lives in a Java process of its own, with the settings that were measured to be best for it. */
public final class StoreProgram {
    private static final String MAIN = "org.zosgrid.node.zdb.ZdbMain";

    /** What a tool of it said: its exit code and its JSON. */
    public record Result(int exit, JsonNode json) {}

    private StoreProgram() {}

    /** The command that starts it. Its index lies outside the heap, which may therefore be small whatever the store holds. */
    public static List<String> command(List<String> arguments) {
        Installation installation = Installation.here();
        List<String> command = new ArrayList<>(List.of(installation.java().toString(), "-XX:+UseSerialGC", "-Xms32m", "-Xmx256m", "-XX:MaxDirectMemorySize=1t", "-Xshare:auto",
                "--enable-native-access=ALL-UNNAMED", "-cp", installation.nodeRelease().resolve("lib") + "/*", MAIN));
        command.addAll(arguments);
        return command;
    }

    /** Runs it in the foreground until it ends; returns its exit code. */
    public static int run(List<String> arguments) {
        try {
            Process process = new ProcessBuilder(command(arguments)).inheritIO().start();
            // Whoever ends this command ends the store in order.
            Thread end = new Thread(() -> {
                process.destroy();
                process.onExit().join();
            });
            Runtime.getRuntime().addShutdownHook(end);
            int exit = process.waitFor();
            try {
                Runtime.getRuntime().removeShutdownHook(end);
            } catch (IllegalStateException already) {
                // This process is being ended too.
            }
            return exit;
        } catch (IOException failed) {
            throw new CliException("the store cannot be started: " + failed.getMessage(), failed);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new CliException("interrupted while the store ran");
        }
    }

    /** Runs one of its tools and passes on how far it is. */
    public static Result tool(List<String> arguments, Steps.Progress progress) {
        try {
            Process process = new ProcessBuilder(command(arguments)).start();
            process.getOutputStream().close();
            FutureTask<String> printed = new FutureTask<>(() -> new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8));
            Thread.ofVirtual().start(printed);
            StringBuilder complaint = new StringBuilder();
            try (BufferedReader lines = process.errorReader(StandardCharsets.UTF_8)) {
                for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                    String[] word = line.split(" ");
                    if (word.length == 3 && word[0].equals("progress")) {
                        progress.at(Long.parseLong(word[1]), Long.parseLong(word[2]));
                    } else {
                        complaint.append(line).append('\n');
                    }
                }
            }
            int exit = process.waitFor();
            if (printed.get().isBlank()) {
                throw new CliException(complaint.isEmpty() ? "the store's program ended with " + exit : complaint.toString().strip().replaceFirst("^zdb: ", ""));
            }
            return new Result(exit, Json.parse(printed.get().getBytes(StandardCharsets.UTF_8), "the store's program"));
        } catch (IOException | ExecutionException failed) {
            throw new CliException("the store's program cannot be run: " + failed.getMessage(), failed);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new CliException("interrupted while the store's program ran");
        }
    }
}
