package org.zosgrid.cli.stage;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.zosgrid.cli.CliException;

/** Looks whether a stage that was taken down left anything behind on the machine: a process, namespace, link, mount or control group. */
public final class Leftovers {
    private final Stage stage;

    public Leftovers(Stage stage) {
        this.stage = stage;
    }

    /** Fails with a list of what is still there. */
    public void check() {
        List<String> found = new ArrayList<>();
        // With the slash: stage-4 is not stage-41.
        String home = stage.home() + "/";
        ProcessHandle.allProcesses()
                .filter(process -> process.info().commandLine().orElse("").contains(home) || worksBelow(process, home))
                .filter(process -> process.pid() != ProcessHandle.current().pid())
                .forEach(process -> found.add("process " + process.pid() + " " + process.info().commandLine().orElse("")));
        lines(Path.of("/proc/self/mountinfo")).filter(line -> line.contains(home)).forEach(line -> found.add("mount " + line));
        for (String line : Shell.run("ip", "netns", "list").split("\n")) {
            if (line.startsWith("zos" + stage.network().number() + "-")) {
                found.add("namespace " + line);
            }
        }
        for (String line : Shell.run("ip", "-o", "link").split("\n")) {
            if (line.contains(": zos" + stage.network().number() + "m") || line.contains(": zos" + stage.network().number() + "u")) {
                found.add("link " + line);
            }
        }
        found.addAll(controlGroups(stage.home().toString()));
        if (!found.isEmpty()) {
            throw new CliException("left behind:\n  " + String.join("\n  ", found));
        }
    }

    /** PostgreSQL's children hide their command line, but work in its data directory. */
    private static boolean worksBelow(ProcessHandle process, String home) {
        try {
            return (Files.readSymbolicLink(Path.of("/proc", Long.toString(process.pid()), "cwd")) + "/").startsWith(home);
        } catch (IOException goneOrForeign) {
            return false;
        }
    }

    private static List<String> controlGroups(String home) {
        try (Stream<Path> groups = Files.walk(Path.of("/sys/fs/cgroup"), 4)) {
            String mark = "zos-" + Integer.toHexString(home.hashCode());
            return groups.filter(group -> group.getFileName().toString().startsWith(mark)).map(group -> "cgroup " + group).toList();
        } catch (IOException | java.io.UncheckedIOException unreadable) {
            return List.of();
        }
    }

    private static Stream<String> lines(Path file) {
        try {
            return Files.readAllLines(file).stream();
        } catch (IOException unreadable) {
            throw new CliException("cannot read " + file);
        }
    }
}
