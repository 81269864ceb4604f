package org.zosgrid.bpmn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.camunda.bpm.engine.ManagementService;
import org.camunda.bpm.engine.ProcessEngine;
import org.camunda.bpm.engine.RuntimeService;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Steps that do not get on: seen, tried again, passed over, and taken back with all the rest. */
class StuckStepsTest extends Play {
    private static final IllegalStateException FAULT = new IllegalStateException("disk full");

    private final StuckSteps stuck = stuckSteps();

    private static StuckSteps stuckSteps() {
        ProcessEngine engine = Engine.engine();
        return new StuckSteps(engine.getRuntimeService(), engine.getManagementService(), engine.getRepositoryService(), () -> Tenant.NONE);
    }

    private StuckStep only() {
        List<StuckStep> all = stuck.of(instance);
        assertThat(all).hasSize(1);
        return all.getFirst();
    }

    /** Lets a step fail as often as the diagram has it tried, all at once: the diagram's patience is not to end before. */
    private void giveUp(String process) {
        start(process);
        approved("bob", "carol");
        for (int failed = 0; failed < 60; failed++) {
            failNow();
        }
    }

    @Test
    void aStepThatFailedTooOftenIsSeenWithItsFault() {
        ports.refusals.put("send gateway-1", FAULT);
        giveUp(ChangeProcesses.PAUSE);
        StuckStep step = only();
        assertThat(step.id()).isEqualTo("shop:3:send:gateway-1");
        assertThat(step.kind()).isEqualTo(StuckStep.Kind.FAILED);
        assertThat(step.name()).isEqualTo("Send contract");
        assertThat(step.text()).isEqualTo("disk full");
        assertThat(step.tries()).isEqualTo(60);
        assertThat(ports.calls.stream().filter("send gateway-1"::equals)).hasSize(60);
        assertThat(stuck.list()).extracting(StuckStep::id).contains(step.id());
    }

    @Test
    void aStepThatWaitsForSomebodyIsSeenWithTheNodeAndSinceWhen() {
        ports.away("send gateway-1", "gateway-1: no route to host");
        start(ChangeProcesses.DEPLOY);
        approved("bob", "carol");
        StuckStep first = only();
        retryPause();
        StuckStep step = only();
        assertThat(step.id()).isEqualTo("shop:3:send:gateway-1");
        assertThat(step.kind()).isEqualTo(StuckStep.Kind.AWAY);
        assertThat(step.text()).isEqualTo("gateway-1: no route to host");
        assertThat(step.tries()).isEqualTo(2);
        assertThat(step.since()).isEqualTo(first.since());
        assertThat(stuck.list()).extracting(StuckStep::id).contains(step.id());
    }

    @Test
    void itIsStuckAlsoWhileItIsTried() {
        ports.away("send gateway-1", "gateway-1: no route to host");
        start(ChangeProcesses.DEPLOY);
        approved("bob", "carol");
        StuckStep waiting = only();
        var jobs = Engine.engine().getManagementService();
        jobs.executeJob(jobs.createJobQuery().processInstanceId(instance).activityId("send-again").singleResult().getId());
        StuckStep tried = only();
        assertThat(tried.id()).isEqualTo(waiting.id());
        assertThat(tried.since()).isEqualTo(waiting.since());
        assertThat(stuck.retry(tried)).isTrue();
        stuck.skip(tried);
        Engine.runDueJobs(instance);
        answer("compute-1", NodeAnswer.RUNNING, "");
        hasEndedWith("RUNNING");
    }

    @Test
    void whatTakesItsUsualWayIsNotStuck() {
        start(ChangeProcesses.DEPLOY);
        assertThat(stuck.of(instance)).isEmpty();
        approved("bob", "carol");
        assertThat(stuck.of(instance)).isEmpty();
    }

    @Test
    void aStepThatWasGivenUpIsTriedOnceMore() {
        ports.refusals.put("send gateway-1", FAULT);
        giveUp(ChangeProcesses.PAUSE);
        StuckStep step = only();
        assertThat(stuck.retry(step)).isTrue();
        Engine.runDueJobs(instance);
        assertThat(only().id()).isEqualTo(step.id());
        ports.back("send gateway-1");
        assertThat(stuck.retry(step)).isTrue();
        Engine.runDueJobs(instance);
        assertThat(stuck.of(instance)).isEmpty();
        assertThat(stuck.retry(step)).isFalse();
        assertThat(processes.position(instance)).containsExactly("Wait for the node");
    }

