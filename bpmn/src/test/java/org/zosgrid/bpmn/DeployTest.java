package org.zosgrid.bpmn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.camunda.bpm.engine.runtime.ProcessInstance;
import org.junit.jupiter.api.Test;

class DeployTest extends Play {
    private static final Duration BLINK = Duration.ofMillis(1);

    private void provisioning() {
        start(ChangeProcesses.DEPLOY);
        approved("bob", "carol");
        assertThat(processes.position(instance)).containsExactly("Wait for the node");
        ports.calls.clear();
    }

    @Test
    void aDeploymentThatEverybodyWantsRuns() {
        start(ChangeProcesses.DEPLOY);
        ProcessInstance started = Engine.engine().getRuntimeService().createProcessInstanceQuery().processInstanceId(instance).singleResult();
        assertThat(started.getBusinessKey()).isEqualTo("shop:3");
        assertThat(processes.position(instance)).containsExactly("Approve");
        assertThat(processes.openSeats(instance)).containsExactly("bob", "carol", "dave");
        assertThat(processes.instancesWaitingFor("carol")).contains(instance);
        approved("carol");
        assertThat(processes.instancesWaitingFor("carol")).doesNotContain(instance);
        assertThat(processes.openSeats(instance)).containsExactly("bob", "dave");
        assertThat(processes.openSeats(Set.of(instance, "none"))).isEqualTo(Map.of(instance, List.of("bob", "dave")));
        assertThat(processes.openSeats(Set.of())).isEmpty();
        approved("bob");
        assertThat(processes.openSeats(instance)).isEmpty();
        answer("compute-1", NodeAnswer.RUNNING, "");
        answer("gateway-1", NodeAnswer.RUNNING, "");
        assertThat(ports.calls.subList(0, 4)).containsExactly("verify", "open approval 2", "seal", "PROVISIONING");
        assertThat(ports.calls.subList(4, 6)).containsExactlyInAnyOrder("send compute-1", "send gateway-1");
        assertThat(ports.calls.subList(6, ports.calls.size())).containsExactly("EXPOSING", "open routes", "RUNNING");
        hasEndedWith("RUNNING");
    }

    @Test
    void submittingReturnsBeforeTheFirstStep() {
        instance = processes.start(ChangeProcesses.DEPLOY, 7, "shop", 3);
        assertThat(ports.calls).isEmpty();
        assertThat(processes.position(instance)).containsExactly("Verify");
    }

    @Test
    void sealingBelongsToTheTransactionOfTheLastApproval() {
        start(ChangeProcesses.DEPLOY);
        assertThat(processes.approved(instance, "bob", List.of())).isTrue();
        assertThat(ports.calls).doesNotContain("seal");
        assertThat(processes.approved(instance, "carol", List.of())).isTrue();
        assertThat(ports.calls).endsWith("seal", "PROVISIONING");
        assertThat(processes.position(instance)).containsExactly("Send contract");
    }

    @Test
    void aFaultWhileSealingLeavesTheLastApprovalUngiven() {
        start(ChangeProcesses.DEPLOY);
        approved("bob");
        ports.refusals.put("seal", new IllegalStateException("the ledger is full"));
        assertThatThrownBy(() -> processes.approved(instance, "carol", List.of())).hasMessageContaining("the ledger is full");
        assertThat(processes.openSeats(instance)).containsExactly("carol", "dave");
        ports.refusals.clear();
        approved("carol");
        assertThat(processes.position(instance)).containsExactly("Wait for the node");
    }

    @Test
    void approvalsThatSatisfyNoRuleAreNotEnoughHoweverMany() {
        start(ChangeProcesses.DEPLOY);
        assertThat(processes.approved(instance, "bob", List.of("somebody of security must have approved"))).isTrue();
        assertThat(processes.approved(instance, "carol", List.of("somebody of security must have approved"))).isTrue();
        assertThat(processes.position(instance)).containsExactly("Approve");
        assertThat(processes.approved(instance, "dave", List.of())).isTrue();
        assertThat(ports.calls).endsWith("seal", "PROVISIONING");
    }

    @Test
    void aPersonHasOneSeatAndOthersHaveNone() {
        start(ChangeProcesses.DEPLOY);
        approved("bob");
        assertThat(processes.approved(instance, "bob", List.of())).isFalse();
        assertThat(processes.approved(instance, "mallory", List.of())).isFalse();
        assertThat(processes.position(instance)).containsExactly("Approve");
    }

