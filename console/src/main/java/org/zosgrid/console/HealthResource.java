package org.zosgrid.console;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import org.zosgrid.workloads.ReportHealth;
import org.zosgrid.workloads.view.Health;

/** Whether the control plane can work: 200 if it can, 503 if not, and which of its parts answer in both cases. */
@Path("/health")
@RequestScoped
public class HealthResource {
    @Inject private ReportHealth report;

    @GET
    @Produces(MediaType.APPLICATION_JSON)
    public Response health() {
        Health health = report.health();
        return Response.status(health.ready() ? Response.Status.OK : Response.Status.SERVICE_UNAVAILABLE).entity(Answer.of(health)).build();
    }
}