    @Test
    void aStepThatWaitsIsTriedAtOnce() {
        ports.away("send gateway-1", "gateway-1: no route to host");
        start(ChangeProcesses.DEPLOY);
        approved("bob", "carol");
        ports.back("send gateway-1");
        assertThat(stuck.retry(only())).isTrue();
        Engine.runDueJobs(instance);
        assertThat(stuck.of(instance)).isEmpty();
    }

    /** The engine begins the job between the moment that it is found and the one that it is hurried. */
    @Test
    void aStepThatIsTriedInTheSameMomentIsNotTriedASecondTime() {
        ports.away("send gateway-1", "gateway-1: no route to host");
        start(ChangeProcesses.DEPLOY);
        approved("bob", "carol");
        ManagementService real = Engine.engine().getManagementService();
        ManagementService faster = (ManagementService) Proxy.newProxyInstance(getClass().getClassLoader(), new Class<?>[] {ManagementService.class}, (proxy, method, arguments) -> {
            if (method.getName().equals("setJobDuedate")) {
                real.executeJob((String) arguments[0]);
            }
            try {
                return method.invoke(real, arguments);
            } catch (InvocationTargetException failed) {
                throw failed.getCause();
            }
        });
        StuckSteps raced = new StuckSteps(Engine.engine().getRuntimeService(), faster, Engine.engine().getRepositoryService(), () -> Tenant.NONE);
        assertThat(raced.retry(only())).isFalse();
    }

    @Test
    void oneNodeIsPassedOverAndTheOthersAreWaitedFor() {
        ports.away("send gateway-1", "gateway-1: no route to host");
        start(ChangeProcesses.DEPLOY);
        approved("bob", "carol");
        stuck.skip(only());
        Engine.runDueJobs(instance);
        assertThat(stuck.of(instance)).isEmpty();
        answer("compute-1", NodeAnswer.RUNNING, "");
        hasEndedWith("RUNNING");
    }

    @ParameterizedTest
    @CsvSource({ChangeProcesses.PAUSE + ",PAUSED,PAUSED", ChangeProcesses.DECOMMISSION + ",REMOVED,REMOVED", ChangeProcesses.RESUME + ",RUNNING,RUNNING"})
    void whatWasGivenUpForANodeIsPassedOver(String process, NodeAnswer answer, String end) {
        ports.refusals.put("send gateway-1", FAULT);
        giveUp(process);
        stuck.skip(only());
        Engine.runDueJobs(instance);
        answer("compute-1", answer, "");
        hasEndedWith(end);
    }

    private void failNow() {
        var jobs = Engine.engine().getManagementService();
        jobs.createJobQuery().processInstanceId(instance).messages().withRetriesLeft().list().forEach(job -> {
            try {
                jobs.executeJob(job.getId());
            } catch (RuntimeException kept) {
                // The engine keeps it with the job.
            }
        });
    }

    @Test
    void theLastNodeThatIsPassedOverEndsTheWait() {
        ports.nodes = List.of("compute-1");
        ports.away("send compute-1", "compute-1: no route to host");
        start(ChangeProcesses.DEPLOY);
        approved("bob", "carol");
        stuck.skip(only());
        Engine.runDueJobs(instance);
        hasEndedWith("RUNNING");
    }

    @ParameterizedTest
    @CsvSource({ChangeProcesses.DEPLOY + ",REMOVED", ChangeProcesses.EMERGENCY + ",REMOVED", ChangeProcesses.RESUME + ",PAUSED"})
    void takingBackGoesOnWithoutANodeThatIsPassedOver(String process, NodeAnswer takenBack) {
        ports.floor = 2; // also where no table is asked
        start(process);
        approved("bob", "carol");
        ports.away("close routes", "gateway-1: timed out");
        ports.away("withdraw gateway-1", "gateway-1: timed out");
        answer("compute-1", NodeAnswer.FAILED, "compute-1: image: is damaged");
        assertThat(only().id()).isEqualTo("shop:3:close-routes");
        stuck.skip(only());
        Engine.runDueJobs(instance);
        assertThat(only().id()).isEqualTo("shop:3:withdraw:gateway-1");
        stuck.skip(only());
        Engine.runDueJobs(instance);
        answer("compute-1", takenBack, "");
        hasEndedWith("COMPENSATED: compute-1: image: is damaged");
    }

