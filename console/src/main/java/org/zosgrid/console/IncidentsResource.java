package org.zosgrid.console;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.SecurityContext;
import org.zosgrid.workloads.RetryStep;
import org.zosgrid.workloads.ShowIncidents;

/** Steps of processes that are stuck. A skip is submitted among the other orders, since it needs approvals like them; an undo is asked for of the version. */
@Path("/incidents")
@RequestScoped
@Produces(MediaType.APPLICATION_JSON)
public class IncidentsResource {
    @Inject private ShowIncidents incidents;
    @Inject private RetryStep retry;

    @GET
    public byte[] list() {
        return Answer.incidents(incidents.list());
    }

    @GET
    @Path("/{incident}")
    public byte[] show(@PathParam("incident") String incident) {
        return Answer.of(incidents.show(incident));
    }

    @POST
    @Path("/{incident}/retries")
    public byte[] retry(@PathParam("incident") String incident, @Context SecurityContext security) {
        return Answer.of(retry.retry(SignedRequest.caller(security), incident));
    }
}