    @Test
    void theFloorHoldsHoweverLittleTheTableDemands() {
        ports.facts = new ChangeFacts("deployment", "development", false, 1, 64);
        ports.floor = 3;
        start(ChangeProcesses.DEPLOY);
        assertThat(ports.calls).endsWith("open approval 1");
        approved("bob", "carol");
        assertThat(ports.calls).doesNotContain("seal");
        approved("dave");
        assertThat(ports.calls).contains("seal");
    }

    @Test
    void theTableMayDemandMoreThanTheFloor() {
        ports.facts = new ChangeFacts("deployment", "production", false, 17, 64);
        start(ChangeProcesses.DEPLOY);
        approved("bob", "carol");
        assertThat(ports.calls).doesNotContain("seal");
        approved("dave");
        assertThat(ports.calls).contains("seal");
    }

    @Test
    void oneNoIsEnough() {
        start(ChangeProcesses.DEPLOY);
        approved("bob");
        assertThat(processes.rejected(instance, "carol", "not on a Friday")).isTrue();
        hasEndedWith("REJECTED: carol: not on a Friday");
        assertThat(processes.rejected(instance, "dave", "too late")).isFalse();
        assertThat(processes.approved(instance, "dave", List.of())).isFalse();
    }

    @Test
    void theAuthorTakesItBack() {
        start(ChangeProcesses.DEPLOY);
        assertThat(processes.withdrawn(instance, "wrong image")).isTrue();
        hasEndedWith("WITHDRAWN: wrong image");
    }

    @Test
    void onceSealedNobodyTakesItBackByAWord() {
        provisioning();
        assertThat(processes.withdrawn(instance, "wrong image")).isFalse();
        assertThat(processes.rejected(instance, "dave", "late")).isFalse();
        assertThat(processes.approved(instance, "dave", List.of())).isFalse();
        assertThat(ports.calls).isEmpty();
    }

    @Test
    void approversAreRemindedOnceAndThenItExpires() {
        start(ChangeProcesses.DEPLOY);
        pass(Ports.APPROVAL_TIME.dividedBy(2).minus(BLINK));
        assertThat(ports.calls).doesNotContain("remind");
        pass(BLINK);
        assertThat(ports.calls).containsOnlyOnce("remind");
        assertThat(processes.position(instance)).containsExactly("Approve");
        pass(Ports.APPROVAL_TIME.dividedBy(2).minus(BLINK));
        assertThat(Engine.hasEnded(instance)).isFalse();
        pass(BLINK);
        assertThat(ports.calls).containsOnlyOnce("remind");
        assertThat(ports.calls.getLast()).startsWith("EXPIRED: fewer than 2 people had approved it by 20");
        hasEndedWith(ports.calls.getLast());
    }

    @Test
    void anInvalidChangeIsGivenBackBeforeAnybodyIsAsked() {
        ports.refusals.put("verify", new InvalidChangeException("machines[0].node: must be a node (is: moon)"));
        start(ChangeProcesses.DEPLOY);
        assertThat(ports.calls).containsExactly("verify", "INVALID: machines[0].node: must be a node (is: moon)");
        hasEndedWith(ports.calls.getLast());
    }

    @Test
    void tooFewPeopleToAskIsInvalid() {
        ports.refusals.put("open approval 2", new InvalidChangeException("approvals: 2 people must approve it"));
        start(ChangeProcesses.DEPLOY);
        hasEndedWith("INVALID: approvals: 2 people must approve it");
    }

    @Test
    void signaturesThatDoNotCountAreNotSealed() {
        start(ChangeProcesses.DEPLOY);
        ports.refusals.put("seal", new InvalidChangeException("expires: lies in the past"));
        approved("bob", "carol");
        hasEndedWith("INVALID: expires: lies in the past");
    }

    @Test
    void aHubThatIsAwayIsWaitedFor() {
        ports.away("verify", "hub: connection refused");
        start(ChangeProcesses.DEPLOY);
        assertThat(processes.position(instance)).containsExactly("Try again");
        retryPause();
        assertThat(ports.calls).containsExactly("verify", "verify");
        ports.back("verify");
        retryPause();
        assertThat(processes.position(instance)).containsExactly("Approve");
        approved("bob", "carol");
        answer("gateway-1", NodeAnswer.RUNNING, "");
        answer("compute-1", NodeAnswer.RUNNING, "");
        hasEndedWith("RUNNING");
    }

    @Test
    void aHubThatIsAwayForTooLongEndsIt() {
        ports.away("verify", "hub: connection refused");
        start(ChangeProcesses.DEPLOY);
        pass(TIMING.verificationPatience());
        hasEndedWith("INVALID: the hub was away for too long: hub: connection refused");
    }

