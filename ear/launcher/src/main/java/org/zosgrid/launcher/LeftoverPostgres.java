package org.zosgrid.launcher;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.logging.Logger;

/**
 * What a control plane that was killed leaves behind: a postmaster that still serves the data directory, or only its {@code postmaster.pid}, whose
 * number may meanwhile belong to another program.
 */
record LeftoverPostgres(Path data) {
    private static final Logger LOG = Logger.getLogger(LeftoverPostgres.class.getName());
    /** A smart shutdown has nobody to wait for, since its clients died with the last control plane. */
    private static final int PATIENCE_SECONDS = 15;

    static LeftoverPostgres in(Path data) {
        return new LeftoverPostgres(data);
    }

    void end() throws IOException {
        Path pidFile = data.resolve("postmaster.pid");
        Optional<ProcessHandle> owner = firstLine(pidFile).filter(line -> line.matches("\\d{1,10}")).map(Long::parseLong)
            .flatMap(ProcessHandle::of).filter(this::servesThisDirectory);
        if (owner.isPresent()) {
            LOG.info("ending PostgreSQL process " + owner.get().pid() + ", which an earlier run left on " + data);
            stop(owner.get());
        }
        Files.deleteIfExists(pidFile);
    }

    private boolean servesThisDirectory(ProcessHandle process) {
        try {
            // The postmaster changes its title only for children, so its own command line still names the directory.
            String commandLine = Files.readString(Path.of("/proc", Long.toString(process.pid()), "cmdline"), StandardCharsets.ISO_8859_1);
            return commandLine.contains("postgres") && commandLine.contains(data.toString());
        } catch (IOException gone) {
            return false;
        }
    }

    private void stop(ProcessHandle process) {
        process.destroy();
        if (!ended(process)) {
            process.destroyForcibly(); // its children notice, and the write-ahead log repairs the rest
            if (!ended(process)) {
                throw new StartException("PostgreSQL process " + process.pid() + " from an earlier run still serves " + data + " and does not end");
            }
        }
    }

    private static boolean ended(ProcessHandle process) {
        try {
            process.onExit().get(PATIENCE_SECONDS, TimeUnit.SECONDS);
            return true;
        } catch (TimeoutException | ExecutionException still) {
            return false;
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private static Optional<String> firstLine(Path file) throws IOException {
        try (var lines = Files.lines(file)) {
            return lines.findFirst().map(String::strip);
        } catch (NoSuchFileException none) {
            return Optional.empty();
        }
    }
}
