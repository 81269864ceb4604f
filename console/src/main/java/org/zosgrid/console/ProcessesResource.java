package org.zosgrid.console;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.UriInfo;
import java.time.Instant;
import org.zosgrid.workloads.ShowProcesses;

/** The processes and decision tables, and how it went in them. */
@Path("/processes")
@RequestScoped
public class ProcessesResource {
    private static final int PAGE = 100;
    private static final int MAX_PAGE = 500;
    private static final int MAX_FROM = 1_000_000;

    @Inject private ShowProcesses processes;

    @GET
    @Produces(MediaType.APPLICATION_JSON)
    public byte[] list() {
        return ProcessAnswer.of(processes.list());
    }

    @GET
    @Path("/{key}/{version}/diagram")
    @Produces(MediaType.APPLICATION_XML)
    public byte[] diagram(@PathParam("key") String key, @PathParam("version") int version) {
        return processes.model("process", key, version);
    }

    @GET
    @Path("/decisions/{key}/{version}/table")
    @Produces(MediaType.APPLICATION_XML)
    public byte[] table(@PathParam("key") String key, @PathParam("version") int version) {
        return processes.model("decision", key, version);
    }

    @GET
    @Path("/{key}/{version}/statistics")
    @Produces(MediaType.APPLICATION_JSON)
    public byte[] statistics(@PathParam("key") String key, @PathParam("version") int version, @Context UriInfo uri) {
        Query query = new Query(uri);
        Instant since = query.instant("since").orElse(Instant.EPOCH);
        query.end();
        return ProcessAnswer.of(processes.statistics(key, version, since));
    }

    @GET
    @Path("/{key}/{version}/instances")
    @Produces(MediaType.APPLICATION_JSON)
    public byte[] instances(@PathParam("key") String key, @PathParam("version") int version, @Context UriInfo uri) {
        Query query = new Query(uri);
        int limit = (int) query.number("limit", 1, MAX_PAGE, PAGE);
        int from = (int) query.number("cursor", 0, MAX_FROM, 0);
        query.end();
        return ProcessAnswer.instances(processes.instances(key, version, from, limit));
    }
}
