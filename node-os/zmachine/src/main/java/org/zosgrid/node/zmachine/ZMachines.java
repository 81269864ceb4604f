package org.zosgrid.node.zmachine;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.zosgrid.node.linux.Command;
import org.zosgrid.node.linux.Linux;
import org.zosgrid.node.linux.LinuxException;
import org.zosgrid.node.linux.Mounts;

/**
 * The containers of one node. Every operation can be repeated: starting what runs does nothing, deleting what is gone neither. Works with control
 * groups of version 1 and 2, as runc finds them.
 */
public final class ZMachines {
    /** How a container is. */
    public enum State {
        ABSENT,
        RUNNING,
        STOPPED
    }

    private static final System.Logger LOG = System.getLogger(ZMachines.class.getName());
    private static final ObjectMapper MAPPER = new ObjectMapper();
    private static final Duration LIMIT = Duration.ofSeconds(20);
    private static final Duration KILL_LIMIT = Duration.ofSeconds(10);
    private static final long MAX_LOG = 4L << 20;

    private final Path directory;
    private final Path runtime;
    /** What was written for the containers that this process started and has not stopped. */
    private final Map<String, byte[]> configurations = new ConcurrentHashMap<>();

    /**
     * @param directory where each container has a directory: bundle, writable layer, log
     */
    public ZMachines(Path directory) {
        this.directory = directory;
        this.runtime = directory.resolve("runc");
        try {
            Files.createDirectories(runtime);
        } catch (IOException failed) {
            throw new ZMachineException("cannot make " + runtime + ": " + failed.getMessage(), failed);
        }
    }

    /** Starts a container that does not run; what an earlier, unfinished start left is removed first. What it wrote to its layer stays, if it is defined as before. */
    public void start(ContainerSpec spec) {
        if (state(spec.id()) == State.RUNNING) {
            return;
        }
        release(spec.id());
        Path bundle = directory.resolve(spec.id());
        Path definition = bundle.resolve("definition");
        try {
            if (Files.exists(definition) && !Files.readString(definition).equals(spec.definition())) {
                delete(spec.id());
            }
            Files.createDirectories(bundle);
            Files.writeString(definition, spec.definition());
            for (String each : List.of("upper", "work", "merged")) {
                Files.createDirectories(bundle.resolve(each));
            }
            Linux.mount("overlay", bundle.resolve("merged"), "overlay", 0,
                    "lowerdir=" + spec.root() + ",upperdir=" + bundle.resolve("upper") + ",workdir=" + bundle.resolve("work"));
            byte[] configuration = RuntimeConfig.of(spec, bundle.resolve("merged"));
            Files.write(bundle.resolve("config.json"), configuration);
            run(spec, bundle);
            configurations.put(spec.id(), configuration);
        } catch (IOException | LinuxException failed) {
            release(spec.id());
            throw new ZMachineException("container " + spec.id() + " cannot be started: " + failed.getMessage(), failed);
        }
    }

    public State state(String id) {
        return InitProcess.of(runtime, id).map(process -> process.runs() ? State.RUNNING : State.STOPPED).orElse(State.ABSENT);
    }

    /** What is wrong with the files of a container that was started before. */
    public enum Damage {
        /** Its bundle or its writable layer is not there. */
        GONE,
        /** Its definition or configuration is not what this node wrote, or its file system is not mounted although it was started. */
        ALTERED
    }

    /** Looks after the files of a container that was started by {@code definition}; empty if they are as they were left. */
    public Optional<Damage> damage(String id, String definition) {
        Path bundle = directory.resolve(id);
        try {
            if (!Files.isDirectory(bundle.resolve("upper")) || !Files.exists(bundle.resolve("definition"))) {
                return Optional.of(Damage.GONE);
            }
            byte[] asWritten = configurations.get(id);
            if (!Files.readString(bundle.resolve("definition")).equals(definition)
                    || asWritten != null && !(Files.exists(bundle.resolve("config.json")) && Arrays.equals(asWritten, Files.readAllBytes(bundle.resolve("config.json"))))
                    || asWritten != null && !Mounts.isMounted(bundle.resolve("merged"))) {
                return Optional.of(Damage.ALTERED);
            }
            return Optional.empty();
        } catch (IOException unreadable) {
            return Optional.of(Damage.ALTERED);
        }
    }

