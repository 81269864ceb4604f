package org.zosgrid.bpmn;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Date;
import java.util.List;
import org.camunda.bpm.engine.ProcessEngine;
import org.camunda.bpm.engine.impl.util.ClockUtil;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** What the tests of both processes do: start one, let people and nodes answer, let time pass. */
abstract class Play {
    static final ProcessTiming TIMING = new ProcessTiming(Duration.ofSeconds(3), Duration.ofMinutes(10), Duration.ofMinutes(5), Duration.ofHours(24));

    final Ports ports = new Ports();
    ChangeProcesses processes;
    String instance;

    @BeforeEach
    void begin() {
        ProcessEngine engine = Engine.engine();
        Engine.use(ports);
        processes = new ChangeProcesses(engine.getRuntimeService(), engine.getTaskService(), engine.getHistoryService(), TIMING);
        ClockUtil.setCurrentTime(new Date());
    }

    @AfterEach
    void end() {
        ClockUtil.reset();
        if (instance != null && !Engine.hasEnded(instance)) {
            Engine.engine().getRuntimeService().deleteProcessInstance(instance, "its test is over");
        }
    }

    void start(String process) {
        instance = processes.start(process, 7, "shop", 3);
        Engine.runDueJobs(instance);
    }

    void approved(String... people) {
        for (String person : people) {
            assertThat(processes.approved(instance, person, List.of())).as(person + " has a seat").isTrue();
        }
        Engine.runDueJobs(instance);
    }

    void answer(String node, NodeAnswer answer, String why) {
        assertThat(processes.nodeAnswered(instance, node, answer, why)).as("the process waits for " + answer + " of " + node).isTrue();
        Engine.runDueJobs(instance);
    }

    void pass(Duration time) {
        Engine.pass(time);
        Engine.runDueJobs(instance);
    }

    void retryPause() {
        pass(TIMING.retryPause());
    }

    void hasEndedWith(String lastCall) {
        assertThat(ports.calls).last().isEqualTo(lastCall);
        assertThat(Engine.hasEnded(instance)).as("history says that it is completed").isTrue();
        assertThat(processes.position(instance)).isEmpty();
        assertThat(processes.openSeats(instance)).isEmpty();
    }
}
