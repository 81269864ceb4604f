package org.zosgrid.bpmn;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.camunda.bpm.engine.impl.util.ClockUtil;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A new trust root on its way to three nodes, on the engine. */
class TrustRootTest {
    private static final Duration PATIENCE = Duration.ofHours(24);

    private final List<String> told = new ArrayList<>();
    private final RotationProcesses processes = new RotationProcesses(Engine.engine().getRuntimeService(), PATIENCE);
    private String instance;

    @BeforeEach
    void start() {
        Engine.use(new Rotation() {
            @Override
            public void remind(long version, List<String> silent) {
                told.add("remind " + version + " " + silent);
            }

            @Override
            public void end(long version, End end, List<String> nodes) {
                told.add(end + " " + version + " " + nodes);
            }
        });
        instance = processes.start(7, Set.of("compute-1", "compute-2", "gateway-1"));
    }

    @AfterEach
    void end() {
        ClockUtil.reset();
        if (!Engine.hasEnded(instance)) {
            Engine.engine().getRuntimeService().deleteProcessInstance(instance, "the test is over");
        }
    }

    @Test
    void itEndsWhenTheLastNodeDecidesByIt() {
        assertThat(processes.follows(7, "compute-1")).isTrue();
        assertThat(processes.follows(7, "gateway-1")).isTrue();
        assertThat(Engine.hasEnded(instance)).isFalse();
        assertThat(processes.waiting()).containsExactly(7L);
        assertThat(processes.follows(7, "compute-2")).isTrue();
        assertThat(told).containsExactly("FOLLOWED 7 []");
        assertThat(Engine.hasEnded(instance)).isTrue();
        assertThat(processes.waiting()).isEmpty();
    }

    @Test
    void aNodeIsHeardOnceAndAStrangerAndAnotherVersionNever() {
        assertThat(processes.follows(7, "compute-1")).isTrue();
        assertThat(processes.follows(7, "compute-1")).isFalse();
        assertThat(processes.refuses(7, "compute-1")).isFalse();
        assertThat(processes.follows(7, "compute-9")).isFalse();
        assertThat(processes.follows(8, "compute-2")).isFalse();
        assertThat(told).isEmpty();
    }

    @Test
    void aNodeThatRefusesDoesNotKeepTheOthersFromFollowingAndIsNamed() {
        assertThat(processes.refuses(7, "compute-2")).isTrue();
        processes.follows(7, "compute-1");
        assertThat(told).isEmpty();
        processes.follows(7, "gateway-1");
        assertThat(told).containsExactly("REFUSED 7 [compute-2]");
        assertThat(Engine.hasEnded(instance)).isTrue();
    }

    @Test
    void whoIsSilentIsToldAfterAQuarterOfTheTimeAndStillHeard() {
        processes.follows(7, "compute-1");
        pass(PATIENCE.dividedBy(4).minusMinutes(1));
        assertThat(told).isEmpty();
        pass(Duration.ofMinutes(2));
        assertThat(told).containsExactly("remind 7 [compute-2, gateway-1]");
        processes.follows(7, "compute-2");
        processes.follows(7, "gateway-1");
        assertThat(told).last().isEqualTo("FOLLOWED 7 []");
    }

    @Test
    void whoIsSilentToTheEndIsNamedAndNotWaitedForAnyMore() {
        processes.follows(7, "compute-1");
        processes.refuses(7, "compute-2");
        pass(PATIENCE.plusMinutes(1));
        assertThat(told).last().isEqualTo("OVERDUE 7 [gateway-1]");
        assertThat(Engine.hasEnded(instance)).isTrue();
        assertThat(processes.follows(7, "gateway-1")).isFalse();
    }

    @Test
    void everyDelegateThatTheModelNamesIsThereAndNoOther() throws IOException {
        try (var in = TrustRootTest.class.getResourceAsStream("/trust-root.bpmn")) {
            String xml = new String(in.readAllBytes(), StandardCharsets.UTF_8);
            assertThat(RotationSteps.of(new Rotation() {
                @Override
                public void remind(long version, List<String> silent) {}

                @Override
                public void end(long version, End end, List<String> nodes) {}
            }).keySet()).isEqualTo(Pattern.compile("elegateExpression=\"\\$\\{(\\w+)}\"").matcher(xml).results().map(match -> match.group(1)).collect(Collectors.toSet()));
        }
    }

    private void pass(Duration time) {
        Engine.pass(time);
        Engine.runDueJobs(instance);
    }
}
