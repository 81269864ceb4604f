package org.zosgrid.console;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.PATCH;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.SecurityContext;
import jakarta.ws.rs.core.UriInfo;
import org.zosgrid.workloads.ProvisionUsers;

/** Users as a provisioning service keeps them, RFC 7644, section 3. */
@Path("/Users")
@RequestScoped
@Consumes({ScimApplication.MEDIA_TYPE, "application/json"})
@Produces({ScimApplication.MEDIA_TYPE, "application/json"})
public class ScimUsersResource {
    @Inject private ProvisionUsers users;

    @GET
    public byte[] list(@Context UriInfo uri, @Context SecurityContext security) {
        return users.list(AuthenticatedRequest.identity(security), ScimRequest.listing(uri));
    }

    @GET
    @Path("/{id}")
    public Response read(@PathParam("id") String id, @HeaderParam("If-None-Match") @DefaultValue("") String known, @Context UriInfo uri, @Context SecurityContext security) {
        return ScimRequest.read(users.read(AuthenticatedRequest.identity(security), id), known, uri);
    }

    @POST
    public Response create(byte[] body, @Context UriInfo uri, @Context SecurityContext security) {
        return ScimRequest.made(users.create(AuthenticatedRequest.identity(security), ScimRequest.body(body)), uri);
    }

    @PUT
    @Path("/{id}")
    public Response replace(@PathParam("id") String id, @HeaderParam("If-Match") @DefaultValue("") String ifMatch, byte[] body, @Context UriInfo uri, @Context SecurityContext security) {
        return ScimRequest.changed(users.replace(AuthenticatedRequest.identity(security), id, ifMatch, ScimRequest.body(body)), uri);
    }

    @PATCH
    @Path("/{id}")
    public Response patch(@PathParam("id") String id, @HeaderParam("If-Match") @DefaultValue("") String ifMatch, byte[] body, @Context UriInfo uri, @Context SecurityContext security) {
        return ScimRequest.changed(users.patch(AuthenticatedRequest.identity(security), id, ifMatch, ScimRequest.body(body)), uri);
    }

    @DELETE
    @Path("/{id}")
    public void remove(@PathParam("id") String id, @HeaderParam("If-Match") @DefaultValue("") String ifMatch, @Context SecurityContext security) {
        users.remove(AuthenticatedRequest.identity(security), id, ifMatch);
    }
}