    @Test
    void routesThatCannotBeOpenedArePassedOver() {
        ports.away("open routes", "gateway-1: timed out");
        start(ChangeProcesses.DEPLOY);
        approved("bob", "carol");
        answer("compute-1", NodeAnswer.RUNNING, "");
        answer("gateway-1", NodeAnswer.RUNNING, "");
        stuck.skip(only());
        Engine.runDueJobs(instance);
        hasEndedWith("RUNNING");
    }

    /** A quarter of its time, and a moment. */
    private void silence() {
        pass(TIMING.provisioningPatience().dividedBy(4).plusSeconds(1));
    }

    @Test
    void aNodeThatWasToldAndDoesNotAnswerIsSilentAfterAQuarterOfItsTime() {
        start(ChangeProcesses.DEPLOY);
        approved("bob", "carol");
        answer("compute-1", NodeAnswer.RUNNING, "");
        pass(TIMING.provisioningPatience().dividedBy(4).minusSeconds(1));
        assertThat(stuck.of(instance)).isEmpty();
        pass(java.time.Duration.ofSeconds(2));
        StuckStep step = only();
        assertThat(step.id()).isEqualTo("shop:3:send:gateway-1");
        assertThat(step.kind()).isEqualTo(StuckStep.Kind.SILENT);
        assertThat(step.name()).isEqualTo("Send contract");
        assertThat(step.unskippable()).isEmpty();
        assertThat(stuck.list()).extracting(StuckStep::id).contains(step.id());
        assertThat(stuck.silent()).extracting(StuckStep::id).contains(step.id());
        answer("gateway-1", NodeAnswer.RUNNING, "");
        hasEndedWith("RUNNING");
    }

    /** There is a wait for each node of each change that is under way, and somebody looks for the silent ones every few seconds. */
    @Test
    void nodesThatHaveTimeLeftAreLookedAtTogether() {
        start(ChangeProcesses.DEPLOY);
        approved("bob", "carol");
        int ofTwoNodes = questions(stuck -> assertThat(stuck.silent()).isEmpty());
        String first = instance;
        try {
            ports.nodes = List.of("compute-1", "compute-2", "compute-3", "gateway-1");
            start(ChangeProcesses.DEPLOY);
            approved("bob", "carol");
            assertThat(questions(stuck -> assertThat(stuck.silent()).isEmpty())).isEqualTo(ofTwoNodes);
        } finally {
            Engine.engine().getRuntimeService().deleteProcessInstance(first, "its test is over");
        }
    }

    /** How often the engine is asked something. */
    private int questions(Consumer<StuckSteps> work) {
        AtomicInteger questions = new AtomicInteger();
        RuntimeService real = Engine.engine().getRuntimeService();
        RuntimeService counted = (RuntimeService) Proxy.newProxyInstance(getClass().getClassLoader(), new Class<?>[] {RuntimeService.class}, (proxy, method, arguments) -> {
            questions.incrementAndGet();
            return method.invoke(real, arguments);
        });
        work.accept(new StuckSteps(counted, Engine.engine().getManagementService(), Engine.engine().getRepositoryService(), () -> Tenant.NONE));
        return questions.get();
    }

    @ParameterizedTest
    @CsvSource({ChangeProcesses.DEPLOY + ",RUNNING,RUNNING", ChangeProcesses.EMERGENCY + ",RUNNING,RUNNING", ChangeProcesses.RESUME + ",RUNNING,RUNNING", ChangeProcesses.PAUSE + ",PAUSED,PAUSED", ChangeProcesses.DECOMMISSION + ",REMOVED,REMOVED"})
    void aSilentNodeIsToldAgainAndThenPassedOver(String process, NodeAnswer answer, String end) {
        ports.floor = 2; // also where no table is asked
        start(process);
        approved("bob", "carol");
        silence();
        StuckStep silent = stuck.of(instance).stream().filter(each -> each.node().equals(Optional.of("gateway-1"))).findFirst().orElseThrow();
        assertThat(stuck.of(instance)).hasSize(2);
        ports.calls.clear();
        assertThat(stuck.retry(silent)).isTrue();
        Engine.runDueJobs(instance);
        assertThat(ports.calls).containsExactly("send gateway-1");
        assertThat(only().id()).as("the other is silent still").isEqualTo("shop:3:send:compute-1");
        assertThat(stuck.retry(silent)).isFalse();
        answer("compute-1", answer, "");
        silence();
        stuck.skip(only());
        Engine.runDueJobs(instance);
        hasEndedWith(end);
    }

