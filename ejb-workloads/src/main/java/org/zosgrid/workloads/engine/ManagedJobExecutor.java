package org.zosgrid.workloads.engine;

import jakarta.enterprise.concurrent.ManagedExecutorService;
import jakarta.enterprise.concurrent.ManagedThreadFactory;
import java.util.List;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.Semaphore;
import org.camunda.bpm.engine.impl.ProcessEngineImpl;
import org.camunda.bpm.engine.impl.jobexecutor.JobExecutor;

/**
 * Runs the engine's jobs on the container's threads, so that delegates find the application's class loader, naming context and
 * transactions. At most as many batches are handed over as may run at once: the rest stay unlocked in the database.
 */
final class ManagedJobExecutor extends JobExecutor {
    private final ManagedExecutorService jobs;
    private final ManagedThreadFactory threads;
    private final Semaphore free;

    ManagedJobExecutor(ManagedExecutorService jobs, ManagedThreadFactory threads, int concurrentJobs) {
        this.jobs = jobs;
        this.threads = threads;
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

    private void reject(List<String> jobIds, ProcessEngineImpl engine) {
        logRejectedExecution(engine, jobIds.size());
        rejectedJobsHandler.jobsRejected(jobIds, engine, this);
    }
}
