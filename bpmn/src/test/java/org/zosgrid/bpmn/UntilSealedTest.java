package org.zosgrid.bpmn;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Up to sealing, every kind of change goes the same ways. */
class UntilSealedTest extends Play {
    @ParameterizedTest
    @ValueSource(strings = {ChangeProcesses.DEPLOY, ChangeProcesses.PAUSE, ChangeProcesses.RESUME, ChangeProcesses.DECOMMISSION, ChangeProcesses.MODEL, ChangeProcesses.SKIP, ChangeProcesses.ADMISSION, ChangeProcesses.RETIREMENT, ChangeProcesses.PROMOTION, ChangeProcesses.REVIEW})
    void somebodySaysNo(String process) {
        start(process);
        assertThat(processes.rejected(instance, "dave", "not on a Friday")).isTrue();
        hasEndedWith("REJECTED: dave: not on a Friday");
    }

    @ParameterizedTest
    @ValueSource(strings = {ChangeProcesses.DEPLOY, ChangeProcesses.PAUSE, ChangeProcesses.RESUME, ChangeProcesses.DECOMMISSION, ChangeProcesses.MODEL, ChangeProcesses.SKIP, ChangeProcesses.ADMISSION, ChangeProcesses.RETIREMENT, ChangeProcesses.PROMOTION, ChangeProcesses.REVIEW})
    void itsAuthorTakesItBack(String process) {
        start(process);
        assertThat(processes.withdrawn(instance, "a mistake")).isTrue();
        hasEndedWith("WITHDRAWN: a mistake");
    }

    @ParameterizedTest
    @ValueSource(strings = {ChangeProcesses.DEPLOY, ChangeProcesses.PAUSE, ChangeProcesses.RESUME, ChangeProcesses.DECOMMISSION, ChangeProcesses.MODEL, ChangeProcesses.SKIP, ChangeProcesses.ADMISSION, ChangeProcesses.RETIREMENT, ChangeProcesses.PROMOTION, ChangeProcesses.REVIEW})
    void approversAreRemindedAndThenItExpires(String process) {
        start(process);
        pass(Ports.APPROVAL_TIME.dividedBy(2));
        assertThat(ports.calls).containsOnlyOnce("remind");
        pass(Ports.APPROVAL_TIME.dividedBy(2));
        assertThat(ports.calls.getLast()).startsWith("EXPIRED: fewer than 2 people had approved it by 20");
        assertThat(Engine.hasEnded(instance)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {ChangeProcesses.DEPLOY, ChangeProcesses.PAUSE, ChangeProcesses.RESUME, ChangeProcesses.DECOMMISSION, ChangeProcesses.MODEL, ChangeProcesses.SKIP, ChangeProcesses.ADMISSION, ChangeProcesses.RETIREMENT, ChangeProcesses.PROMOTION, ChangeProcesses.REVIEW})
    void whatIsInvalidIsGivenBackBeforeAnybodyIsAsked(String process) {
        ports.refusals.put("verify", new InvalidChangeException("signatures: must hold a valid one"));
        start(process);
        assertThat(ports.calls).containsExactly("verify", "INVALID: signatures: must hold a valid one");
        hasEndedWith("INVALID: signatures: must hold a valid one");
    }

    @ParameterizedTest
    @ValueSource(strings = {ChangeProcesses.DEPLOY, ChangeProcesses.PAUSE, ChangeProcesses.RESUME, ChangeProcesses.DECOMMISSION, ChangeProcesses.MODEL, ChangeProcesses.SKIP, ChangeProcesses.ADMISSION, ChangeProcesses.RETIREMENT, ChangeProcesses.PROMOTION, ChangeProcesses.REVIEW})
    void tooFewPeopleToAskIsInvalid(String process) {
        ports.refusals.put("open approval 2", new InvalidChangeException("approvals: 2 people must approve it"));
        start(process);
        hasEndedWith("INVALID: approvals: 2 people must approve it");
    }

    @ParameterizedTest
    @ValueSource(strings = {ChangeProcesses.DEPLOY, ChangeProcesses.PAUSE, ChangeProcesses.RESUME, ChangeProcesses.DECOMMISSION, ChangeProcesses.MODEL, ChangeProcesses.SKIP, ChangeProcesses.ADMISSION, ChangeProcesses.RETIREMENT, ChangeProcesses.PROMOTION, ChangeProcesses.REVIEW})
    void whenEverybodyHasApprovedAndThatIsNotEnoughTheAuthorReadsWhatIsLacking(String process) {
        start(process);
        for (String person : ports.people) {
            assertThat(processes.approved(instance, person, List.of("1 person of security must have approved (0 did)"))).as(person + " has a seat").isTrue();
        }
        assertThat(ports.calls).doesNotContain("seal");
        hasEndedWith("INVALID: everybody who may approve it has, and that is not enough: 1 person of security must have approved (0 did)");
    }

    @ParameterizedTest
    @ValueSource(strings = {ChangeProcesses.DEPLOY, ChangeProcesses.PAUSE, ChangeProcesses.RESUME, ChangeProcesses.DECOMMISSION, ChangeProcesses.MODEL, ChangeProcesses.SKIP, ChangeProcesses.ADMISSION, ChangeProcesses.RETIREMENT, ChangeProcesses.PROMOTION, ChangeProcesses.REVIEW})
    void signaturesThatDoNotCountAreNotSealed(String process) {
        start(process);
        ports.refusals.put("seal", new InvalidChangeException("expires: lies in the past"));
        approved("bob", "carol");
        hasEndedWith("INVALID: expires: lies in the past");
    }

    @ParameterizedTest
    @ValueSource(strings = {ChangeProcesses.DEPLOY, ChangeProcesses.PAUSE, ChangeProcesses.RESUME, ChangeProcesses.DECOMMISSION, ChangeProcesses.MODEL, ChangeProcesses.SKIP, ChangeProcesses.ADMISSION, ChangeProcesses.RETIREMENT, ChangeProcesses.PROMOTION, ChangeProcesses.REVIEW})
    void whoeverIsNeededToVerifyIsWaitedForButNotForEver(String process) {
        ports.away("verify", "hub: connection refused");
        start(process);
        retryPause();
        assertThat(ports.calls).containsExactly("verify", "verify");
        pass(TIMING.verificationPatience());
        hasEndedWith("INVALID: the hub was away for too long: hub: connection refused");
    }
}
