package org.zosgrid.bpmn;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.camunda.bpm.engine.impl.util.ClockUtil;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What drifted on a node, until it is well again or replaced, on the engine. */
class DriftTest implements Drifts {
    private final List<String> told = new ArrayList<>();
    private final DriftProcesses processes = new DriftProcesses(Engine.engine().getRuntimeService(), Duration.ofSeconds(10), Duration.ofMinutes(5), Duration.ofHours(1), () -> Tenant.NONE);
    private boolean away;
    private String instance;

    @BeforeEach
    void start() {
        Engine.use(this);
        instance = processes.start(3, "shop", 2, "compute-1");
    }

    @AfterEach
    void end() {
        ClockUtil.reset();
        if (!Engine.hasEnded(instance)) {
            Engine.engine().getRuntimeService().deleteProcessInstance(instance, "the test is over");
        }
    }

    @Test
    void peopleAreToldAtOnceAndAgainWhenNobodyChooses() {
        assertThat(told).containsExactly("tell 3");
        assertThat(processes.underWay()).containsExactly(3L);
        pass(Duration.ofMinutes(59));
        assertThat(told).hasSize(1);
        pass(Duration.ofMinutes(2));
        assertThat(told).containsExactly("tell 3", "remind 3");
        assertThat(processes.repair(3)).isTrue();
    }

    @Test
    void aRepairSendsTheContractOnceAndEndsWhenTheNodeSaysThatItRuns() {
        assertThat(processes.repair(3)).isTrue();
        assertThat(processes.repair(3)).isFalse();
        Engine.runDueJobs(instance);
        assertThat(told).containsExactly("tell 3", "send 3");
        assertThat(processes.repair(3)).isFalse();
        assertThat(processes.well(3)).isTrue();
        assertThat(told).last().isEqualTo("end 3 MENDED");
        assertThat(Engine.hasEnded(instance)).isTrue();
        assertThat(processes.underWay()).isEmpty();
    }

    @Test
    void aNodeThatIsAwayIsTriedAgain() {
        away = true;
        processes.repair(3);
        Engine.runDueJobs(instance);
        assertThat(told).containsExactly("tell 3", "away 3");
        away = false;
        pass(Duration.ofSeconds(11));
        assertThat(told).containsExactly("tell 3", "away 3", "send 3");
    }

    @Test
    void thatItIsSentAgainIsPassedOverAndItDriftsStill() {
        away = true;
        processes.repair(3);
        Engine.runDueJobs(instance);
        var engine = Engine.engine();
        StuckSteps stuck = new StuckSteps(engine.getRuntimeService(), engine.getManagementService(), engine.getRepositoryService(), () -> Tenant.NONE);
        StuckStep step = stuck.of(instance).getFirst();
        assertThat(step.id()).as("under the name of what drifts").isEqualTo("shop:2:send:compute-1");
        assertThat(step.kind()).isEqualTo(StuckStep.Kind.AWAY);
        assertThat(step.text()).isEqualTo("compute-1 cannot be reached");
        stuck.skip(step);
        Engine.runDueJobs(instance);
        assertThat(told).last().isEqualTo("still 3 a quorum had it passed over that the contract is sent again");
        assertThat(stuck.of(instance)).isEmpty();
        away = false;
        assertThat(processes.repair(3)).isTrue();
        Engine.runDueJobs(instance);
        assertThat(told).last().isEqualTo("send 3");
    }

    @Test
    void aRefusalIsToldAndAnotherRepairMayBeChosen() {
        processes.repair(3);
        Engine.runDueJobs(instance);
        assertThat(processes.notMended(3, "compute-1: not-started: no such image")).isTrue();
        assertThat(told).last().isEqualTo("still 3 compute-1: not-started: no such image");
        assertThat(processes.notMended(3, "again")).isFalse();
        assertThat(processes.repair(3)).isTrue();
        Engine.runDueJobs(instance);
        assertThat(told).last().isEqualTo("send 3");
    }

    @Test
    void aSilenceIsToldAndAnotherRepairMayBeChosen() {
        processes.repair(3);
        Engine.runDueJobs(instance);
        pass(Duration.ofMinutes(6));
        assertThat(told).last().isEqualTo("still 3 no answer within PT5M");
        assertThat(processes.repair(3)).isTrue();
    }

    @Test
    void aVersionInItsPlaceEndsItAlsoWhileANodeIsAway() {
        away = true;
        processes.repair(3);
        Engine.runDueJobs(instance);
        assertThat(processes.replaced(3)).isTrue();
        assertThat(told).last().isEqualTo("end 3 REPLACED");
        assertThat(Engine.hasEnded(instance)).isTrue();
        assertThat(processes.well(3)).isFalse();
    }

    @Test
    void whatIsWellAgainByItselfNeedsNobody() {
        assertThat(processes.well(3)).isTrue();
        assertThat(told).containsExactly("tell 3", "end 3 MENDED");
    }

    @Test
    void everyDelegateThatTheModelNamesIsThereAndNoOther() throws IOException {
        try (var in = DriftTest.class.getResourceAsStream("/drift.bpmn")) {
            String xml = new String(in.readAllBytes(), StandardCharsets.UTF_8);
            assertThat(DriftSteps.of(this).keySet()).isEqualTo(Pattern.compile("elegateExpression=\"\\$\\{(\\w+)}\"").matcher(xml).results().map(match -> match.group(1)).collect(Collectors.toSet()));
        }
    }

    @Override
    public void tell(long drift) {
        told.add("tell " + drift);
    }

    @Override
    public void remind(long drift) {
        told.add("remind " + drift);
    }

    @Override
    public void send(long drift) {
        if (away) {
            told.add("away " + drift);
            throw new UnavailableException("compute-1 cannot be reached");
        }
        told.add("send " + drift);
    }

    @Override
    public void stillThere(long drift, String why) {
        told.add("still " + drift + " " + why);
    }

    @Override
    public void end(long drift, End end) {
        told.add("end " + drift + " " + end);
    }

    private void pass(Duration time) {
        Engine.pass(time);
        Engine.runDueJobs(instance);
    }
}
