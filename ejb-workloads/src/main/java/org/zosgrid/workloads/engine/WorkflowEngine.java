package org.zosgrid.workloads.engine;

import jakarta.annotation.PostConstruct;
import jakarta.annotation.PreDestroy;
import jakarta.annotation.Resource;
import jakarta.ejb.ConcurrencyManagement;
import jakarta.ejb.ConcurrencyManagementType;
import jakarta.ejb.DependsOn;
import jakarta.ejb.EJB;
import jakarta.ejb.Singleton;
import jakarta.ejb.Startup;
import jakarta.ejb.TransactionManagement;
import jakarta.ejb.TransactionManagementType;
import jakarta.enterprise.concurrent.ManagedExecutorDefinition;
import jakarta.enterprise.concurrent.ManagedExecutorService;
import jakarta.enterprise.concurrent.ManagedThreadFactory;
import jakarta.enterprise.inject.Produces;
import jakarta.enterprise.inject.spi.BeanManager;
import jakarta.inject.Inject;
import jakarta.transaction.TransactionManager;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.logging.Logger;
import javax.sql.DataSource;
import org.camunda.bpm.engine.DecisionService;
import org.camunda.bpm.engine.HistoryService;
import org.camunda.bpm.engine.ManagementService;
import org.camunda.bpm.engine.ProcessEngine;
import org.camunda.bpm.engine.ProcessEngineConfiguration;
import org.camunda.bpm.engine.RepositoryService;
import org.camunda.bpm.engine.RuntimeService;
import org.camunda.bpm.engine.TaskService;
import org.camunda.bpm.engine.impl.persistence.StrongUuidGenerator;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.zosgrid.bpmn.Approval;
import org.zosgrid.bpmn.Delivery;
import org.zosgrid.bpmn.DraftTable;
import org.zosgrid.bpmn.DriftSteps;
import org.zosgrid.bpmn.Drifts;
import org.zosgrid.bpmn.Exposure;
import org.zosgrid.bpmn.MaintenanceWindows;
import org.zosgrid.bpmn.ModelSteps;
import org.zosgrid.bpmn.Models;
import org.zosgrid.bpmn.NodeLife;
import org.zosgrid.bpmn.NodeSteps;
import org.zosgrid.bpmn.Notices;
import org.zosgrid.bpmn.Outcome;
import org.zosgrid.bpmn.Rotation;
import org.zosgrid.bpmn.RotationSteps;
import org.zosgrid.bpmn.Sealing;
import org.zosgrid.bpmn.Skips;
import org.zosgrid.bpmn.Steps;
import org.zosgrid.bpmn.Tickets;
import org.zosgrid.bpmn.Verification;
import org.zosgrid.bpmn.Webhooks;
import org.zosgrid.workloads.model.CustomersTable;
import org.zosgrid.workloads.organisation.KnownOrganisations;

/** The one process engine of this application: begun with it, ended with it. */
@Singleton
@Startup
@DependsOn("DatabaseSchema")
@ConcurrencyManagement(ConcurrencyManagementType.BEAN)
@TransactionManagement(TransactionManagementType.BEAN)
@ManagedExecutorDefinition(name = WorkflowEngine.JOBS, maxAsync = WorkflowEngine.CONCURRENT_JOBS)
public class WorkflowEngine {
    /** JNDI name of the executor that runs the engine's jobs. */
    static final String JOBS = "java:app/concurrent/workflow-jobs";
    /** A job mostly waits for a node or the database; four of them keep two cores busy. */
    static final int CONCURRENT_JOBS = 4;

    /** What no model says otherwise about: so often a step is tried again that fails for a reason no diagram has a path for. */
    private static final String RETRIES = "R20/PT5S";

    private static final Logger LOG = Logger.getLogger(WorkflowEngine.class.getName());

    @Resource(lookup = "jdbc/zos") private DataSource database;
    @Resource(lookup = "java:appserver/TransactionManager") private TransactionManager transactions;
    @EJB private OwnTransaction ownTransaction;
    @Resource(lookup = JOBS) private ManagedExecutorService jobs;
    @Resource private ManagedThreadFactory threads;
    @Inject private BeanManager beans;
    @Inject private Verification verification;
    @Inject private Approval approval;
    @Inject private Sealing sealing;
    @Inject private Delivery delivery;
    @Inject private Exposure exposure;
    @Inject private Outcome outcome;
    @Inject private Models models;
    @Inject private Skips skips;
    @Inject private Notices notices;
    @Inject private Webhooks webhooks;
    @Inject private Tickets tickets;
    @Inject private MaintenanceWindows windows;
    @Inject private CustomersTable customersTable;
    @Inject private Rotation rotation;
    @Inject private Drifts drifts;
    @Inject private NodeLife nodes;
    @Inject private KnownOrganisations organisations;

    @Inject
    @ConfigProperty(name = "zos.state")
    private String state;

