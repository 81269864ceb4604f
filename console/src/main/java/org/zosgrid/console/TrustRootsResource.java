package org.zosgrid.console;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.SecurityContext;
import org.zosgrid.workloads.RotateTrustRoot;
import org.zosgrid.workloads.ShowTrustRoots;

/** Trust roots: the chain, the one in force and who has followed, and the next one handed in. */
@Path("/trust-roots")
@RequestScoped
public class TrustRootsResource {
    @Inject private ShowTrustRoots roots;
    @Inject private RotateTrustRoot rotation;

    @POST
    @Consumes(MediaType.APPLICATION_JSON)
    @Produces(MediaType.APPLICATION_JSON)
    public Response submit(byte[] envelope, @Context SecurityContext security) {
        RequestBody.object(envelope);
        return Response.accepted(Answer.of(rotation.rotate(SignedRequest.caller(security), envelope))).header("Location", "/api/trust-roots/current").build();
    }

    @GET
    @Produces(MediaType.APPLICATION_JSON)
    public byte[] chain() {
        return Answer.trustRoots(roots.chain());
    }

    @GET
    @Path("/current")
    @Produces(MediaType.APPLICATION_JSON)
    public byte[] current() {
        return Answer.of(roots.current());
    }
}
