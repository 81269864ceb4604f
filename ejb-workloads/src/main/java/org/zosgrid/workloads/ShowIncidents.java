package org.zosgrid.workloads;

import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import java.util.List;
import org.zosgrid.workloads.view.IncidentView;

/** Shows the steps of processes that are stuck. */
@Stateless
public class ShowIncidents {
    @Inject private Incidents incidents;

    /** Those that have been so for longest first. */
    public List<IncidentView> list() {
        return incidents.all().stream().map(incidents::view).toList();
    }

    /** @throws RefusedException NOT_FOUND */
    public IncidentView show(String id) {
        return incidents.view(incidents.get(id));
    }
}
