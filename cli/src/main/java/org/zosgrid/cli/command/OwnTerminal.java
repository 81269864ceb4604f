package org.zosgrid.cli.command;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.zosgrid.cli.CliException;

/** The terminal that the person sits at, set so that every key goes to the other side; as it was once it is closed, also when the program is ended. */
final class OwnTerminal implements AutoCloseable {
    private static final File DEVICE = new File("/dev/tty");
    private static final int MOST = 1000;

    private final String before;
    private final Thread restoring;

    private OwnTerminal(String before) {
        this.before = before;
        this.restoring = new Thread(() -> stty(before));
        Runtime.getRuntime().addShutdownHook(restoring);
    }

    static OwnTerminal raw() {
        OwnTerminal terminal = new OwnTerminal(stty("-g"));
        stty("raw", "-echo");
        return terminal;
    }

    /** Rows and columns, or nothing if they cannot be told. */
    int[] size() {
        int[] size = Arrays.stream(stty("size").split(" ")).filter(each -> each.matches("[0-9]{1,4}")).mapToInt(Integer::parseInt).filter(each -> each > 0 && each <= MOST).toArray();
        return size.length == 2 ? size : new int[0];
    }

    @Override
    public void close() {
        stty(before);
        Runtime.getRuntime().removeShutdownHook(restoring);
    }

    private static String stty(String... arguments) {
        List<String> command = new ArrayList<>(List.of("stty"));
        command.addAll(List.of(arguments));
        try {
            Process process = new ProcessBuilder(command).redirectInput(DEVICE).redirectErrorStream(true).start();
            String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
            if (process.waitFor() != 0) {
                throw new CliException("stty " + String.join(" ", arguments) + ": " + text);
            }
            return text;
        } catch (IOException failed) {
            throw new CliException("the terminal cannot be set: " + failed.getMessage());
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new CliException("interrupted");
        }
    }
}