    @Test
    void aFaultOfTheProgramIsTriedAgainByTheEngine() {
        ports.refusals.put("verify", new IllegalStateException("out of luck"));
        start(ChangeProcesses.DEPLOY);
        assertThat(processes.position(instance)).containsExactly("Verify");
        ports.refusals.clear();
        pass(Duration.ofSeconds(10));
        assertThat(processes.position(instance)).containsExactly("Approve");
    }

    @Test
    void aNodeThatIsAwayIsWaitedFor() {
        ports.away("send gateway-1", "gateway-1: no route to host");
        start(ChangeProcesses.DEPLOY);
        approved("bob", "carol");
        assertThat(processes.position(instance)).containsExactly("Try again", "Wait for the node");
        assertThat(processes.nodeAnswered(instance, "gateway-1", NodeAnswer.RUNNING, "")).isFalse();
        answer("compute-1", NodeAnswer.RUNNING, "");
        retryPause();
        assertThat(processes.position(instance)).containsExactly("Try again");
        ports.back("send gateway-1");
        retryPause();
        answer("gateway-1", NodeAnswer.RUNNING, "");
        assertThat(ports.calls.stream().filter("send compute-1"::equals)).hasSize(1);
        assertThat(ports.calls.stream().filter("send gateway-1"::equals)).hasSize(3);
        hasEndedWith("RUNNING");
    }

    @Test
    void whatOneNodeRefusesIsTakenBackFromAllInReverseOrder() {
        provisioning();
        answer("compute-1", NodeAnswer.RUNNING, "");
        answer("gateway-1", NodeAnswer.REFUSED, "gateway-1: host: is taken");
        assertThat(ports.calls).containsExactly("COMPENSATING: gateway-1: host: is taken", "close routes", "withdraw gateway-1");
        assertThat(processes.position(instance)).containsExactly("Wait until it is gone");
        answer("gateway-1", NodeAnswer.REFUSED, "gateway-1: nothing to remove");
        answer("compute-1", NodeAnswer.REMOVED, "");
        assertThat(ports.calls).containsExactly("COMPENSATING: gateway-1: host: is taken", "close routes", "withdraw gateway-1", "withdraw compute-1",
                "COMPENSATED: gateway-1: host: is taken");
        hasEndedWith("COMPENSATED: gateway-1: host: is taken");
    }

    @Test
    void aNodeThatFailsEndsTheWaitForTheOthers() {
        provisioning();
        answer("compute-1", NodeAnswer.FAILED, "compute-1: image: is damaged");
        assertThat(processes.nodeAnswered(instance, "gateway-1", NodeAnswer.RUNNING, "")).isFalse();
        answer("gateway-1", NodeAnswer.REMOVED, "");
        answer("compute-1", NodeAnswer.FAILED, "compute-1: cannot unmount");
        hasEndedWith("COMPENSATED: compute-1: image: is damaged");
    }

    @Test
    void nothingIsWaitedForWhereNothingWasHeard() {
        provisioning();
        ports.knowNothing.addAll(ports.nodes);
        answer("compute-1", NodeAnswer.REFUSED, "compute-1: memory: too much");
        hasEndedWith("COMPENSATED: compute-1: memory: too much");
    }

    @Test
    void aNodeThatIsSilentForTooLongIsNamedAndEverythingTakenBack() {
        provisioning();
        answer("gateway-1", NodeAnswer.RUNNING, "");
        pass(TIMING.provisioningPatience());
        assertThat(ports.calls).containsExactly("COMPENSATING: not done within PT5M; no answer from compute-1", "close routes", "withdraw gateway-1");
        answer("gateway-1", NodeAnswer.REMOVED, "");
        answer("compute-1", NodeAnswer.REMOVED, "");
        hasEndedWith("COMPENSATED: not done within PT5M; no answer from compute-1");
    }

    @Test
    void aNodeThatIsAwayForTooLongIsNamedWithItsFault() {
        ports.away("send compute-1", "compute-1: connection refused");
        start(ChangeProcesses.DEPLOY);
        approved("bob", "carol");
        answer("gateway-1", NodeAnswer.RUNNING, "");
        pass(TIMING.provisioningPatience());
        assertThat(ports.calls).contains("COMPENSATING: not done within PT5M; no answer from compute-1; last fault: compute-1: connection refused");
    }

