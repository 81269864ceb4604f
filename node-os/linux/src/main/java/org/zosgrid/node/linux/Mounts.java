package org.zosgrid.node.linux;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The mount table of this process, from /proc/self/mountinfo. */
public final class Mounts {
    /** One mount: where it is and what kind of file system. */
    public record Mounted(Path target, String type) {}

    private Mounts() {}

    /** Every mount at or below a directory, the deepest (newest) last. */
    public static List<Mounted> below(Path directory) {
        List<Mounted> mounts = new ArrayList<>();
        try {
            for (String line : Files.readAllLines(Path.of("/proc/self/mountinfo"))) {
                String[] part = line.split(" ");
                Path target = Path.of(unescape(part[4]));
                if (target.startsWith(directory)) {
                    int dash = List.of(part).indexOf("-");
                    mounts.add(new Mounted(target, part[dash + 1]));
                }
            }
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
        return mounts;
    }

    /**
     * Whether a file system is mounted exactly here. Where it is of another device than the directory around it, which is seen without reading the table, it is: the
     * table has a line for each mount on the machine.
     */
    public static boolean isMounted(Path target) {
        try {
            Path parent = target.toAbsolutePath().getParent();
            if (parent != null && !Files.getAttribute(target, "unix:dev").equals(Files.getAttribute(parent, "unix:dev"))) {
                return true;
            }
        } catch (IOException gone) {
            // or a file system whose server has died: the table knows
        }
        return below(target).stream().anyMatch(mount -> mount.target().equals(target));
    }

    private static String unescape(String text) {
        return text.replace("\\040", " ").replace("\\011", "\t").replace("\\012", "\n").replace("\\134", "\\");
    }
}
