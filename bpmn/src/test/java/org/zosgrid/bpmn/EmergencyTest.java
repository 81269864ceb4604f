package org.zosgrid.bpmn;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A deployment that cannot wait: no decision table is asked and no window waited for; all the rest is as with any deployment. */
class EmergencyTest extends Play {
    private void provisioning() {
        start(ChangeProcesses.EMERGENCY);
        approved("bob");
        assertThat(processes.position(instance)).containsExactly("Wait for the node");
        ports.calls.clear();
    }

    @Test
    void onePersonIsEnoughWhateverTheTableSays() {
        ports.facts = new ChangeFacts("deployment", "production", true, 17, 70_000);
        start(ChangeProcesses.EMERGENCY);
        assertThat(ports.calls).containsExactly("verify", "open approval 1");
        approved("bob");
        answer("compute-1", NodeAnswer.RUNNING, "");
        answer("gateway-1", NodeAnswer.RUNNING, "");
        assertThat(ports.calls.subList(0, 4)).containsExactly("verify", "open approval 1", "seal", "PROVISIONING");
        hasEndedWith("RUNNING");
    }

    @Test
    void theTrustRootsRuleMayAskForMore() {
        ports.floor = 2;
        start(ChangeProcesses.EMERGENCY);
        approved("bob");
        assertThat(ports.calls).doesNotContain("seal");
        approved("carol");
        assertThat(ports.calls).contains("seal");
    }

    @Test
    void noWindowIsWaitedFor() {
        ports.window = java.util.Optional.empty();
        start(ChangeProcesses.EMERGENCY);
        approved("bob");
        assertThat(ports.calls).contains("seal");
    }

    @Test
    void approversAreRemindedOnceAndThenItExpires() {
        start(ChangeProcesses.EMERGENCY);
        pass(Ports.APPROVAL_TIME.dividedBy(2));
        assertThat(ports.calls).containsOnlyOnce("remind");
        pass(Ports.APPROVAL_TIME.dividedBy(2));
        assertThat(ports.calls.getLast()).startsWith("EXPIRED: fewer than 1 people had approved it by 20");
        hasEndedWith(ports.calls.getLast());
    }

    @Test
    void itIsRejectedWithdrawnOrInvalidLikeAny() {
        start(ChangeProcesses.EMERGENCY);
        assertThat(processes.rejected(instance, "dave", "not urgent")).isTrue();
        hasEndedWith("REJECTED: dave: not urgent");
        start(ChangeProcesses.EMERGENCY);
        assertThat(processes.withdrawn(instance, "a mistake")).isTrue();
        hasEndedWith("WITHDRAWN: a mistake");
        ports.refusals.put("open approval 1", new InvalidChangeException("approvals: out of reach"));
        start(ChangeProcesses.EMERGENCY);
        hasEndedWith("INVALID: approvals: out of reach");
        ports.refusals.put("verify", new InvalidChangeException("emergency: the trust root knows none"));
        start(ChangeProcesses.EMERGENCY);
        hasEndedWith("INVALID: emergency: the trust root knows none");
    }

    @Test
    void approvalsThatAreNotEnoughAndSignaturesThatDoNotCountEndIt() {
        start(ChangeProcesses.EMERGENCY);
        for (String person : ports.people) {
            assertThat(processes.approved(instance, person, List.of("1 person of security must have approved (0 did)"))).isTrue();
        }
        hasEndedWith("INVALID: everybody who may approve it has, and that is not enough: 1 person of security must have approved (0 did)");
        start(ChangeProcesses.EMERGENCY);
        ports.refusals.put("seal", new InvalidChangeException("emergency-not-allowed: it ended"));
        approved("bob");
        hasEndedWith("INVALID: emergency-not-allowed: it ended");
    }

    @Test
    void aHubThatIsAwayIsWaitedForButNotForEver() {
        ports.away("verify", "hub: connection refused");
        start(ChangeProcesses.EMERGENCY);
        retryPause();
        pass(TIMING.verificationPatience());
        hasEndedWith("INVALID: the hub was away for too long: hub: connection refused");
    }

    @Test
    void nodesAndGatewaysThatAreAwayAreWaitedFor() {
        ports.away("send compute-1", "compute-1: timed out");
        ports.away("open routes", "gateway-1: timed out");
        start(ChangeProcesses.EMERGENCY);
        approved("bob");
        answer("gateway-1", NodeAnswer.RUNNING, "");
        ports.back("send compute-1");
        retryPause();
        answer("compute-1", NodeAnswer.RUNNING, "");
        ports.back("open routes");
        retryPause();
        hasEndedWith("RUNNING");
    }

    @Test
    void whatIsOverBeforeItRunsEverywhereIsTakenBack() {
        provisioning();
        answer("gateway-1", NodeAnswer.RUNNING, "");
        answer("compute-1", NodeAnswer.FAILED, "compute-1: emergency-over: the emergency ended");
        answer("gateway-1", NodeAnswer.REFUSED, "gateway-1: nothing-to-remove");
        answer("compute-1", NodeAnswer.REMOVED, "");
        hasEndedWith("COMPENSATED: compute-1: emergency-over: the emergency ended");
    }

    @Test
    void whatANodeRefusesIsTakenBackHoweverLongThatTakes() {
        provisioning();
        ports.knowNothing.add("compute-1");
        ports.away("close routes", "gateway-1: timed out");
        ports.away("withdraw gateway-1", "gateway-1: timed out");
        answer("compute-1", NodeAnswer.REFUSED, "compute-1: emergency-not-allowed");
        pass(Duration.ofDays(1));
        ports.back("close routes");
        retryPause();
        ports.back("withdraw gateway-1");
        retryPause();
        answer("gateway-1", NodeAnswer.FAILED, "gateway-1: cannot unmount");
        hasEndedWith("COMPENSATED: compute-1: emergency-not-allowed");
    }

    @Test
    void silenceAndAnOperatorEndItToo() {
        provisioning();
        pass(TIMING.provisioningPatience());
        assertThat(ports.calls).contains("COMPENSATING: not done within PT5M; no answer from compute-1, gateway-1");
        answer("gateway-1", NodeAnswer.REMOVED, "");
        answer("compute-1", NodeAnswer.REMOVED, "");
        provisioning();
        assertThat(processes.undone(instance, "root: wrong image")).isTrue();
        Engine.runDueJobs(instance);
        answer("gateway-1", NodeAnswer.REMOVED, "");
        answer("compute-1", NodeAnswer.REMOVED, "");
        hasEndedWith("COMPENSATED: root: wrong image");
    }
}
