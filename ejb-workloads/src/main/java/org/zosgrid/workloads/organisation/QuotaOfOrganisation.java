package org.zosgrid.workloads.organisation;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.List;
import org.zosgrid.contract.Fault;
import org.zosgrid.contract.admission.Resources;
import org.zosgrid.contract.document.Deployment;
import org.zosgrid.model.Changes;
import org.zosgrid.workloads.Documents;

/** Reckons what the current organisation has, and would have with a deployment, against its quota. */
@ApplicationScoped
public class QuotaOfOrganisation {
    @Inject private KnownOrganisations organisations;
    @Inject private Changes changes;

    /** What would be too much. Sure only while nobody else can seal: a plan and a verification ask early, sealing asks again under the ledger's lock. */
    public List<Fault> faults(Deployment deployment) {
        List<Deployment> others = changes.othersThan(deployment.name()).stream().flatMap(each -> Documents.deployment(each).stream()).toList();
        Resources sum = others.stream().map(QuotaOfOrganisation::all).reduce(all(deployment), Resources::plus);
        return organisations.current().quota().exceededBy(others.stream().map(Deployment::name).distinct().count() + 1, sum);
    }

    private static Resources all(Deployment deployment) {
        return deployment.machines().stream().map(each -> new Resources(each.cpuMillis(), each.memory().bytes())).reduce(Resources.NONE, Resources::plus);
    }
}
