package org.zosgrid.workloads.engine;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.Optional;
import org.camunda.bpm.engine.DecisionService;
import org.camunda.bpm.engine.HistoryService;
import org.camunda.bpm.engine.RuntimeService;
import org.camunda.bpm.engine.TaskService;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.zosgrid.bpmn.ChangeProcesses;
import org.zosgrid.bpmn.ProcessTiming;
import org.zosgrid.bpmn.QuorumTable;

/** Hands out the processes, with the patience that the configuration names ({@code zos.workflow.…}, ISO 8601 durations). */
@ApplicationScoped
public class Processes {
    @Inject private RuntimeService runtime;
    @Inject private TaskService tasks;
    @Inject private HistoryService history;

    @Inject private DecisionService decisions;

    @Inject
    @ConfigProperty(name = "zos.workflow.retry-pause")
    private Optional<Duration> retryPause;

    @Inject
    @ConfigProperty(name = "zos.workflow.verification-patience")
    private Optional<Duration> verificationPatience;

    @Inject
    @ConfigProperty(name = "zos.workflow.provisioning-patience")
    private Optional<Duration> provisioningPatience;

    @Produces
    public QuorumTable quorumTable() {
        return new QuorumTable(decisions);
    }

    @Produces
    public ChangeProcesses processes() {
        ProcessTiming otherwise = ProcessTiming.DEFAULT;
        return new ChangeProcesses(runtime, tasks, history, new ProcessTiming(
                retryPause.orElse(otherwise.retryPause()),
                verificationPatience.orElse(otherwise.verificationPatience()),
                provisioningPatience.orElse(otherwise.provisioningPatience())));
    }
}
