package org.zosgrid.cli.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.zosgrid.cli.stage.Installation;
import org.zosgrid.cli.stage.Shell;
import org.zosgrid.cli.stage.Stage;
import org.zosgrid.cli.stage.StageNetwork;

/** Asking from a real network namespace (needs root); busybox's web server stands where the gateway would. */
class FirstAnswerTest {
    private static final Duration LIMIT = Duration.ofSeconds(20);

    @TempDir
    Path directory = Path.of("");

    private final int number = (int) (50 + ProcessHandle.current().pid() % 40);

    @BeforeEach
    void internet() throws Exception {
        Shell.run("ip", "netns", "add", stage().network().internet());
        inside("ip", "link", "set", "lo", "up");
        inside("ip", "address", "add", StageNetwork.PUBLIC_GATEWAY + "/32", "dev", "lo");
        Files.writeString(directory.resolve("index.html"), "here\n");
    }

    @AfterEach
    void remove() {
        Shell.run("ip", "netns", "delete", stage().network().internet());
    }

    @Test
    void theFirstPageIsSeenAndNotBefore() throws Exception {
        try (FirstAnswer answer = new FirstAnswer(stage(), "shop.example")) {
            assertThatThrownBy(() -> answer.await(Duration.ofMillis(300))).isInstanceOf(TimeoutException.class);
            long begin = System.nanoTime();
            Process server = new ProcessBuilder(StageNetwork.inside(stage().network().internet(), "busybox", "httpd", "-f", "-p",
                    StageNetwork.PUBLIC_GATEWAY + ":80", "-h", directory.toString())).start();
            try {
                assertThat(answer.await(LIMIT)).isBetween(begin, System.nanoTime());
            } finally {
                server.destroy();
                server.waitFor();
            }
        }
    }

    private Stage stage() {
        return new Stage(directory, new Installation(directory), number);
    }

    private void inside(String... command) {
        StageNetwork.in(stage().network().internet(), command);
    }
}