    /** Ids of every container that has a directory here, running or not. */
    public List<String> list() {
        try (Stream<Path> children = Files.list(directory)) {
            return children.filter(Files::isDirectory).map(child -> child.getFileName().toString()).filter(name -> !name.equals("runc")).sorted().toList();
        } catch (IOException failed) {
            throw new ZMachineException("cannot read " + directory, failed);
        }
    }

    /** Ends a container, gently for {@code grace} and then not, and takes its mount away; its layer and log stay. */
    public void stop(String id, Duration grace) {
        stop(List.of(id), grace);
    }

    /**
     * Ends containers together: all are asked before the first is killed, and {@code grace} is theirs together, however many they are. One that cannot be stopped
     * keeps none of the others from it; the first failure is thrown at the end.
     */
    public void stop(Collection<String> ids, Duration grace) {
        List<String> running = running(ids);
        Together.each(running, id -> signal("TERM", id));
        List<String> stubborn = awaitEnd(running, grace);
        Together.each(stubborn, id -> signal("KILL", id, "--all"));
        awaitEnd(stubborn, KILL_LIMIT);
        Together.each(ids, id -> {
            state(id); // says what is wrong with one of which nobody knows whether it runs: its files stay as they are
            release(id);
        });
    }

    private void signal(String signal, String id, String... options) {
        List<String> command = new ArrayList<>(List.of("runc", "--root", runtime.toString(), "kill"));
        command.addAll(List.of(options));
        command.addAll(List.of(id, signal));
        try {
            Command.attempt(command, "", KILL_LIMIT);
        } catch (LinuxException notTold) {
            // It still runs then, which the next step sees.
            LOG.log(System.Logger.Level.WARNING, "{0} was not told to end: {1}", id, notTold.getMessage());
        }
    }

    private List<String> running(Collection<String> ids) {
        return ids.stream().filter(this::isKnownToRun).toList();
    }

    private boolean isKnownToRun(String id) {
        try {
            return state(id) == State.RUNNING;
        } catch (ZMachineException unreadable) {
            return false; // the last step of stopping says so
        }
    }

    /** Removes a container with everything it wrote. */
    public void delete(String id) {
        stop(id, Duration.ofSeconds(2));
        Path bundle = directory.resolve(id);
        if (!Files.exists(bundle)) {
            return;
        }
        try (Stream<Path> files = Files.walk(bundle)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        } catch (IOException failed) {
            throw new ZMachineException("the files of " + id + " cannot be removed: " + failed.getMessage(), failed);
        }
    }

    /** The end of what a container wrote to its standard output and error, at most {@code maxBytes}. */
    public String logs(String id, int maxBytes) {
        Path log = directory.resolve(id).resolve("log");
        if (!Files.exists(log)) {
            return "";
        }
        try (RandomAccessFile file = new RandomAccessFile(log.toFile(), "r")) {
            long from = Math.max(0, file.length() - maxBytes);
            byte[] end = new byte[(int) (file.length() - from)];
            file.seek(from);
            file.readFully(end);
            return new String(end, StandardCharsets.UTF_8);
        } catch (IOException failed) {
            throw new ZMachineException("the log of " + id + " cannot be read: " + failed.getMessage(), failed);
        }
    }

