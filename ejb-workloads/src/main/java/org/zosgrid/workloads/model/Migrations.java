package org.zosgrid.workloads.model;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import org.camunda.bpm.engine.RepositoryService;
import org.camunda.bpm.engine.RuntimeService;
import org.camunda.bpm.engine.repository.Deployment;
import org.zosgrid.bpmn.model.CheckedModel;
import org.zosgrid.bpmn.model.Migration;
import org.zosgrid.bpmn.model.RefusedModelException;
import org.zosgrid.contract.Fault;
import org.zosgrid.contract.document.Model;
import org.zosgrid.model.Change;
import org.zosgrid.model.ChangeKind;
import org.zosgrid.model.Changes;
import org.zosgrid.workloads.RefusedException;
import org.zosgrid.workloads.RefusedException.Kind;
import org.zosgrid.workloads.organisation.KnownOrganisations;

/** From a version of a process to the one in force. Both are checked again out of the files that people signed: what the engine holds says nothing of what may be true where an instance stands. */
@ApplicationScoped
public class Migrations {
    @Inject private ModelsInForce models;
    @Inject private Changes changes;
    @Inject private RepositoryService repository;
    @Inject private RuntimeService runtime;

    /** @throws RefusedException NOT_FOUND or CONFLICT */
    public Migration of(String name, long from) {
        Change before = changes.find(name, from).filter(Migrations::isProcess)
            .orElseThrow(() -> new RefusedException(Kind.NOT_FOUND, "There is no such model", new Fault("from", "must be a version of the process " + name, Long.toString(from))));
        Change now = changes.inForce(name)
            .orElseThrow(() -> new RefusedException(Kind.CONFLICT, "Nothing is in force", new Fault("name", "has no version in force", name)));
        if (now.version() == from) {
            throw new RefusedException(Kind.CONFLICT, "This is the version in force", new Fault("from", "must be an older version than the one in force", Long.toString(from)));
        }
        return new Migration(runtime, checked(before), definition(before), checked(now), definition(now));
    }

    private static boolean isProcess(Change change) {
        return change.kind() == ChangeKind.MODEL && ModelsInForce.model(change).language() == Model.Language.BPMN;
    }

    private CheckedModel checked(Change change) {
        try {
            return models.process(ModelsInForce.model(change));
        } catch (RefusedModelException refused) {
            throw new RefusedException(Kind.CONFLICT, "A version is not valid any more",
                new Fault("version", "must be valid among what is configured now: " + refused.findings().getFirst(), Long.toString(change.version())));
        }
    }

    private String definition(Change change) {
        Deployment deployment = KnownOrganisations.tenant().deployments(repository).deploymentSource(Long.toString(change.id())).singleResult();
        if (deployment == null) {
            throw new RefusedException(Kind.CONFLICT, "A version was never in force", new Fault("version", "must have been in force", Long.toString(change.version())));
        }
        return KnownOrganisations.tenant().processes(repository).deploymentId(deployment.getId()).singleResult().getId();
    }
}
