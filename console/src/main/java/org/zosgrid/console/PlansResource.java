package org.zosgrid.console;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import org.zosgrid.workloads.PlanChange;

/** What a deployment would change, before anybody signs it. Nothing is kept of it. */
@Path("/plans")
@RequestScoped
public class PlansResource {
    @Inject private PlanChange plans;

    @POST
    @Consumes(MediaType.APPLICATION_JSON)
    @Produces(MediaType.APPLICATION_JSON)
    public byte[] plan(byte[] document) {
        RequestBody.object(document);
        return Answer.of(plans.plan(document));
    }
}
