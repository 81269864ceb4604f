package org.zosgrid.console;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.SecurityContext;
import jakarta.ws.rs.core.UriInfo;
import java.util.List;
import java.util.Optional;
import org.zosgrid.contract.JsonObject;
import org.zosgrid.workloads.AddWebhook;
import org.zosgrid.workloads.HandleDeadLetters;
import org.zosgrid.workloads.RemoveWebhook;
import org.zosgrid.workloads.ShowWebhooks;
import org.zosgrid.workloads.TestWebhook;
import org.zosgrid.workloads.view.WebhookView;

/** Subscriptions to decisions: made, listed, tried, ended; and the messages that were given up. */
@Path("/webhooks")
@RequestScoped
public class WebhooksResource {
    private static final int PAGE = 100;
    private static final int MAX_PAGE = 500;
    private static final int MAX_CURSOR = 50;
    private static final int MAX_URL = 2000;
    private static final int MAX_TYPES = 100;
    private static final int MAX_TYPE = 100;
    private static final int MAX_NAME = 63;
    private static final int MAX_FILE = 200;

    @Inject private AddWebhook addition;
    @Inject private ShowWebhooks webhooks;
    @Inject private RemoveWebhook removal;
    @Inject private TestWebhook trial;
    @Inject private HandleDeadLetters deadLetters;

    @POST
    @Consumes(MediaType.APPLICATION_JSON)
    @Produces(MediaType.APPLICATION_JSON)
    public Response add(byte[] body, @Context SecurityContext security) {
        JsonObject json = RequestBody.object(body);
        String url = json.text("url", MAX_URL);
        List<String> types = json.has("types") ? json.texts("types", MAX_TYPES, MAX_TYPE) : List.of();
        Optional<String> secretFile = json.has("secretFile") ? Optional.of(json.text("secretFile", MAX_FILE)) : Optional.empty();
        Optional<String> name = json.has("name") ? Optional.of(json.text("name", MAX_NAME)) : Optional.empty();
        json.end();
        WebhookView made = addition.add(AuthenticatedRequest.identity(security), name, url, types, secretFile);
        return Response.status(Response.Status.CREATED).entity(Answer.of(made)).header("Location", "/api/webhooks/" + made.id()).build();
    }

    @GET
    @Produces(MediaType.APPLICATION_JSON)
    public byte[] list(@Context SecurityContext security) {
        return Answer.webhooks(webhooks.list(AuthenticatedRequest.identity(security)));
    }

    @GET
    @Path("/{id}")
    @Produces(MediaType.APPLICATION_JSON)
    public byte[] show(@PathParam("id") long id, @Context SecurityContext security) {
        return Answer.of(webhooks.show(AuthenticatedRequest.identity(security), id));
    }

    @DELETE
    @Path("/{id}")
    public void remove(@PathParam("id") long id, @Context SecurityContext security) {
        removal.remove(AuthenticatedRequest.identity(security), id);
    }

    @POST
    @Path("/{id}/tests")
    @Produces(MediaType.APPLICATION_JSON)
    public byte[] test(@PathParam("id") long id, @Context SecurityContext security) {
        return Answer.trial(trial.test(AuthenticatedRequest.identity(security), id));
    }

    @GET
    @Path("/dead-letters")
    @Produces(MediaType.APPLICATION_JSON)
    public byte[] deadLetters(@Context UriInfo uri, @Context SecurityContext security) {
        Query query = new Query(uri);
        int limit = (int) query.number("limit", 1, MAX_PAGE, PAGE);
        String cursor = query.text("cursor", MAX_CURSOR, "");
        query.end();
        return Answer.deadLetters(webhooks.deadLetters(AuthenticatedRequest.identity(security), cursor, limit));
    }

    @POST
    @Path("/{id}/dead-letters/{index}/retries")
    public void retry(@PathParam("id") long id, @PathParam("index") long index, @Context SecurityContext security) {
        deadLetters.retry(AuthenticatedRequest.identity(security), id, index);
    }

    @DELETE
    @Path("/{id}/dead-letters/{index}")
    public void drop(@PathParam("id") long id, @PathParam("index") long index, @Context SecurityContext security) {
        deadLetters.drop(AuthenticatedRequest.identity(security), id, index);
    }
}
