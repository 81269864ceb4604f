package org.zosgrid.workloads.engine;

import java.util.function.Predicate;
import org.camunda.bpm.engine.ManagementService;
import org.camunda.bpm.engine.RepositoryService;
import org.camunda.bpm.engine.repository.Deployment;

/**
 * Whose jobs this server runs: of all models that were there when it had brought its own, and of customers' models whenever they come. Diagrams that a newer
 * version of the application brings later name steps that this one may not have; they are left to the servers of that version.
 */
record ServedModels(RepositoryService repository, ManagementService management) {
    /** At the start, after this server's own models. */
    void allThereAre() {
        serve(deployment -> true);
    }

    /** From time to time: a customer's model may have been taken in by another server. */
    void customers() {
        serve(deployment -> !ProcessArchive.NAME.equals(deployment.getName()));
    }

    private void serve(Predicate<Deployment> wanted) {
        var served = management.getRegisteredDeployments();
        repository.createDeploymentQuery().list().stream().filter(wanted).map(Deployment::getId).filter(id -> !served.contains(id))
                .forEach(management::registerDeploymentForJobExecutor);
    }
}
