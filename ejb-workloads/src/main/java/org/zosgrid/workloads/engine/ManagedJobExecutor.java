package org.zosgrid.workloads.engine;

import jakarta.enterprise.concurrent.ManagedExecutorService;
import jakarta.enterprise.concurrent.ManagedThreadFactory;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.Semaphore;
import org.camunda.bpm.engine.impl.ProcessEngineImpl;
import org.camunda.bpm.engine.impl.context.Context;
import org.camunda.bpm.engine.impl.interceptor.CommandExecutor;
import org.camunda.bpm.engine.impl.jobexecutor.ExecuteJobsRunnable;
import org.camunda.bpm.engine.impl.jobexecutor.JobExecutor;
import org.camunda.bpm.engine.impl.jobexecutor.JobFailureCollector;
import org.camunda.bpm.engine.runtime.Job;
import org.zosgrid.contract.organisation.Organisation;
import org.zosgrid.model.CurrentOrganisation;

/**
 * Runs the engine's jobs on the container's threads, so that delegates find the application's class loader, naming context and
 * transactions. At most as many batches are handed over as may run at once: the rest stay unlocked in the database.
 */
final class ManagedJobExecutor extends JobExecutor {
    private final ManagedExecutorService jobs;
    private final ManagedThreadFactory threads;
    private final Semaphore free;
    private final boolean several;
    private final Set<String> inHand = ConcurrentHashMap.newKeySet();

    ManagedJobExecutor(ManagedExecutorService jobs, ManagedThreadFactory threads, int concurrentJobs, String owner, boolean several) {
        this.several = several;
        this.jobs = jobs;
        this.threads = threads;
        setLockOwner(owner);
        this.free = new Semaphore(2 * concurrentJobs);
        name = "workflow-jobs";
        setMaxJobsPerAcquisition(concurrentJobs);
        setWaitTimeInMillis(1_000);
        setMaxWait(5_000); // the longest a timer fires late; new jobs are hinted at once
    }

    @Override
    protected void startExecutingJobs() {
        jobAcquisitionThread = threads.newThread(acquireJobsRunnable);
        jobAcquisitionThread.setName("workflow-job-acquisition");
        jobAcquisitionThread.start();
    }

    @Override
    protected void stopExecutingJobs() {
        stopJobAcquisitionThread();
    }

    /** The ids of the jobs that run here or wait here for a thread, as they are now: of what else is locked for this server, it knows nothing. */
    Set<String> inHand() {
        return Collections.unmodifiableSet(inHand);
    }

    @Override
    public void executeJobs(List<String> jobIds, ProcessEngineImpl engine) {
        inHand.addAll(jobIds); // also what is rejected: it is handed over again
        if (!free.tryAcquire()) {
            reject(jobIds, engine);
            return;
        }
        Runnable batch = getExecuteJobsRunnable(jobIds, engine);
        try {
            jobs.execute(() -> {
                try {
                    batch.run();
                } finally {
                    free.release();
                }
            });
        } catch (RejectedExecutionException full) {
            free.release();
            reject(jobIds, engine);
        }
    }

    /** A batch for each job's own organisation, in hand until its end with the jobs of the same process instance that follow in it. */
    @Override
    public Runnable getExecuteJobsRunnable(List<String> jobIds, ProcessEngineImpl engine) {
        List<String> all = new ArrayList<>(jobIds);
        return new ExecuteJobsRunnable(jobIds, engine) {
            @Override
            public void run() {
                try {
                    super.run();
                } finally {
                    all.forEach(inHand::remove);
                }
            }

            @Override
            protected void executeJob(String job, CommandExecutor commands, JobFailureCollector failures) {
                try {
                    CurrentOrganisation.run(organisation(engine, job), () -> super.executeJob(job, commands, failures));
                } finally {
                    List<String> following = Context.getJobExecutorContext().getCurrentProcessorJobQueue();
                    all.addAll(following);
                    inHand.addAll(following);
                }
            }
        };
    }

    /** For whom a job is: for whom its process was started. One that is gone meanwhile is nobody's; running it finds that out. */
    private String organisation(ProcessEngineImpl engine, String job) {
        if (!several) {
            return Organisation.DEFAULT;
        }
        return Optional.ofNullable(engine.getManagementService().createJobQuery().jobId(job).singleResult()).map(Job::getTenantId).orElse(Organisation.DEFAULT);
    }

    private void reject(List<String> jobIds, ProcessEngineImpl engine) {
        logRejectedExecution(engine, jobIds.size());
        rejectedJobsHandler.jobsRejected(jobIds, engine, this);
    }
}
