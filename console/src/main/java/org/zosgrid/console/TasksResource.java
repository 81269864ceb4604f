package org.zosgrid.console;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.UriInfo;
import org.zosgrid.workloads.ShowChanges;

/** What waits for people: changes of every kind whose approval is open. */
@Path("/tasks")
@RequestScoped
public class TasksResource {
    private static final int PAGE = 100;
    private static final int MAX_PAGE = 500;
    private static final int MAX_NAME = 36;

    @Inject private ShowChanges changes;

    @GET
    @Produces(MediaType.APPLICATION_JSON)
    public byte[] list(@Context UriInfo uri) {
        Query query = new Query(uri);
        String person = query.text("person", MAX_NAME, "");
        long after = query.number("cursor", 0, Long.MAX_VALUE, 0);
        int limit = (int) query.number("limit", 1, MAX_PAGE, PAGE);
        query.end();
        return Answer.waiting(changes.waiting(person, after, limit));
    }
}
