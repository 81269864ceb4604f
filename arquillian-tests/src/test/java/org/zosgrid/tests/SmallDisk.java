package org.zosgrid.tests;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import org.zosgrid.cli.stage.Shell;

/** A file system of a few MiB in the place of a node's directory, with its content, while the node is made to run on it. */
final class SmallDisk implements AutoCloseable {
    private static final int MIB = 16;

    private final Path directory;
    private final Path aside;
    private final Runnable stop;
    private final Runnable start;

    private SmallDisk(Path directory, Runnable stop, Runnable start) {
        this.directory = directory;
        this.aside = directory.resolveSibling(directory.getFileName() + ".aside");
        this.stop = stop;
        this.start = start;
    }

    /** Stops the node, puts the small file system below it, and starts it again. */
    static SmallDisk under(Path directory, Runnable stop, Runnable start) {
        SmallDisk disk = new SmallDisk(directory, stop, start);
        stop.run();
        Shell.run("cp", "-a", directory.toString(), disk.aside.toString());
        Shell.run("mount", "-t", "tmpfs", "-o", "size=" + MIB + "m", "small-disk", directory.toString());
        Shell.run("cp", "-a", disk.aside + "/.", directory.toString());
        start.run();
        return disk;
    }

    /** Leaves no block free. */
    void fill() throws IOException {
        try (OutputStream filler = Files.newOutputStream(filler())) {
            byte[] block = new byte[4096];
            for (int i = 0; i < MIB * 256; i++) {
                filler.write(block);
            }
        } catch (IOException full) {
            return;
        }
        throw new AssertionError("a disk of " + MIB + " MiB took more than it can hold");
    }

    void free() throws IOException {
        Files.delete(filler());
    }

    private Path filler() {
        return directory.resolve("filler");
    }

    /** What the node wrote meanwhile is put back where it was. */
    @Override
    public void close() throws IOException {
        stop.run();
        Files.deleteIfExists(filler());
        Shell.run("rm", "-rf", aside.toString());
        Shell.run("cp", "-a", directory.toString(), aside.toString());
        Shell.run("umount", directory.toString());
        Shell.run("rm", "-rf", directory.toString());
        Shell.run("mv", aside.toString(), directory.toString());
        start.run();
    }
}
