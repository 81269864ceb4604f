package org.zosgrid.bpmn;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The skip of a stuck step from its approval on. */
class SkipTest extends Play {
    @BeforeEach
    void noNodeHasAnythingToDo() {
        ports.facts = new ChangeFacts("skip", "production", true, 0, 0);
        ports.nodes = List.of();
    }

    @Test
    void whatWasApprovedIsSealedAndThenPassedOver() {
        start(ChangeProcesses.SKIP);
        approved("bob", "carol");
        assertThat(ports.calls).containsExactly("verify", "open approval 2", "seal", "skip", "DONE");
        hasEndedWith("DONE");
    }

    @Test
    void whatIsNotStuckAnyMoreEndsWithTheReason() {
        ports.refusals.put("skip", new InvalidChangeException("step: shop:3:send:compute-1 is not stuck any more"));
        start(ChangeProcesses.SKIP);
        approved("bob", "carol");
        hasEndedWith("FAILED: step: shop:3:send:compute-1 is not stuck any more");
    }
}
