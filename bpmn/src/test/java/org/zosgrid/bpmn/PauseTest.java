package org.zosgrid.bpmn;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class PauseTest extends Play {
    @BeforeEach
    void aPause() {
        ports.facts = new ChangeFacts("pause", "production", false, 1, 64);
    }

    private void pausing() {
        start(ChangeProcesses.PAUSE);
        approved("bob", "carol");
        ports.calls.clear();
    }

    @Test
    void routesCloseFirstAndThenEveryNodeBringsItsPartToRest() {
        start(ChangeProcesses.PAUSE);
        approved("bob", "carol");
        assertThat(ports.calls.subList(0, 5)).containsExactly("verify", "open approval 2", "seal", "PAUSING", "close routes");
        assertThat(ports.calls.subList(5, ports.calls.size())).containsExactlyInAnyOrder("send compute-1", "send gateway-1");
        assertThat(processes.position(instance)).containsExactly("Wait for the node");
        assertThat(processes.nodeAnswered(instance, "compute-1", NodeAnswer.RUNNING, "")).isFalse();
        answer("compute-1", NodeAnswer.PAUSED, "");
        answer("gateway-1", NodeAnswer.PAUSED, "");
        hasEndedWith("PAUSED");
    }

    @Test
    void aNodeThatRefusesEndsItWithTheReason() {
        pausing();
        answer("gateway-1", NodeAnswer.REFUSED, "gateway-1: version: must be 4");
        assertThat(ports.calls).containsExactly("FAILED: gateway-1: version: must be 4");
        hasEndedWith("FAILED: gateway-1: version: must be 4");
    }

    @Test
    void aNodeThatFailsEndsItWithTheReason() {
        pausing();
        answer("compute-1", NodeAnswer.PAUSED, "");
        answer("gateway-1", NodeAnswer.FAILED, "gateway-1: disk: is full");
        hasEndedWith("FAILED: gateway-1: disk: is full");
    }

    @Test
    void nodesThatAreSilentForTooLongAreNamed() {
        pausing();
        answer("compute-1", NodeAnswer.PAUSED, "");
        pass(TIMING.provisioningPatience());
        hasEndedWith("FAILED: not done within PT5M; no answer from gateway-1");
    }

    @Test
    void nodesAndGatewaysThatAreAwayAreWaitedFor() {
        ports.away("close routes", "gateway-1: timed out");
        ports.away("send compute-1", "compute-1: timed out");
        start(ChangeProcesses.PAUSE);
        approved("bob", "carol");
        assertThat(processes.position(instance)).containsExactly("Try again");
        ports.back("close routes");
        retryPause();
        answer("gateway-1", NodeAnswer.PAUSED, "");
        ports.back("send compute-1");
        retryPause();
        answer("compute-1", NodeAnswer.PAUSED, "");
        hasEndedWith("PAUSED");
    }

    @Test
    void peopleMayStillSayNo() {
        start(ChangeProcesses.PAUSE);
        assertThat(processes.rejected(instance, "dave", "we need it")).isTrue();
        hasEndedWith("REJECTED: dave: we need it");
    }
}
