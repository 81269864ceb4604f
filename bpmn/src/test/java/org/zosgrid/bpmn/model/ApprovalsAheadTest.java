package org.zosgrid.bpmn.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.zosgrid.bpmn.ChangeFacts;
import org.zosgrid.bpmn.condition.Subject;

class ApprovalsAheadTest {
    private static final Subject PRODUCTION = subject("production");
    private static final Subject STAGING = subject("staging");

    @Test
    void theBlockIsFoundWhereverItStands() throws RefusedModelException {
        assertThat(checked(Drawings.deployment("acme")).asked(PRODUCTION)).containsExactly(new Asked("quorum", 1));
        assertThat(checked(Drawings.removal("acme")).asked(PRODUCTION)).containsExactly(new Asked("quorum", 1));
        assertThat(checked(Drawings.everything("acme")).asked(STAGING)).as("in a sub-process").containsExactly(new Asked("quorum", 1));
    }

    @Test
    void ofTwoWaysTheOneIsGoneThatTheChangeWillGo() throws RefusedModelException {
        CheckedModel model = checked(twoWays("environment = \"production\""));
        assertThat(model.asked(PRODUCTION)).containsExactly(new Asked("quorum", 3));
        assertThat(model.asked(STAGING)).containsExactly(new Asked("quorum", 1));
    }

    @Test
    void nobodyKnowsHowLongTheProcessWillTake() throws RefusedModelException {
        assertThat(checked(twoWays("environment = \"production\" and age > PT1H")).asked(PRODUCTION)).containsExactlyInAnyOrder(new Asked("quorum", 3), new Asked("quorum", 1));
    }

    @Test
    void nobodyKnowsAtWhichHourItWillBeAsked() throws RefusedModelException {
        assertThat(checked(twoWays("hour >= 20")).asked(PRODUCTION)).containsExactlyInAnyOrder(new Asked("quorum", 3), new Asked("quorum", 1));
    }

    private static Drawing twoWays(String condition) {
        return new Drawing("acme").start("start").block(Block.VERIFY, "verify").on("verify", "invalid").end("not-valid", "INVALID")
                .at("verify").choice("which").when(condition).block(Block.APPROVALS, "strict", "people", "3").on("strict", "*").end("not-strict", "REJECTED")
                .at("strict").choice("merge").at("which").otherwise().block(Block.APPROVALS, "lax").on("lax", "*").end("not-lax", "REJECTED").at("lax").to("merge")
                .at("merge").block(Block.SEAL, "seal").on("seal", "*").end("not-sealed", "INVALID")
                .at("seal").block(Block.PROVISION, "provision").on("provision", "*").block(Block.WITHDRAW, "withdraw").end("undone", "COMPENSATED")
                .at("provision").end("running", "RUNNING");
    }

    private static CheckedModel checked(Drawing drawing) throws RefusedModelException {
        return ModelCheck.ofCustomers(Drawings.SURROUNDINGS).checked(drawing.bytes());
    }

    private static Subject subject(String environment) {
        return new Subject(new ChangeFacts("deployment", environment, false, 1, 64), "shop", 1, Duration.ZERO);
    }
}
