package org.zosgrid.bpmn;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The review of an emergency from its approval on. */
class ReviewTest extends Play {
    @BeforeEach
    void noNodeHasAnythingToDo() {
        ports.facts = new ChangeFacts("review", "production", true, 0, 0);
        ports.nodes = List.of();
    }

    @Test
    void whatAUsualQuorumApprovedIsSealedAndStands() {
        start(ChangeProcesses.REVIEW);
        approved("bob", "carol");
        assertThat(ports.calls).containsExactly("verify", "open approval 2", "seal", "REVIEWED");
        hasEndedWith("REVIEWED");
    }
}
