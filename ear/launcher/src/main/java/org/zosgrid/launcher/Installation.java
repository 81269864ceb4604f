package org.zosgrid.launcher;

import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The folder that the build assembles: {@code lib/}, {@code ledger-store/}, {@code rars/}, {@code control-plane.ear}. */
public record Installation(Path folder) {
    /** The folder above the jar that is running. */
    static Installation ofRunningProgram() {
        try {
            Path jar = Path.of(ControlPlane.class.getProtectionDomain().getCodeSource().getLocation().toURI());
            return new Installation(jar.getParent().getParent());
        } catch (URISyntaxException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    Path application() {
        return existing(folder.resolve("control-plane.ear"));
    }

    Path adapter(String name) {
        return existing(folder.resolve("rars").resolve(name + ".rar"));
    }

    /** The jars of the ledger's store. */
    Path ledgerStore() {
        Path jars = folder.resolve("ledger-store");
        existing(jars.resolve("ledger-store.jar"));
        return jars;
    }

    private static Path existing(Path file) {
        if (!Files.isRegularFile(file)) {
            throw new StartException("the installation is incomplete: " + file + " is missing");
        }
        return file;
    }
}
