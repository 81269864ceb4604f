package org.zosgrid.cli.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.zosgrid.cli.CliException;
import picocli.CommandLine;

/** How a demonstration is given settings, as one types it. */
class SettingsOptionsTest {
    @TempDir
    Path directory = Path.of("");

    @Test
    void oneOnTheCommandLineComesBeforeTheFileAndPathsStartFromHere() throws IOException {
        Path file = Files.writeString(directory.resolve("more"), "zos.webhooks.attempts=3\nzos.webhooks.first-pause=PT1S\nzos.metrics.token-file=token\n");
        assertThat(given("--settings", file.toString(), "--set", "zos.webhooks.attempts=4", "--set", "zos.webhooks.allow=http://127.0.0.1:9000").given())
                .containsEntry("zos.webhooks.attempts", "4").containsEntry("zos.webhooks.first-pause", "PT1S").containsEntry("zos.webhooks.allow", "http://127.0.0.1:9000")
                .containsEntry("zos.metrics.token-file", Path.of("token").toAbsolutePath().toString()).hasSize(4);
    }

    @Test
    void whatTheStageDecidesIsRefused() {
        assertThatThrownBy(() -> given("--set", "zos.http.port=80").given()).isInstanceOf(CliException.class).hasMessage("zos.http.port: is decided by the stage, and cannot be given to it (is: 80)");
    }

    @Test
    void aFileThatIsNoneIsNamed() throws IOException {
        assertThatThrownBy(() -> given("--settings", directory.toString()).given()).isInstanceOf(CliException.class).hasMessageContaining("--settings: must be a file of lines KEY=VALUE").hasMessageContaining(directory.toString());
        Path binary = Files.write(directory.resolve("binary"), new byte[] {(byte) 0xff, 0});
        assertThatThrownBy(() -> given("--settings", binary.toString()).given()).isInstanceOf(CliException.class).hasMessageContaining(binary.toString());
        assertThatThrownBy(() -> given("--settings", directory.resolve("none").toString()).given()).isInstanceOf(CliException.class).hasMessageContaining("NoSuchFile");
    }

    private static SettingsOptions given(String... arguments) {
        return CommandLine.populateCommand(new SettingsOptions(), arguments);
    }
}
