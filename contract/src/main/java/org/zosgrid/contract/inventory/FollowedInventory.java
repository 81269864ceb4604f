package org.zosgrid.contract.inventory;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.util.Optional;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * An inventory whose file its operator may replace while the system runs: what stands there counts at the next question. A file that is no inventory, or is
 * away, changes nothing and is told once; what was read before goes on counting. Replace it by a rename: half a file is no inventory. Safe for use by many threads.
 */
public final class FollowedInventory {
    private static final Logger LOG = Logger.getLogger(FollowedInventory.class.getName());

    /** By what a file is known again without reading it. {@code key}: a renamed file has another. */
    private record Mark(FileTime modified, long bytes, @Nullable Object key) {}

    private final Path file;
    private Optional<Mark> read;
    private NodeInventory newest;

    /** @throws RuntimeException if there is no inventory to begin with; the message says why */
    public FollowedInventory(Path file) {
        this.file = file;
        this.read = mark();
        this.newest = NodeInventory.read(file);
    }

    /** What the file says now, or said when it was last an inventory. */
    public synchronized NodeInventory newest() {
        Optional<Mark> now = mark();
        if (!now.equals(read)) {
            read = now;
            try {
                newest = NodeInventory.read(file);
                LOG.info(() -> "the inventory " + file + " lists " + newest.nodes().stream().map(NodeAddress::name).toList());
            } catch (RuntimeException none) {
                LOG.log(Level.WARNING, none, () -> "the inventory " + file + " is not taken; what it said before goes on counting");
            }
        }
        return newest;
    }

    /** The node of that name; an unknown name is a fault that lists the known ones. */
    public NodeAddress node(String name) {
        return newest().node(name);
    }

    private Optional<Mark> mark() {
        try {
            BasicFileAttributes attributes = Files.readAttributes(file, BasicFileAttributes.class);
            return Optional.of(new Mark(attributes.lastModifiedTime(), attributes.size(), attributes.fileKey()));
        } catch (IOException away) {
            return Optional.empty();
        }
    }
}
