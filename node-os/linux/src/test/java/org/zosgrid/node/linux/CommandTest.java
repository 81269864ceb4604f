package org.zosgrid.node.linux;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class CommandTest {
    @Test
    void returnsWhatAToolPrints() {
        assertThat(Command.run("echo", "hello")).isEqualTo("hello\n");
        assertThat(Command.run(List.of("cat"), "from standard input")).isEqualTo("from standard input");
    }

    @Test
    void carriesMoreThanAPipeHoldsInBothDirections() {
        String text = "0123456789abcdef".repeat(64 << 10);
        assertThat(Command.run(List.of("cat"), text)).isEqualTo(text);
    }

    @Test
    void saysCommandExitCodeAndErrorOutput() {
        assertThatThrownBy(() -> Command.run("sh", "-c", "echo the cause >&2; exit 3"))
                .isInstanceOf(LinuxException.Tool.class)
                .hasMessageContaining("sh -c").hasMessageContaining("(3)").hasMessageContaining("the cause");
        assertThat(Command.attempt("sh", "-c", "exit 3").exit()).isEqualTo(3);
    }

    @Test
    void namesAToolThatIsNotThere() {
        assertThatThrownBy(() -> Command.run("no-such-tool-here")).isInstanceOf(LinuxException.Tool.class).hasMessageContaining("no-such-tool-here");
    }

    @Test
    void endsAToolThatTakesTooLong() {
        assertThatThrownBy(() -> Command.attempt(List.of("sleep", "600"), "", Duration.ofMillis(200)))
                .isInstanceOf(LinuxException.Tool.class).hasMessageContaining("did not end");
    }

    @Test
    void doesNotWaitForWhatAToolLeftBehind() {
        // The shell outlives the begin of the reading: what ends before, the JDK drains and closes, and nothing is held open.
        assertThatThrownBy(() -> Command.attempt(List.of("sh", "-c", "sleep 3 & sleep 0.3"), "", Duration.ofMillis(900)))
                .isInstanceOf(LinuxException.Tool.class).hasMessageContaining("holds its output open");
    }

    @Test
    void doesNotMindAToolThatRefusesItsInput() {
        assertThat(Command.attempt(List.of("true"), "x".repeat(1 << 20), Duration.ofSeconds(10)).good()).isTrue();
    }
}
