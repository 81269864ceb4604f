package org.zosgrid.workloads.model;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.Set;
import java.util.logging.Logger;
import org.camunda.bpm.engine.RepositoryService;
import org.camunda.bpm.engine.repository.DecisionDefinition;
import org.zosgrid.bpmn.table.RefusedTableException;
import org.zosgrid.bpmn.table.TableCheck;
import org.zosgrid.contract.document.Model;
import org.zosgrid.model.Change;
import org.zosgrid.model.Changes;
import org.zosgrid.workloads.organisation.KnownOrganisations;
import org.zosgrid.workloads.trust.Trust;

/** A customer's table {@code quorum} stays in force when a new version of this program brings a built-in one of its own. Used while the engine starts: it must ask nothing of it by injection. */
@ApplicationScoped
public class CustomersTable {
    private static final Logger LOG = Logger.getLogger(CustomersTable.class.getName());

    @Inject private Changes changes;
    @Inject private Trust trust;

    /** Gives the engine the customer's table again, unless that is what it asks already. */
    public void keep(RepositoryService engine) {
        Optional<Change> own = changes.inForce(ModelsInForce.QUORUM);
        if (own.isEmpty()) {
            return;
        }
        String source = Long.toString(own.get().id());
        DecisionDefinition asked = KnownOrganisations.tenant().decisions(engine).decisionDefinitionKey(ModelsInForce.QUORUM).latestVersion().singleResult();
        if (source.equals(KnownOrganisations.tenant().deployments(engine).deploymentId(asked.getDeploymentId()).singleResult().getSource())) {
            return;
        }
        Model model = ModelsInForce.model(own.get());
        try {
            byte[] compiled = new TableCheck(Set.of(), trust.root().groups(), new TrustFloor(trust.root().policy())).understood(model.file().getBytes(StandardCharsets.UTF_8)).forTheEngine();
            KnownOrganisations.tenant().deployment(engine).name("model " + model.name() + " version " + model.version()).source(source)
                .addInputStream(model.name() + ".dmn", new ByteArrayInputStream(compiled)).deploy();
            LOG.info("the decision table quorum is the customer's again, version " + model.version());
        } catch (RefusedTableException refused) {
            // The trust root's floor holds in any case; the built-in table is asked.
            LOG.warning("the customer's decision table quorum is not valid any more, the built-in one is asked: " + refused.getMessage());
        }
    }
}
