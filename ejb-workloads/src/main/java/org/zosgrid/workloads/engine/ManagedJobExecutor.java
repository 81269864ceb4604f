package org.zosgrid.workloads.engine;

import jakarta.enterprise.concurrent.ManagedExecutorService;
import jakarta.enterprise.concurrent.ManagedThreadFactory;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.Semaphore;
import org.camunda.bpm.engine.impl.ProcessEngineImpl;
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
    private final JobLocks locks;
    private final boolean several;

    ManagedJobExecutor(ManagedExecutorService jobs, ManagedThreadFactory threads, int concurrentJobs, JobLocks locks, boolean several) {
        this.several = several;
        this.jobs = jobs;
        this.threads = threads;
        this.locks = locks;
        setLockOwner(locks.owner());
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

    @Override
    public void executeJobs(List<String> jobIds, ProcessEngineImpl engine) {
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

    /** A batch after which no job stays locked that failed, also if it could not be given back at once. */
    @Override
    public Runnable getExecuteJobsRunnable(List<String> jobIds, ProcessEngineImpl engine) {
        return new ExecuteJobsRunnable(jobIds, engine) {
            @Override
            protected void executeJob(String job, CommandExecutor commands, JobFailureCollector failures) {
                Instant notAfter = Instant.now().plusMillis(getLockTimeInMillis());
                boolean done = false; // To ask for the organisation may fail as well, before the engine knows of it.
                try {
                    CurrentOrganisation.run(organisation(engine, job), () -> super.executeJob(job, commands, failures));
                    done = failures.getFailure() == null;
                } finally {
                    if (!done) {
                        locks.free(job, notAfter);
                    }
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