    /** What a container has taken so far; empty if it does not run. */
    public Optional<Usage> usage(String id) {
        Optional<InitProcess> process = InitProcess.of(runtime, id).filter(InitProcess::runs);
        Command.Result stats = Command.attempt("runc", "--root", runtime.toString(), "events", "--stats", id);
        if (process.isEmpty() || !stats.good()) {
            return Optional.empty();
        }
        try {
            Path networks = Path.of("/proc", Long.toString(process.get().id()), "net/dev");
            return Files.exists(networks) ? Optional.of(Usage.of(MAPPER.readTree(stats.output()), networks)) : Optional.empty();
        } catch (IOException | NumberFormatException broken) {
            throw new ZMachineException("the figures of " + id + " cannot be read: " + broken.getMessage(), broken);
        }
    }

    /** Starts a shell in a container that runs, with its user, limits and capabilities. */
    public Terminal terminal(String id) {
        if (state(id) != State.RUNNING) {
            throw new ZMachineException("container " + id + " does not run");
        }
        Path shell = directory.resolve(id).resolve("terminal-" + UUID.randomUUID());
        return Terminal.start(List.of("runc", "--root", runtime.toString(), "exec", "--tty", "--env", "TERM=xterm", "--pid-file", shell.toString(), id, "/bin/sh"), Optional.of(shell));
    }

    /** Keeps logs from growing without end: what is older than the last {@value #MAX_LOG} bytes is thrown away. */
    public void trimLogs() {
        for (String id : list()) {
            Path log = directory.resolve(id).resolve("log");
            try {
                if (Files.exists(log) && Files.size(log) > 2 * MAX_LOG) {
                    // The container appends, so a shorter file goes on where it then ends.
                    String end = logs(id, (int) MAX_LOG);
                    Files.writeString(log, end);
                }
            } catch (IOException failed) {
                throw new ZMachineException("the log of " + id + " cannot be trimmed: " + failed.getMessage(), failed);
            }
        }
    }

    /** runc leaves the container behind with its output open on the log, so this is no ordinary tool whose output ends when it does. */
    private void run(ContainerSpec spec, Path bundle) throws IOException {
        Path log = bundle.resolve("log");
        Path complaint = bundle.resolve("runc.log");
        List<String> command = new ArrayList<>(List.of("runc", "--root", runtime.toString(), "--log", complaint.toString(), "run", "--detach", "--bundle", bundle.toString(), spec.id()));
        Process process = new ProcessBuilder(command)
                .redirectInput(new java.io.File("/dev/null"))
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
                .start();
        try {
            if (!process.waitFor(LIMIT.toMillis(), java.util.concurrent.TimeUnit.MILLISECONDS)) {
                process.destroyForcibly();
                throw new IOException("runc did not end within " + LIMIT.toSeconds() + " s");
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted");
        }
        if (process.exitValue() != 0) {
            throw new IOException("runc: " + Optional.of(complaint).filter(Files::exists).map(ZMachines::lastLine).orElse("exit code " + process.exitValue()));
        }
    }

    private static String lastLine(Path file) {
        try {
            List<String> lines = Files.readAllLines(file);
            return lines.isEmpty() ? "no reason given" : lines.getLast();
        } catch (IOException unreadable) {
            return "no reason given";
        }
    }

    /** Takes away what the kernel holds of a container that does not run. */
    private void release(String id) {
        configurations.remove(id);
        if (Files.exists(runtime.resolve(id))) {
            Command.attempt("runc", "--root", runtime.toString(), "delete", "--force", id);
        }
        Path merged = directory.resolve(id).resolve("merged");
        while (Mounts.isMounted(merged)) {
            Linux.unmount(merged, Linux.MNT_DETACH);
        }
    }

    /** Those that still run when all have ended or {@code limit} is over. */
    private List<String> awaitEnd(List<String> ids, Duration limit) {
        long until = System.nanoTime() + limit.toNanos();
        List<String> left = running(ids);
        while (!left.isEmpty() && System.nanoTime() < until) {
            try {
                Thread.sleep(20);
            } catch (InterruptedException interrupted) {
                Thread.currentThread().interrupt();
                return left;
            }
            left = running(left);
        }
        return left;
    }
}
