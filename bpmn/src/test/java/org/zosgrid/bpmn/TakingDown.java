package org.zosgrid.bpmn;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What bringing a deployment to rest and removing it have in common: routes close, then every node does its part, and nothing is undone. */
abstract class TakingDown extends Play {
    private final String process;
    private final ChangeFacts facts;
    private final Outcome.Stage underWay;
    private final NodeAnswer done;
    private final Outcome.Stage end;

    TakingDown(String process, ChangeFacts facts, Outcome.Stage underWay, NodeAnswer done, Outcome.Stage end) {
        this.process = process;
        this.facts = facts;
        this.underWay = underWay;
        this.done = done;
        this.end = end;
    }

    @BeforeEach
    void itIsAbout() {
        ports.facts = facts;
    }

    private void sealed() {
        start(process);
        approved("bob", "carol");
        ports.calls.clear();
    }

    @Test
    void routesCloseFirstAndThenEveryNodeDoesItsPart() {
        start(process);
        approved("bob", "carol");
        assertThat(ports.calls.subList(0, 5)).containsExactly("verify", "open approval 2", "seal", underWay.toString(), "close routes");
        assertThat(ports.calls.subList(5, ports.calls.size())).containsExactlyInAnyOrder("send compute-1", "send gateway-1");
        assertThat(processes.position(instance)).containsExactly("Wait for the node");
        assertThat(processes.nodeAnswered(instance, "compute-1", NodeAnswer.RUNNING, "")).isFalse();
        answer("compute-1", done, "");
        answer("gateway-1", done, "");
        hasEndedWith(end.toString());
    }

    @Test
    void aNodeThatRefusesEndsItWithTheReason() {
        sealed();
        answer("gateway-1", NodeAnswer.REFUSED, "gateway-1: version: must be 4");
        assertThat(ports.calls).containsExactly("FAILED: gateway-1: version: must be 4");
        hasEndedWith("FAILED: gateway-1: version: must be 4");
    }

    @Test
    void aNodeThatFailsEndsItWithTheReason() {
        sealed();
        answer("compute-1", done, "");
        answer("gateway-1", NodeAnswer.FAILED, "gateway-1: disk: is full");
        hasEndedWith("FAILED: gateway-1: disk: is full");
    }

    @Test
    void nodesThatAreSilentForTooLongAreNamed() {
        sealed();
        answer("compute-1", done, "");
        pass(TIMING.provisioningPatience());
        hasEndedWith("FAILED: not done within PT5M; no answer from gateway-1");
    }

    @Test
    void nodesAndGatewaysThatAreAwayAreWaitedFor() {
        ports.away("close routes", "gateway-1: timed out");
        ports.away("send compute-1", "compute-1: timed out");
        start(process);
        approved("bob", "carol");
        assertThat(processes.position(instance)).containsExactly("Try again");
        ports.back("close routes");
        retryPause();
        answer("gateway-1", done, "");
        ports.back("send compute-1");
        retryPause();
        answer("compute-1", done, "");
        hasEndedWith(end.toString());
    }

    @Test
    void peopleMayStillSayNo() {
        start(process);
        assertThat(processes.rejected(instance, "dave", "we need it")).isTrue();
        hasEndedWith("REJECTED: dave: we need it");
    }
}
