package org.zosgrid.tests;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.stream.Stream;
import org.zosgrid.cli.stage.Shell;
import org.zosgrid.cli.stage.Stage;

/** The process of the stage's own control plane, stopped where it is so that it does nothing of what the other is to do; goes on when closed. */
record Frozen(ProcessHandle process) implements AutoCloseable {
    static Frozen controlPlaneOf(Stage stage) throws IOException, InterruptedException {
        Frozen frozen = new Frozen(stage.process("control-plane").running().orElseThrow());
        Path postmaster = stage.home().resolve("control-plane/state/database/data/postmaster.pid");
        ProcessHandle database = ProcessHandle.of(Long.parseLong(Files.readAllLines(postmaster).getFirst().strip())).orElseThrow();
        Instant end = Instant.now().plusSeconds(30);
        frozen.signal("-STOP");
        while (hasOpenTransaction(database)) { // it would keep its locks for as long
            frozen.signal("-CONT");
            assertThat(Instant.now()).as("time to stop the first server between two transactions").isBefore(end);
            Thread.sleep(Duration.ofMillis(50));
            frozen.signal("-STOP");
        }
        return frozen;
    }

    @Override
    public void close() {
        signal("-CONT");
    }

    private void signal(String signal) {
        Shell.run("kill", signal, Long.toString(process.pid()));
    }

    /** PostgreSQL writes what each of its processes does into the name of the process. */
    private static boolean hasOpenTransaction(ProcessHandle database) {
        try (Stream<ProcessHandle> children = database.children()) {
            return children.map(Frozen::title).anyMatch(title -> title.startsWith("postgres: zos zos") && !title.strip().endsWith(" idle"));
        }
    }

    private static String title(ProcessHandle process) {
        try {
            return Files.readString(Path.of("/proc", Long.toString(process.pid()), "cmdline"), StandardCharsets.ISO_8859_1).replace('\0', ' ');
        } catch (IOException gone) {
            return "";
        }
    }
}
