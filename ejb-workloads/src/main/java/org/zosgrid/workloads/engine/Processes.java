package org.zosgrid.workloads.engine;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Inject;
import java.time.Duration;
import org.camunda.bpm.engine.DecisionService;
import org.camunda.bpm.engine.ManagementService;
import org.camunda.bpm.engine.RepositoryService;
import org.camunda.bpm.engine.RuntimeService;
import org.camunda.bpm.engine.TaskService;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.zosgrid.bpmn.ChangeProcesses;
import org.zosgrid.bpmn.DriftProcesses;
import org.zosgrid.bpmn.ProcessTiming;
import org.zosgrid.bpmn.QuorumTable;
import org.zosgrid.bpmn.RotationProcesses;
import org.zosgrid.bpmn.StuckSteps;
import org.zosgrid.workloads.organisation.KnownOrganisations;

/** Hands out the processes, with the patience that the configuration names ({@code zos.workflow.…}, ISO 8601 durations). */
@ApplicationScoped
public class Processes {
    @Inject private RuntimeService runtime;
    @Inject private TaskService tasks;
    @Inject private ManagementService jobs;
    @Inject private RepositoryService repository;

    @Inject private DecisionService decisions;

    @Inject
    @ConfigProperty(name = "zos.workflow.retry-pause")
    private Duration retryPause;

    @Inject
    @ConfigProperty(name = "zos.workflow.verification-patience")
    private Duration verificationPatience;

    @Inject
    @ConfigProperty(name = "zos.workflow.provisioning-patience")
    private Duration provisioningPatience;

    @Inject
    @ConfigProperty(name = "zos.workflow.rotation-patience")
    private Duration rotationPatience;

    @Produces
    public RotationProcesses rotations() {
        return new RotationProcesses(runtime, rotationPatience, KnownOrganisations::tenant);
    }

    @Inject
    @ConfigProperty(name = "zos.workflow.drift-reminder")
    private Duration driftReminder;

    @Produces
    public DriftProcesses drifts() {
        return new DriftProcesses(runtime, retryPause, provisioningPatience, driftReminder, KnownOrganisations::tenant);
    }

    @Produces
    public StuckSteps stuckSteps() {
        return new StuckSteps(runtime, jobs, repository, KnownOrganisations::tenant);
    }

    @Produces
    public QuorumTable quorumTable() {
        return new QuorumTable(decisions, KnownOrganisations::tenant);
    }

    @Produces
    public ChangeProcesses processes() {
        return new ChangeProcesses(runtime, tasks, new ProcessTiming(retryPause, verificationPatience, provisioningPatience, rotationPatience), KnownOrganisations::tenant);
    }
}
