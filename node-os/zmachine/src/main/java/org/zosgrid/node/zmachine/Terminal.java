package org.zosgrid.node.zmachine;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.zosgrid.node.linux.LinuxException;
import org.zosgrid.node.linux.PseudoTerminal;

/** A program on a pseudo-terminal of its own, in a session of its own. One thread reads and closes; any may write. */
public final class Terminal implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(5);
    private static final Duration GRACE = Duration.ofSeconds(1);
    /** The new session's first process opens the device and so makes it the session's; what is typed is for the program to interpret, not for this end. */
    private static final String BEGIN = "exec <>\"$0\" >&0 2>&0; stty raw -echo; exec \"$@\"";

    /** The exit code that is told where none is known. */
    public static final int UNKNOWN = 255;

    private final PseudoTerminal pseudo;
    private final Process process;
    private final Optional<Path> inside;
    private boolean open = true;

    private Terminal(PseudoTerminal pseudo, Process process, Optional<Path> inside) {
        this.pseudo = pseudo;
        this.process = process;
        this.inside = inside;
    }

    /**
     * Starts a program.
     *
     * @param inside a file into which the program writes the id of another process, which is ended with it
     */
    public static Terminal start(List<String> program, Optional<Path> inside) {
        PseudoTerminal pseudo = PseudoTerminal.open();
        List<String> command = new ArrayList<>(List.of("setsid", "--wait", "/bin/sh", "-c", BEGIN, pseudo.device().toString()));
        command.addAll(program);
        try {
            pseudo.resize(24, 80);
            return new Terminal(pseudo, new ProcessBuilder(command)
                    .redirectInput(new java.io.File("/dev/null")).redirectOutput(ProcessBuilder.Redirect.DISCARD).redirectError(ProcessBuilder.Redirect.DISCARD).start(), inside);
        } catch (IOException | LinuxException failed) {
            pseudo.close();
            throw new ZMachineException("a terminal cannot be started: " + failed.getMessage(), failed);
        }
    }

    /** As {@link PseudoTerminal#read}; -1 once the program has ended. */
    public int read(ByteBuffer buffer, int milliseconds) {
        return pseudo.read(buffer, milliseconds);
    }

    /** Types bytes; false if the program does not take them for a good while. What is typed after the end is lost. */
    public synchronized boolean write(byte[] bytes) {
        if (!open) {
            return true;
        }
        ByteBuffer buffer = ByteBuffer.allocateDirect(bytes.length).put(bytes).flip();
        try {
            return pseudo.write(buffer, PATIENCE);
        } catch (LinuxException ended) {
            return true; // the reading thread sees it too, and says so
        }
    }

    /** Rows and columns in characters. */
    public synchronized void resize(int rows, int columns) {
        if (open) {
            pseudo.resize(rows, columns);
        }
    }

    /** Hangs up, and ends what does not end by itself. */
    @Override
    public void close() {
        synchronized (this) {
            if (open) {
                open = false;
                pseudo.close();
            }
        }
        if (!ended()) {
            inside.flatMap(Terminal::process).ifPresent(each -> {
                each.descendants().forEach(ProcessHandle::destroyForcibly);
                each.destroyForcibly();
            });
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly();
            ended();
        }
        inside.ifPresent(Terminal::remove);
    }

    /** The program's exit code, once it is closed. */
    public int exit() {
        return process.isAlive() ? UNKNOWN : process.exitValue() & 0xff;
    }

    private boolean ended() {
        try {
            return process.waitFor(GRACE.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private static Optional<ProcessHandle> process(Path file) {
        try {
            return ProcessHandle.of(Long.parseLong(Files.readString(file).strip()));
        } catch (IOException | NumberFormatException none) {
            return Optional.empty();
        }
    }

    private static void remove(Path file) {
        try {
            Files.deleteIfExists(file);
        } catch (IOException failed) {
            throw new ZMachineException("cannot remove " + file + ": " + failed.getMessage(), failed);
        }
    }
}
