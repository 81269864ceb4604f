package org.zosgrid.workloads;

import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import java.util.Optional;
import org.zosgrid.contract.organisation.Quota;
import org.zosgrid.model.CurrentOrganisation;
import org.zosgrid.workloads.organisation.QuotaOfOrganisation;
import org.zosgrid.workloads.organisation.QuotaOfOrganisation.Use;
import org.zosgrid.workloads.view.QuotaView;
import org.zosgrid.workloads.view.QuotaView.Line;

/** Shows an organisation its own quota and what it has of it, reckoned as sealing reckons. */
@Stateless
public class ShowQuota {
    @Inject private QuotaOfOrganisation quota;

    public QuotaView show() {
        Quota limits = quota.limits();
        Use use = quota.use();
        return new QuotaView(CurrentOrganisation.name(), line(use.deployments(), limits.deployments()), line(use.resources().cpuMillis(), limits.resources().cpuMillis()),
                line(use.resources().memoryBytes(), limits.resources().memoryBytes()));
    }

    private static Line line(long used, long limit) {
        return new Line(used, limit == Long.MAX_VALUE ? Optional.empty() : Optional.of(limit));
    }
}
