package org.zosgrid.bpmn;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Date;
import java.util.HashMap;
import java.util.List;
import org.camunda.bpm.engine.ProcessEngine;
import org.camunda.bpm.engine.ProcessEngineConfiguration;
import org.camunda.bpm.engine.impl.cfg.StandaloneProcessEngineConfiguration;
import org.camunda.bpm.engine.impl.util.ClockUtil;
import org.camunda.bpm.engine.runtime.Job;
import org.postgresql.Driver;

/** The bare engine on a real PostgreSQL, one for all tests of this JVM, with our models; jobs run when a test says so, at the time that it says. */
final class Engine {
    private static final ProcessEngine ENGINE = build();

    private Engine() {}

    private static ProcessEngine build() {
        try {
            @SuppressWarnings("resource") // ended by its shutdown hook
            EmbeddedPostgres database = EmbeddedPostgres.builder().setServerConfig("listen_addresses", "127.0.0.1").setServerConfig("fsync", "off").start();
            var configuration = new StandaloneProcessEngineConfiguration();
            // From the engine's own pool, as the server has one: a connection costs PostgreSQL a process, and each command would begin a new one.
            configuration.setJdbcDriver(Driver.class.getName());
            configuration.setJdbcUrl(database.getJdbcUrl("postgres", "postgres"));
            configuration.setJdbcUsername("postgres");
            configuration.setDatabaseSchemaUpdate(ProcessEngineConfiguration.DB_SCHEMA_UPDATE_TRUE);
            configuration.setHistory(ProcessEngineConfiguration.HISTORY_AUDIT);
            configuration.setEnforceHistoryTimeToLive(false);
            configuration.setMetricsEnabled(false);
            configuration.setJobExecutorActivate(false);
            configuration.setEnableExceptionsAfterUnhandledBpmnError(true);
            configuration.setBeans(new HashMap<>());
            configuration.setCustomPostBPMNParseListeners(new ArrayList<>(List.of(new TakenFlows())));
            ProcessEngine engine = configuration.buildProcessEngine();
            engine.getRepositoryService().createDeployment().addClasspathResource("deploy.bpmn").addClasspathResource("pause.bpmn").addClasspathResource("resume.bpmn")
                    .addClasspathResource("decommission.bpmn").addClasspathResource("model.bpmn").addClasspathResource("skip.bpmn").addClasspathResource("trust-root.bpmn").addClasspathResource("drift.bpmn")
                    .addClasspathResource("admission.bpmn").addClasspathResource("retirement.bpmn").addClasspathResource("promotion.bpmn").addClasspathResource("emergency.bpmn").addClasspathResource("review.bpmn").addClasspathResource("quorum.dmn").deploy();
            return engine;
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    static ProcessEngine engine() {
        return ENGINE;
    }

    /** The engine asks for the delegates anew at each step: a test puts its own there. */
    static void use(Ports ports) {
        var live = ((StandaloneProcessEngineConfiguration) ENGINE.getProcessEngineConfiguration()).getBeans();
        live.clear();
        live.putAll(Steps.of(ports, ports, ports, ports, ports, ports, ports, ports));
        live.putAll(NodeSteps.of(ports));
    }

    /** As {@link #use(Ports)}, for the process of a new trust root. */
    static void use(Rotation rotation) {
        var live = ((StandaloneProcessEngineConfiguration) ENGINE.getProcessEngineConfiguration()).getBeans();
        live.clear();
        live.putAll(RotationSteps.of(rotation));
    }

    /** As {@link #use(Ports)}, for the process of a drift. */
    static void use(Drifts drifts) {
        var live = ((StandaloneProcessEngineConfiguration) ENGINE.getProcessEngineConfiguration()).getBeans();
        live.clear();
        live.putAll(DriftSteps.of(drifts));
    }

    /** Runs what is due now, and what that makes due, until nothing is. A job that fails is due again later, and does not fail the test. */
    static void runDueJobs(String instance) {
        for (int rounds = 0; rounds < 100; rounds++) {
            List<Job> due = ENGINE.getManagementService().createJobQuery().processInstanceId(instance).executable().orderByJobDuedate().asc().list();
            if (due.isEmpty()) {
                return;
            }
            try {
                ENGINE.getManagementService().executeJob(due.getFirst().getId());
            } catch (RuntimeException kept) {
                // The engine keeps it with the job, and sets when to try again.
            }
        }
        throw new AssertionError("the process does not come to rest");
    }

    static void pass(Duration time) {
        ClockUtil.setCurrentTime(new Date(ClockUtil.getCurrentTime().getTime() + time.toMillis()));
    }

    static boolean hasEnded(String instance) {
        return ENGINE.getHistoryService().createHistoricProcessInstanceQuery().processInstanceId(instance).completed().count() == 1;
    }
}
