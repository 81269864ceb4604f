package org.zosgrid.console;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import org.zosgrid.workloads.ShowEmergencies;

/** Versions that were emergencies, and what was found of them. A review is submitted among the other orders, since it needs approvals like them. */
@Path("/emergencies")
@RequestScoped
@Produces(MediaType.APPLICATION_JSON)
public class EmergenciesResource {
    @Inject private ShowEmergencies emergencies;

    @GET
    public byte[] list() {
        return EmergencyAnswer.of(emergencies.list());
    }
}
