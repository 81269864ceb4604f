package org.zosgrid.workloads.node;

import jakarta.annotation.PostConstruct;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Set;
import java.util.TreeSet;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.zosgrid.contract.inventory.FollowedInventory;
import org.zosgrid.contract.inventory.NodeAddress;
import org.zosgrid.contract.inventory.NodeInventory;

/** The inventory's file, {@code zos.inventory}: the adapters follow it, and so does what is written here. */
@ApplicationScoped
public class Inventory {
    @Inject
    @ConfigProperty(name = "zos.inventory")
    private String configured;

    private Path file = Path.of("");
    private FollowedInventory followed;

    @PostConstruct
    void open() {
        file = Path.of(configured).toAbsolutePath();
        followed = new FollowedInventory(file);
    }

    /** What it says now. */
    public NodeInventory newest() {
        return followed.newest();
    }

    /** Names of the nodes that can be reached. */
    public Set<String> names() {
        Set<String> names = new TreeSet<>();
        newest().nodes().stream().map(NodeAddress::name).forEach(names::add);
        return names;
    }

    /** Replaces the file by a rename: nobody reads half of it. */
    public void replace(NodeInventory next) {
        try {
            Path temporary = Files.createTempFile(file.getParent(), ".nodes", ".json");
            try {
                Files.write(temporary, next.toJson());
                if (Files.exists(file)) {
                    Files.setPosixFilePermissions(temporary, Files.getPosixFilePermissions(file));
                }
                Files.move(temporary, file, StandardCopyOption.ATOMIC_MOVE);
            } finally {
                Files.deleteIfExists(temporary);
            }
        } catch (IOException unwritable) {
            throw new UncheckedIOException("the inventory " + file + " cannot be replaced: its directory must be writable for the control plane", unwritable);
        }
    }
}
