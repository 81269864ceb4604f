package org.zosgrid.bpmn;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The promotion of an image from its approval on. */
class PromotionTest extends Play {
    @BeforeEach
    void noNodeHasAnythingToDo() {
        ports.facts = new ChangeFacts("promotion", "production", true, 0, 0);
        ports.nodes = List.of();
    }

    @Test
    void whatWasApprovedIsSealedAndCounts() {
        start(ChangeProcesses.PROMOTION);
        approved("bob", "carol");
        assertThat(ports.calls).containsExactly("verify", "open approval 2", "seal", "PROMOTED");
        hasEndedWith("PROMOTED");
    }
}
