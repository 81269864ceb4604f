package org.zosgrid.benchmark;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.camunda.bpm.engine.ProcessEngine;
import org.camunda.bpm.engine.ProcessEngineConfiguration;
import org.camunda.bpm.engine.ProcessEngineException;
import org.camunda.bpm.engine.impl.cfg.StandaloneProcessEngineConfiguration;
import org.camunda.bpm.engine.impl.jobexecutor.DefaultJobExecutor;
import org.camunda.bpm.engine.impl.persistence.StrongUuidGenerator;
import org.zosgrid.bpmn.ChangeProcesses;
import org.zosgrid.bpmn.NodeAnswer;
import org.zosgrid.bpmn.ProcessTiming;

/**
 * Runs deploy.bpmn through the engine's own interface, with two approvals and two nodes that answer at once, as fast as it goes; prints processes completed per second. What the control plane does
 * around its engine (REST, signatures, the ledger, the container's transactions, nodes) is missing here.
 */
public final class EmptyEngine {
    private static final String SCHEMA = "benchmark_peer";
    private static final int JOBS = 4;
    private static final int CLIENTS = 8;
    private static final int CONNECTIONS = 32;
    private static final Duration PAUSE = Duration.ofMillis(2);
    private static final Duration PATIENCE = Duration.ofMinutes(5);

    private final ProcessEngine engine;
    private final ChangeProcesses processes;
    private final ScheduledExecutorService clients = Executors.newScheduledThreadPool(CLIENTS);
    private final Map<Long, String> instances = new ConcurrentHashMap<>();

    private EmptyEngine(String url, String user, String password) {
        StandaloneProcessEngineConfiguration configuration = new StandaloneProcessEngineConfiguration();
        configuration.setJdbcDriver("org.postgresql.Driver");
        configuration.setJdbcUrl(url + "?currentSchema=" + SCHEMA);
        configuration.setJdbcUsername(user);
        configuration.setJdbcPassword(password);
        configuration.setJdbcMaxActiveConnections(CONNECTIONS);
        configuration.setJdbcMaxIdleConnections(CONNECTIONS);
        configuration.setDatabaseSchema(SCHEMA);
        configuration.setDatabaseTablePrefix(SCHEMA + "."); // it must fit the schema; the scripts that make the tables go by the connection's
        configuration.setDatabaseSchemaUpdate(ProcessEngineConfiguration.DB_SCHEMA_UPDATE_TRUE);
        configuration.setHistory(ProcessEngineConfiguration.HISTORY_AUDIT);
        configuration.setEnforceHistoryTimeToLive(false);
        configuration.setMetricsEnabled(false);
        configuration.setIdGenerator(new StrongUuidGenerator());
        configuration.setEnableExceptionsAfterUnhandledBpmnError(true);
        configuration.setBeans(new EmptySteps(this::opened, this::sent).beans());
        DefaultJobExecutor jobs = new DefaultJobExecutor();
        jobs.setCorePoolSize(JOBS);
        jobs.setMaxPoolSize(JOBS);
        configuration.setJobExecutor(jobs);
        configuration.setJobExecutorActivate(true);
        configuration.setHintJobExecutor(true);
        engine = configuration.buildProcessEngine();
        engine.getRepositoryService().createDeployment().addClasspathResource("deploy.bpmn").addClasspathResource("quorum.dmn").deploy();
        Duration hour = Duration.ofHours(1);
        processes = new ChangeProcesses(engine.getRuntimeService(), engine.getTaskService(), engine.getHistoryService(), new ProcessTiming(Duration.ofSeconds(1), hour, hour, hour));
    }

    /** Arguments: JDBC URL, user, file with the password, processes that do not count, processes that do. */
    public static void main(String[] arguments) throws Exception {
        if (arguments.length != 5) {
            System.err.println("usage: EmptyEngine JDBC-URL USER PASSWORD-FILE UNCOUNTED COUNTED");
            System.exit(2);
        }
        String password = Files.readString(Path.of(arguments[2])).strip();
        execute(arguments, password, "DROP SCHEMA IF EXISTS " + SCHEMA + " CASCADE; CREATE SCHEMA " + SCHEMA);
        try {
            EmptyEngine empty = new EmptyEngine(arguments[0], arguments[1], password);
            int uncounted = Integer.parseInt(arguments[3]);
            empty.run(0, uncounted);
            double rate = empty.run(uncounted, Integer.parseInt(arguments[4]));
            System.out.printf(Locale.ROOT, "rate %.3f%n", rate);
            empty.clients.shutdownNow();
            empty.engine.close();
        } finally {
            execute(arguments, password, "DROP SCHEMA " + SCHEMA + " CASCADE");
        }
    }

    /** Starts them all at once; returns how many were completed per second until the last was. */
    private double run(long first, int count) throws InterruptedException, IOException {
        long before = completed();
        long begun = System.nanoTime();
        for (long change = first; change < first + count; change++) {
            long id = change;
            clients.execute(() -> instances.put(id, processes.start(ChangeProcesses.DEPLOY, id, "peer-" + id, 1)));
        }
        long end = begun + PATIENCE.toNanos();
        while (completed() < before + count) {
            if (System.nanoTime() > end) {
                throw new IOException("only " + (completed() - before) + " of " + count + " processes were completed in " + PATIENCE.toMinutes() + " minutes");
            }
            Thread.sleep(10 * PAUSE.toMillis());
        }
        return count / ((System.nanoTime() - begun) / 1e9);
    }

    private long completed() {
        return engine.getHistoryService().createHistoricProcessInstanceQuery().completed().count();
    }

    private void opened(long change) {
        until(() -> instances.containsKey(change) && processes.approved(instances.get(change), "bob", List.of("one more")),
            () -> until(() -> processes.approved(instances.get(change), "carol", List.of()), () -> {}));
    }

    private void sent(long change, String node) {
        until(() -> processes.nodeAnswered(instances.get(change), node, NodeAnswer.RUNNING, ""), () -> {});
    }

    /** Tries again as long as the process does not wait for it yet, or somebody else moved it in the same moment. */
    private void until(BooleanSupplier heard, Runnable then) {
        clients.schedule(() -> {
            boolean done;
            try {
                done = heard.getAsBoolean();
            } catch (ProcessEngineException moved) {
                done = false;
            }
            if (done) {
                then.run();
            } else {
                until(heard, then);
            }
        }, PAUSE.toMillis(), TimeUnit.MILLISECONDS);
    }

    private static void execute(String[] arguments, String password, String sql) throws SQLException {
        try (Connection connection = DriverManager.getConnection(arguments[0], arguments[1], password); Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}
