package org.zosgrid.bpmn;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A change that everybody has approved waits for the time in which it is allowed, and can still be stopped. */
class WindowTest extends Play {
    private static final String SEAL = "seal";

    private void approved(String process) {
        ports.window = Optional.of(Duration.ofMinutes(30));
        start(process);
        approved("bob", "carol");
        assertThat(processes.position(instance)).containsExactly("Wait for the window");
        assertThat(ports.calls).doesNotContain(SEAL);
    }

    @ParameterizedTest
    @ValueSource(strings = {ChangeProcesses.DEPLOY, ChangeProcesses.PAUSE, ChangeProcesses.RESUME, ChangeProcesses.DECOMMISSION, ChangeProcesses.MODEL, ChangeProcesses.SKIP, ChangeProcesses.ADMISSION, ChangeProcesses.RETIREMENT, ChangeProcesses.PROMOTION, ChangeProcesses.REVIEW})
    void itIsSealedWhenTheWindowOpens(String process) {
        approved(process);
        pass(Duration.ofMinutes(29));
        assertThat(ports.calls).doesNotContain(SEAL);
        pass(Duration.ofMinutes(2));
        assertThat(ports.calls).contains(SEAL);
    }

    @ParameterizedTest
    @ValueSource(strings = {ChangeProcesses.DEPLOY, ChangeProcesses.PAUSE, ChangeProcesses.RESUME, ChangeProcesses.DECOMMISSION, ChangeProcesses.MODEL, ChangeProcesses.SKIP, ChangeProcesses.ADMISSION, ChangeProcesses.RETIREMENT, ChangeProcesses.PROMOTION, ChangeProcesses.REVIEW})
    void meanwhileItCanBeRejected(String process) {
        approved(process);
        assertThat(processes.rejected(instance, "dave", "not tonight")).isTrue();
        hasEndedWith("REJECTED: dave: not tonight");
    }

    @ParameterizedTest
    @ValueSource(strings = {ChangeProcesses.DEPLOY, ChangeProcesses.PAUSE, ChangeProcesses.RESUME, ChangeProcesses.DECOMMISSION, ChangeProcesses.MODEL, ChangeProcesses.SKIP, ChangeProcesses.ADMISSION, ChangeProcesses.RETIREMENT, ChangeProcesses.PROMOTION, ChangeProcesses.REVIEW})
    void meanwhileItsAuthorCanTakeItBack(String process) {
        approved(process);
        assertThat(processes.withdrawn(instance, "a mistake")).isTrue();
        hasEndedWith("WITHDRAWN: a mistake");
    }

    @ParameterizedTest
    @ValueSource(strings = {ChangeProcesses.DEPLOY, ChangeProcesses.PAUSE, ChangeProcesses.RESUME, ChangeProcesses.DECOMMISSION, ChangeProcesses.MODEL, ChangeProcesses.SKIP, ChangeProcesses.ADMISSION, ChangeProcesses.RETIREMENT, ChangeProcesses.PROMOTION, ChangeProcesses.REVIEW})
    void withoutAWindowInTimeItExpires(String process) {
        ports.window = Optional.empty();
        start(process);
        approved("bob", "carol");
        pass(Ports.APPROVAL_TIME.plusMinutes(1));
        assertThat(ports.calls).last().asString().startsWith("EXPIRED: it was approved, and no time window opened before ");
        assertThat(Engine.hasEnded(instance)).isTrue();
    }
}