    @Test
    void aGatewayThatRefusesUndoesEverything() {
        provisioning();
        ports.refusals.put("open routes", new RefusedByNodeException("gateways.front: host: is not in a contract"));
        answer("compute-1", NodeAnswer.RUNNING, "");
        answer("gateway-1", NodeAnswer.RUNNING, "");
        answer("gateway-1", NodeAnswer.REMOVED, "");
        answer("compute-1", NodeAnswer.REMOVED, "");
        assertThat(ports.calls).startsWith("EXPOSING", "open routes", "COMPENSATING: gateways.front: host: is not in a contract", "close routes");
        hasEndedWith("COMPENSATED: gateways.front: host: is not in a contract");
    }

    @Test
    void aGatewayThatIsAwayIsWaitedForButNotForEver() {
        provisioning();
        ports.away("open routes", "gateway-1: timed out");
        answer("compute-1", NodeAnswer.RUNNING, "");
        answer("gateway-1", NodeAnswer.RUNNING, "");
        assertThat(processes.position(instance)).containsExactly("Try again");
        pass(TIMING.provisioningPatience());
        assertThat(ports.calls).contains("COMPENSATING: not done within PT5M; last fault: gateway-1: timed out");
    }

    @Test
    void aGatewayThatComesBackOpensItsRoutes() {
        provisioning();
        ports.away("open routes", "gateway-1: timed out");
        answer("compute-1", NodeAnswer.RUNNING, "");
        answer("gateway-1", NodeAnswer.RUNNING, "");
        ports.back("open routes");
        retryPause();
        hasEndedWith("RUNNING");
    }

    @Test
    void takingBackWaitsForNodesHoweverLongTheyAreAway() {
        provisioning();
        ports.away("close routes", "gateway-1: timed out");
        ports.away("withdraw gateway-1", "gateway-1: timed out");
        answer("compute-1", NodeAnswer.FAILED, "compute-1: image: is damaged");
        pass(Duration.ofDays(1));
        assertThat(processes.position(instance)).containsExactly("Try again");
        ports.back("close routes");
        retryPause();
        for (int day = 0; day < 30; day++) {
            pass(Duration.ofDays(1));
        }
        assertThat(processes.position(instance)).containsExactly("Try again");
        assertThat(ports.calls).doesNotContain("withdraw compute-1");
        ports.back("withdraw gateway-1");
        retryPause();
        answer("gateway-1", NodeAnswer.REMOVED, "");
        answer("compute-1", NodeAnswer.REMOVED, "");
        hasEndedWith("COMPENSATED: compute-1: image: is damaged");
    }

    @Test
    void answersThatNobodyWaitsForChangeNothing() {
        provisioning();
        assertThat(processes.nodeAnswered(instance, "moon-1", NodeAnswer.RUNNING, "")).isFalse();
        assertThat(processes.nodeAnswered(instance, "compute-1", NodeAnswer.REMOVED, "")).isFalse();
        answer("compute-1", NodeAnswer.RUNNING, "");
        assertThat(processes.nodeAnswered(instance, "compute-1", NodeAnswer.RUNNING, "")).isFalse();
        assertThat(processes.nodeAnswered(instance, "compute-1", NodeAnswer.FAILED, "late")).isFalse();
        assertThat(processes.position(instance)).containsExactly("Wait for the node");
        answer("gateway-1", NodeAnswer.REFUSED, "gateway-1: no");
        assertThat(processes.nodeAnswered(instance, "gateway-1", NodeAnswer.RUNNING, "")).isFalse();
        assertThat(processes.nodeAnswered("no-such-instance", "gateway-1", NodeAnswer.RUNNING, "")).isFalse();
        assertThat(processes.position("no-such-instance")).isEmpty();
    }

    @Test
    void anAnswerGoesToItsOwnProcessOnly() {
        provisioning();
        String other = processes.start(ChangeProcesses.DEPLOY, 8, "blog", 1);
        Engine.runDueJobs(other);
        for (String person : List.of("bob", "carol")) {
            processes.approved(other, person, List.of());
        }
        Engine.runDueJobs(other);
        assertThat(processes.nodeAnswered(other, "compute-1", NodeAnswer.RUNNING, "")).isTrue();
        answer("compute-1", NodeAnswer.RUNNING, "");
        Engine.engine().getRuntimeService().deleteProcessInstance(other, "its test is over");
    }

    @Test
    void aChangeThatConcernsNoNodeRunsAtOnce() {
        ports.nodes = List.of();
        start(ChangeProcesses.DEPLOY);
        approved("bob", "carol");
        hasEndedWith("RUNNING");
    }
}
