package org.zosgrid.node.zdb;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** Runs the operator's program when something happens: its arguments are the event's name, this process's number, and what the event is about. */
final class Hooks {
    private static final System.Logger LOG = System.getLogger(Hooks.class.getName());
    private static final Duration KEPT = Duration.ofSeconds(300);
    private static final Duration LIMIT = Duration.ofSeconds(60);

    /** A run of the program; {@code status} is -1 while it runs, and its exit code after. */
    record Run(String event, List<String> arguments, long pid, Instant created, Instant finished, int status) {}

    static final Hooks NONE = new Hooks(Optional.empty());

    private final Optional<Path> program;
    private final List<Run> runs = new ArrayList<>();

    Hooks(Optional<Path> program) {
        this.program = program;
    }

    /** Runs it and goes on. */
    void tell(String event, String... arguments) {
        if (program.isPresent()) {
            Thread.ofVirtual().name("zdb-hook").start(() -> run(program.get(), event, List.of(arguments)));
        }
    }

    /** Runs it and waits until it has ended, whatever it says. */
    void ask(String event, String... arguments) {
        program.ifPresent(executable -> run(executable, event, List.of(arguments)));
    }

    /** Runs it, and fails if it does. */
    void require(String event, String... arguments) throws IOException {
        if (program.isPresent()) {
            int status = run(program.get(), event, List.of(arguments));
            if (status != 0) {
                throw new IOException("the hook '" + event + "' ended with " + status);
            }
        }
    }

    private int run(Path executable, String event, List<String> arguments) {
        List<String> command = new ArrayList<>(List.of(executable.toString(), event, Long.toString(ProcessHandle.current().pid())));
        command.addAll(arguments);
        Instant created = Instant.now();
        try {
            Process process = new ProcessBuilder(command).redirectOutput(ProcessBuilder.Redirect.DISCARD).redirectError(ProcessBuilder.Redirect.DISCARD).start();
            Run running = new Run(event, arguments, process.pid(), created, Instant.EPOCH, -1);
            remember(running, running);
            if (!process.waitFor(LIMIT.toSeconds(), TimeUnit.SECONDS)) {
                process.destroyForcibly().waitFor();
            }
            remember(running, new Run(event, arguments, process.pid(), created, Instant.now(), process.exitValue()));
            return process.exitValue();
        } catch (IOException failed) {
            LOG.log(System.Logger.Level.WARNING, "the hook {0} cannot be run: {1}", event, failed.getMessage());
            return 127;
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            return 130;
        }
    }

    private synchronized void remember(Run before, Run now) {
        runs.remove(before);
        runs.removeIf(each -> each.created().isBefore(Instant.now().minus(KEPT)));
        runs.add(now);
    }

    synchronized List<Run> recent() {
        return List.copyOf(runs);
    }
}
