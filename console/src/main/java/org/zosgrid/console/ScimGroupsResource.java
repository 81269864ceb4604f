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
import org.zosgrid.workloads.ProvisionGroups;

/** Groups as a provisioning service keeps them, RFC 7644, section 3. */
@Path("/Groups")
@RequestScoped
@Consumes({ScimApplication.MEDIA_TYPE, "application/json"})
@Produces({ScimApplication.MEDIA_TYPE, "application/json"})
public class ScimGroupsResource {
    @Inject private ProvisionGroups groups;

    @GET
    public byte[] list(@Context UriInfo uri, @Context SecurityContext security) {
        return groups.list(AuthenticatedRequest.identity(security), ScimRequest.listing(uri));
    }

    @GET
    @Path("/{id}")
    public Response read(@PathParam("id") String id, @HeaderParam("If-None-Match") @DefaultValue("") String known, @Context UriInfo uri, @Context SecurityContext security) {
        return ScimRequest.read(groups.read(AuthenticatedRequest.identity(security), id), known, uri);
    }

    @POST
    public Response create(byte[] body, @Context UriInfo uri, @Context SecurityContext security) {
        return ScimRequest.made(groups.create(AuthenticatedRequest.identity(security), ScimRequest.body(body)), uri);
    }

    @PUT
    @Path("/{id}")
    public Response replace(@PathParam("id") String id, @HeaderParam("If-Match") @DefaultValue("") String ifMatch, byte[] body, @Context UriInfo uri, @Context SecurityContext security) {
        return ScimRequest.changed(groups.replace(AuthenticatedRequest.identity(security), id, ifMatch, ScimRequest.body(body)), uri);
    }

    @PATCH
    @Path("/{id}")
    public Response patch(@PathParam("id") String id, @HeaderParam("If-Match") @DefaultValue("") String ifMatch, byte[] body, @Context UriInfo uri, @Context SecurityContext security) {
        return ScimRequest.changed(groups.patch(AuthenticatedRequest.identity(security), id, ifMatch, ScimRequest.body(body)), uri);
    }

    @DELETE
    @Path("/{id}")
    public void remove(@PathParam("id") String id, @HeaderParam("If-Match") @DefaultValue("") String ifMatch, @Context SecurityContext security) {
        groups.remove(AuthenticatedRequest.identity(security), id, ifMatch);
    }
}
