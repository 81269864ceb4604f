package org.zosgrid.cli.stage;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.zosgrid.cli.CliException;

/**
 * A process of the stage that outlives the command that started it. What is known of it stands in {@code NAME.pid}: its id and when it started, so
 * that a later {@code zos down} ends exactly this process and never another one that got its number.
 */
public final class StageProcess {
    private final Path pidFile;
    private final Path log;

    public StageProcess(Path directory, String name) {
        this.pidFile = directory.resolve(name + ".pid");
        this.log = directory.resolve(name + ".log");
    }

    public Path log() {
        return log;
    }

    /** Starts the command in a session of its own, its output appended to the log. */
    public void start(Path workingDirectory, List<String> command) {
        List<String> whole = new ArrayList<>(List.of("setsid"));
        whole.addAll(command);
        try {
            Files.createDirectories(log.getParent());
            Process process = new ProcessBuilder(whole)
                    .directory(workingDirectory.toFile())
                    .redirectInput(new File("/dev/null"))
                    .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
                    .redirectErrorStream(true)
                    .start();
            Files.writeString(pidFile, process.pid() + " " + startOf(process.toHandle()) + "\n");
        } catch (IOException failed) {
            throw new CliException("cannot start " + command.getFirst() + ": " + failed.getMessage(), failed);
        }
    }

    /** The process, if it runs and is the one that was started. */
    public Optional<ProcessHandle> running() {
        if (!Files.exists(pidFile)) {
            return Optional.empty();
        }
        try {
            String[] known = Files.readString(pidFile).strip().split(" ");
            return ProcessHandle.of(Long.parseLong(known[0]))
                    .filter(ProcessHandle::isAlive)
                    .filter(handle -> known.length < 2 || startOf(handle).equals(known[1]));
        } catch (IOException | NumberFormatException unreadable) {
            return Optional.empty();
        }
    }

    /** Asks the process to end, waits, and only then insists. */
    public void stop(Duration grace) {
        running().ifPresent(handle -> {
            handle.destroy();
            if (!ended(handle, grace)) {
                handle.destroyForcibly();
                ended(handle, Duration.ofSeconds(10));
            }
        });
        try {
            Files.deleteIfExists(pidFile);
        } catch (IOException failed) {
            throw new CliException("cannot remove " + pidFile + ": " + failed.getMessage(), failed);
        }
    }

    /** Ends the process as a power cut would. */
    public void kill() {
        running().ifPresent(handle -> {
            handle.destroyForcibly();
            ended(handle, Duration.ofSeconds(10));
        });
    }

    /** Resident memory in bytes, as the kernel counts it. */
    public long residentBytes() {
        long pid = running().orElseThrow(() -> new CliException(pidFile + " does not run")).pid();
        try {
            return Files.readAllLines(Path.of("/proc/" + pid + "/status")).stream()
                    .filter(line -> line.startsWith("VmRSS:"))
                    .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) * 1024)
                    .findFirst()
                    .orElse(0);
        } catch (IOException gone) {
            throw new CliException("process " + pid + " ended: see " + log);
        }
    }

    /** The last lines of the log, for an error message. */
    public String lastWords() {
        try {
            List<String> lines = Files.readAllLines(log);
            return String.join("\n", lines.subList(Math.max(0, lines.size() - 15), lines.size()));
        } catch (IOException absent) {
            return "(no log)";
        }
    }

    private static String startOf(ProcessHandle handle) {
        return handle.info().startInstant().map(Instant::toString).orElse("");
    }

    private static boolean ended(ProcessHandle handle, Duration limit) {
        try {
            handle.onExit().get(limit.toMillis(), TimeUnit.MILLISECONDS);
            return true;
        } catch (TimeoutException stillThere) {
            return false;
        } catch (ExecutionException impossible) {
            throw new IllegalStateException(impossible);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