    private ProcessEngine engine;
    private JobLocks locks;
    private ServedModels served;
    private ManagedJobExecutor jobExecutor;

    @PostConstruct
    void start() {
        locks = new JobLocks(database, "zos:" + ServerName.in(Path.of(state)));
        jobExecutor = new ManagedJobExecutor(jobs, threads, CONCURRENT_JOBS, locks.owner(), organisations.several());
        try (StartLock alone = StartLock.take(database)) {
            locks.seen();
            locks.freeAll();
            engine = configuration().buildProcessEngine();
            onAThreadOfItsOwn(() -> organisations.each(() -> {
                new ProcessArchive(getClass().getClassLoader()).deployTo(engine.getRepositoryService(), KnownOrganisations.tenant());
                customersTable.keep(engine.getRepositoryService());
            }));
            served = new ServedModels(engine.getRepositoryService(), engine.getManagementService());
            served.allThereAre();
        } catch (SQLException failed) {
            throw new IllegalStateException("the workflow engine cannot start while the database is away", failed);
        }
        // Not before the models are there: the first job may come from the process that the last server left half-way.
        jobExecutor.start();
        LOG.info("the workflow engine is up");
    }

    /** This bean may be made by the call of somebody who works for one organisation, a timer for example; what has to be done for each of them cannot be done on their thread. */
    private void onAThreadOfItsOwn(Runnable work) {
        FutureTask<Void> task = new FutureTask<>(work, null);
        threads.newThread(task).start();
        try {
            task.get();
        } catch (ExecutionException failed) {
            throw new IllegalStateException("the workflow engine cannot start: " + failed.getCause().getMessage(), failed.getCause());
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("the workflow engine was stopped while it started", interrupted);
        }
    }

    @PreDestroy
    void stop() {
        jobExecutor.shutdown();
        engine.close();
    }

    /** Tells the other servers that this one lives. Public, as whatever comes through the container's proxy must be. */
    public void tellOthers() throws SQLException {
        locks.seen();
    }

    /** Takes in customers' models that came through other servers. */
    public void serveCustomers() {
        served.customers();
    }

    /** Takes over what servers had begun that are not seen any more; returns how many jobs. */
    public int standIn() throws SQLException {
        return locks.freeOfTheDead();
    }

    /** Gives back what is locked for this server and it knows nothing of; returns how many jobs. */
    public int giveBackForgotten() throws SQLException {
        return locks.freeForgotten(jobExecutor.inHand());
    }

    private ProcessEngineConfiguration configuration() {
        var configuration = new ContainerEngineConfiguration(ownTransaction);
        configuration.setTransactionManager(transactions);
        configuration.setTransactionsExternallyManaged(true);
        configuration.setDataSource(database);
        configuration.setDatabaseSchemaUpdate(ProcessEngineConfiguration.DB_SCHEMA_UPDATE_TRUE);
        configuration.setHistory(ProcessEngineConfiguration.HISTORY_AUDIT);
        configuration.setEnforceHistoryTimeToLive(false); // who approved what is kept, not aged out
        configuration.setMetricsEnabled(false);
        configuration.setJobExecutor(jobExecutor);
        configuration.setJobExecutorActivate(false);
        configuration.setJobExecutorDeploymentAware(true); // see ServedModels
        configuration.setIdGenerator(new StrongUuidGenerator());
        configuration.setHintJobExecutor(true);
        configuration.setFailedJobRetryTimeCycle(RETRIES);
        configuration.setEnableExceptionsAfterUnhandledBpmnError(true); // an error that nothing catches is a fault; it would be taken for an end that went well
        configuration.setBeans(new NamedBeans(steps(), beans));
        configuration.setProcessEngineName("zos");
        return configuration;
    }

    /** What built-in and compiled models may name. */
    private Map<String, Object> steps() {
        Map<String, Object> steps = new TreeMap<>(Steps.of(verification, approval, sealing, delivery, exposure, outcome, models, skips));
        steps.putAll(ModelSteps.of(approval, notices, webhooks, tickets, windows));
        steps.putAll(RotationSteps.of(rotation));
        steps.putAll(DriftSteps.of(drifts));
        steps.putAll(NodeSteps.of(nodes));
        return steps;
    }

    @Produces
    public RuntimeService runtimeService() {
        return engine.getRuntimeService();
    }

    @Produces
    public TaskService taskService() {
        return engine.getTaskService();
    }

    @Produces
    public HistoryService historyService() {
        return engine.getHistoryService();
    }

    @Produces
    public DecisionService decisionService() {
        return engine.getDecisionService();
    }

    @Produces
    public DraftTable draftTable() {
        return new DraftTable(engine);
    }

    @Produces
    public RepositoryService repositoryService() {
        return engine.getRepositoryService();
    }

    @Produces
    public ManagementService managementService() {
        return engine.getManagementService();
    }
}
