package org.zosgrid.console;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.SecurityContext;
import org.zosgrid.workloads.DescribeScim;

/** What this server can do of SCIM, RFC 7644, section 4. */
@Path("")
@RequestScoped
@Produces({ScimApplication.MEDIA_TYPE, "application/json"})
public class ScimDiscoveryResource {
    @Inject private DescribeScim description;

    @GET
    @Path("/ServiceProviderConfig")
    public byte[] configuration(@Context SecurityContext security) {
        return description.configuration(AuthenticatedRequest.identity(security));
    }

    @GET
    @Path("/ResourceTypes")
    public byte[] resourceTypes(@Context SecurityContext security) {
        return description.resourceTypes(AuthenticatedRequest.identity(security));
    }

    @GET
    @Path("/ResourceTypes/{type}")
    public byte[] resourceType(@PathParam("type") String name, @Context SecurityContext security) {
        return description.resourceType(AuthenticatedRequest.identity(security), name);
    }

    @GET
    @Path("/Schemas")
    public byte[] schemas(@Context SecurityContext security) {
        return description.schemas(AuthenticatedRequest.identity(security));
    }

    @GET
    @Path("/Schemas/{schema}")
    public byte[] schema(@PathParam("schema") String id, @Context SecurityContext security) {
        return description.schema(AuthenticatedRequest.identity(security), id);
    }
}
