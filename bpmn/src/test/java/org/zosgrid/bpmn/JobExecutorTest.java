package org.zosgrid.bpmn;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.BooleanSupplier;
import org.camunda.bpm.engine.OptimisticLockingException;
import org.camunda.bpm.engine.impl.cfg.ProcessEngineConfigurationImpl;
import org.camunda.bpm.engine.impl.jobexecutor.JobExecutor;
import org.camunda.bpm.engine.impl.util.ClockUtil;
import org.junit.jupiter.api.Test;

/** The same models with the engine's own threads, as in the server: several jobs at a time, real time, and a timer that is due. */
class JobExecutorTest extends Play {
    @Test
    void aDeploymentRunsByItself() throws InterruptedException {
        ClockUtil.reset();
        var engine = Engine.engine();
        var quick = new ProcessTiming(Duration.ofMillis(200), TIMING.verificationPatience(), TIMING.provisioningPatience(), TIMING.rotationPatience());
        processes = new ChangeProcesses(engine.getRuntimeService(), engine.getTaskService(), engine.getHistoryService(), quick);
        ports.away("send gateway-1", "gateway-1: connection refused");
        JobExecutor executor = ((ProcessEngineConfigurationImpl) engine.getProcessEngineConfiguration()).getJobExecutor();
        executor.setWaitTimeInMillis(100);
        executor.setMaxWait(200);
        executor.start();
        try {
            instance = processes.start(ChangeProcesses.DEPLOY, 7, "shop", 3);
            await(() -> processes.approved(instance, "bob", List.of()));
            await(() -> processes.approved(instance, "carol", List.of()));
            await(() -> processes.nodeAnswered(instance, "compute-1", NodeAnswer.RUNNING, ""));
            ports.back("send gateway-1");
            await(() -> processes.nodeAnswered(instance, "gateway-1", NodeAnswer.RUNNING, ""));
            await(() -> Engine.hasEnded(instance));
        } finally {
            executor.shutdown();
        }
        hasEndedWith("RUNNING");
    }

    private static void await(BooleanSupplier condition) throws InterruptedException {
        Instant deadline = Instant.now().plusSeconds(30);
        while (!holds(condition)) {
            assertThat(Instant.now()).as("the engine's threads are still at it").isBefore(deadline);
            Thread.sleep(50);
        }
    }

    /** An answer that meets a job in the middle loses, and is told again: as the server does. */
    private static boolean holds(BooleanSupplier condition) {
        try {
            return condition.getAsBoolean();
        } catch (OptimisticLockingException later) {
            return false;
        }
    }
}
