package org.zosgrid.workloads.organisation;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.List;
import org.zosgrid.contract.Fault;
import org.zosgrid.contract.admission.Resources;
import org.zosgrid.contract.document.Deployment;
import org.zosgrid.contract.organisation.Quota;

/** Reckons what the current organisation has, and would have with a deployment, against its quota. */
@ApplicationScoped
public class QuotaOfOrganisation {
    @Inject private KnownOrganisations organisations;
    @Inject private HeldByDeployments held;

    /** What would be too much. Sure only while nobody else can seal: a plan and a verification ask early, sealing asks again under the ledger's lock. */
    public List<Fault> faults(Deployment deployment) {
        Use others = held.useOfOthers(deployment.name());
        return limits().exceededBy(others.deployments() + 1, others.resources().plus(Resources.of(deployment)));
    }

    /** The most that the current organisation may have. */
    public Quota limits() {
        return organisations.current().quota();
    }

    /** What it has, as its quota counts. */
    public Use use() {
        return held.useOfOthers(""); // nothing is called so
    }

    /**
     * What somebody has.
     *
     * @param deployments running or paused, or on their way there
     */
    public record Use(long deployments, Resources resources) {}
}
