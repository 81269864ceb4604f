package org.zosgrid.console;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import org.zosgrid.workloads.ShowNodes;

/** How nodes are. */
@Path("/nodes")
@RequestScoped
public class NodesResource {
    @Inject private ShowNodes nodes;

    @GET
    @Produces(MediaType.APPLICATION_JSON)
    public byte[] list() {
        return NodeAnswer.of(nodes.list());
    }

    @GET
    @Path("/{name}")
    @Produces(MediaType.APPLICATION_JSON)
    public byte[] show(@PathParam("name") String name) {
        return NodeAnswer.of(nodes.show(Names.known("name", name)));
    }
}
