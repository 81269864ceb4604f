package org.zosgrid.workloads.organisation;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import org.zosgrid.contract.admission.Resources;
import org.zosgrid.contract.document.Deployment;
import org.zosgrid.contract.document.GatewayRoute;
import org.zosgrid.model.Change;
import org.zosgrid.model.Holdings;
import org.zosgrid.workloads.Documents;

/** What the current organisation's deployments hold while they stand, reckoned once from each signed document. */
@ApplicationScoped
public class HeldByDeployments {
    @Inject private Holdings holdings;

    /** Notes what a deployment will hold, when it comes in. */
    public void note(Change change, Deployment deployment) {
        Resources all = Resources.of(deployment);
        holdings.keep(change.id(), all.cpuMillis(), all.memoryBytes(), hosts(deployment));
    }

    /** What those of other names hold together. */
    QuotaOfOrganisation.Use useOfOthers(String name) {
        catchUp();
        Holdings.Sum sum = holdings.others(name);
        return new QuotaOfOrganisation.Use(sum.deployments(), new Resources(sum.cpuMillis(), sum.memoryBytes()));
    }

    /** Which hosts of a deployment another one holds already. */
    public Set<String> hostsOfOthers(Deployment deployment) {
        catchUp();
        return holdings.heldByOthers(deployment.name(), hosts(deployment));
    }

    /** Those that came in while nothing was noted: before an upgrade, or through a server that had not had it yet. */
    private void catchUp() {
        holdings.missing().forEach(each -> Documents.deployment(each).ifPresent(deployment -> note(each, deployment)));
    }

    private static Collection<String> hosts(Deployment deployment) {
        return deployment.gateways().stream().map(GatewayRoute::host).toList();
    }
}
