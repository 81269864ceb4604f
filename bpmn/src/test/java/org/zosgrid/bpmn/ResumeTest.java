package org.zosgrid.bpmn;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ResumeTest extends Play {
    @BeforeEach
    void aResumption() {
        ports.facts = new ChangeFacts("resume", "production", true, 1, 64);
    }

    private void resuming() {
        start(ChangeProcesses.RESUME);
        approved("bob", "carol");
        ports.calls.clear();
    }

    @Test
    void routesOpenAfterEveryNodeRunsItsPartAgain() {
        resuming();
        answer("compute-1", NodeAnswer.RUNNING, "");
        assertThat(ports.calls).isEmpty();
        answer("gateway-1", NodeAnswer.RUNNING, "");
        assertThat(ports.calls).containsExactly("EXPOSING", "open routes", "RUNNING");
        hasEndedWith("RUNNING");
    }

    @Test
    void aNodeThatFailsMakesEverythingStandStillAgain() {
        resuming();
        answer("compute-1", NodeAnswer.RUNNING, "");
        answer("gateway-1", NodeAnswer.FAILED, "gateway-1: disk: is full");
        assertThat(ports.calls).containsExactly("COMPENSATING: gateway-1: disk: is full", "close routes", "withdraw gateway-1");
        assertThat(processes.nodeAnswered(instance, "gateway-1", NodeAnswer.REMOVED, "")).isFalse();
        answer("gateway-1", NodeAnswer.PAUSED, "");
        answer("compute-1", NodeAnswer.PAUSED, "");
        hasEndedWith("COMPENSATED: gateway-1: disk: is full");
    }

    @Test
    void nodesAndGatewaysThatAreAwayAreWaitedFor() {
        ports.away("send compute-1", "compute-1: timed out");
        ports.away("open routes", "gateway-1: timed out");
        resuming();
        answer("gateway-1", NodeAnswer.RUNNING, "");
        ports.back("send compute-1");
        retryPause();
        answer("compute-1", NodeAnswer.RUNNING, "");
        ports.back("open routes");
        retryPause();
        hasEndedWith("RUNNING");
    }

    @Test
    void nodesThatAreSilentForTooLongAreNamedAndEverythingStandsStill() {
        ports.knowNothing.add("gateway-1");
        resuming();
        answer("compute-1", NodeAnswer.RUNNING, "");
        pass(TIMING.provisioningPatience());
        answer("compute-1", NodeAnswer.PAUSED, "");
        hasEndedWith("COMPENSATED: not done within PT5M; no answer from gateway-1");
    }

    @Test
    void whatOneNodeRefusesStandsStillAgainWhateverTheOthersSayOfIt() {
        resuming();
        answer("compute-1", NodeAnswer.REFUSED, "compute-1: not-paused");
        answer("gateway-1", NodeAnswer.REFUSED, "");
        answer("compute-1", NodeAnswer.FAILED, "");
        hasEndedWith("COMPENSATED: compute-1: not-paused");
    }

    @Test
    void whoIsAwayWhileEverythingComesToRestIsWaitedFor() {
        resuming();
        ports.away("close routes", "gateway-1: timed out");
        ports.away("withdraw gateway-1", "gateway-1: timed out");
        answer("compute-1", NodeAnswer.FAILED, "compute-1: image: is damaged");
        retryPause();
        ports.back("close routes");
        retryPause();
        assertThat(processes.position(instance)).containsExactly("Try again");
        ports.back("withdraw gateway-1");
        retryPause();
        answer("gateway-1", NodeAnswer.PAUSED, "");
        answer("compute-1", NodeAnswer.PAUSED, "");
        hasEndedWith("COMPENSATED: compute-1: image: is damaged");
    }
}