    @Test
    void whatIsSilentIsUndoneAndWhoIsSilentThenIsPassedOverToo() {
        start(ChangeProcesses.DEPLOY);
        approved("bob", "carol");
        silence();
        assertThat(processes.undone(instance, "dave: enough")).isTrue();
        Engine.runDueJobs(instance);
        silence();
        assertThat(only().id()).isEqualTo("shop:3:withdraw:gateway-1");
        assertThat(only().kind()).isEqualTo(StuckStep.Kind.SILENT);
        stuck.skip(only());
        Engine.runDueJobs(instance);
        answer("compute-1", NodeAnswer.REMOVED, "");
        hasEndedWith("COMPENSATED: dave: enough");
    }

    @Test
    void verificationIsNeverPassedOver() {
        ports.away("verify", "hub: connection refused");
        start(ChangeProcesses.DEPLOY);
        StuckStep step = only();
        assertThat(step.id()).isEqualTo("shop:3:verify");
        assertThat(step.unskippable()).hasValueSatisfying(why -> assertThat(why).startsWith("verification is never skipped"));
        assertThatThrownBy(() -> stuck.skip(step)).isInstanceOf(InvalidChangeException.class).hasMessageContaining("verification is never skipped");
        assertThat(ports.calls).containsExactly("verify");
    }

    @Test
    void aStepThatIsNotStuckAnyMoreIsNotPassedOver() {
        ports.away("send gateway-1", "gateway-1: no route to host");
        start(ChangeProcesses.DEPLOY);
        approved("bob", "carol");
        StuckStep step = only();
        ports.back("send gateway-1");
        retryPause();
        assertThatThrownBy(() -> stuck.skip(step)).isInstanceOf(InvalidChangeException.class).hasMessage("step: shop:3:send:gateway-1 is not stuck any more");
    }

    @ParameterizedTest
    @ValueSource(strings = {ChangeProcesses.DEPLOY, ChangeProcesses.RESUME})
    void anOperatorHasEverythingTakenBackInReverseOrder(String process) {
        ports.away("send gateway-1", "gateway-1: no route to host");
        start(process);
        approved("bob", "carol");
        answer("compute-1", NodeAnswer.RUNNING, "");
        ports.calls.clear();
        ports.knowNothing.add("gateway-1");
        assertThat(processes.undone(instance, "dave: the rack burns")).isTrue();
        Engine.runDueJobs(instance);
        assertThat(ports.calls).startsWith("COMPENSATING: dave: the rack burns", "close routes", "withdraw gateway-1", "withdraw compute-1");
        assertThat(processes.undone(instance, "again")).as("it is being taken back already").isFalse();
    }

    @Test
    void nothingIsTakenBackOfAPauseOrBeforeSealing() {
        start(ChangeProcesses.DEPLOY);
        assertThat(processes.undone(instance, "too early")).isFalse();
        end();
        start(ChangeProcesses.PAUSE);
        approved("bob", "carol");
        assertThat(processes.undone(instance, "a pause stays")).isFalse();
    }

    @Test
    void whatIsSuspendedCanBeEndedAllTheSame() {
        start(ChangeProcesses.DEPLOY);
        Engine.engine().getRuntimeService().suspendProcessInstanceById(instance);
        assertThat(processes.withdrawn(instance, "a mistake")).isTrue();
        hasEndedWith("WITHDRAWN: a mistake");
        start(ChangeProcesses.DEPLOY);
        approved("bob", "carol");
        Engine.engine().getRuntimeService().suspendProcessInstanceById(instance);
        assertThat(processes.undone(instance, "dave: stop")).isTrue();
        Engine.runDueJobs(instance);
        assertThat(ports.calls).contains("COMPENSATING: dave: stop", "withdraw gateway-1");
    }

    @Test
    void whatIsStuckBeforeApprovalCanBeEnded() {
        ports.refusals.put("verify", FAULT);
        start(ChangeProcesses.DEPLOY);
        Engine.engine().getRuntimeService().suspendProcessInstanceById(instance);
        processes.end(instance, "alice: a mistake");
        assertThat(processes.position(instance)).isEmpty();
        assertThat(stuck.of(instance)).isEmpty();
        instance = null;
    }

    @Test
    void aStepWithoutANodeHasNone() {
        ports.away("verify", "hub: connection refused");
        start(ChangeProcesses.DEPLOY);
        assertThat(only().node()).isEqualTo(Optional.empty());
    }
}
