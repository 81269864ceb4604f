package org.zosgrid.tests;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import org.zosgrid.cli.stage.Stage;
import org.zosgrid.tests.container.ControlPlaneContainer;

/** The console's own tests, in Debian's Chromium, in front of the running control plane. */
final class ConsoleTests {
    private ConsoleTests() {}

    /**
     * Runs them; fails with all that they said.
     *
     * @param script of {@code console/web/package.json}
     * @param settings what they are told of the stage besides its address and keys
     */
    static void run(String script, Map<String, String> settings) throws Exception {
        Stage stage = ControlPlaneContainer.stage();
        ProcessBuilder command = new ProcessBuilder(repository().resolve("console/web/build.sh").toString(), script).redirectErrorStream(true);
        command.environment().put("CONSOLE", stage.controlPlaneAddress().toString());
        command.environment().put("KEYS", stage.cast().keyFile("bob").getParent().toString());
        command.environment().putAll(settings);
        Process tests = command.start();
        String said = new String(tests.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(tests.waitFor()).as(said).isZero();
    }

    /** Where {@code zos} lies. */
    private static Path repository() {
        Path directory = Path.of("").toAbsolutePath();
        while (!Files.exists(directory.resolve("zos")) || !Files.exists(directory.resolve("console"))) {
            directory = Objects.requireNonNull(directory.getParent());
        }
        return directory;
    }
}
