package org.zosgrid.bpmn;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A customer's model from its approval on. */
class ModelTest extends Play {
    @BeforeEach
    void noNodeHasAnythingToDo() {
        ports.facts = new ChangeFacts("model", "production", true, 0, 0);
        ports.nodes = List.of();
    }

    @Test
    void whatWasApprovedIsSealedAndThenPutInForce() {
        start(ChangeProcesses.MODEL);
        approved("bob", "carol");
        assertThat(ports.calls).containsExactly("verify", "open approval 2", "seal", "put in force", "IN_FORCE");
        hasEndedWith("IN_FORCE");
    }

    @Test
    void aModelIsTakenOutOfForce() {
        ports.inForce = false;
        start(ChangeProcesses.MODEL);
        approved("bob", "carol");
        assertThat(ports.calls).containsExactly("verify", "open approval 2", "seal", "put in force", "DONE");
    }

    @Test
    void whatIsNotValidAnyMoreWhenItIsSealedEndsWithTheReason() {
        ports.refusals.put("put in force", new InvalidChangeException("call: there is no webhook 'audit' any more"));
        start(ChangeProcesses.MODEL);
        approved("bob", "carol");
        hasEndedWith("FAILED: call: there is no webhook 'audit' any more");
    }
}
