package org.zosgrid.console;

import com.fasterxml.jackson.databind.node.ObjectNode;
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
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.TreeSet;
import org.zosgrid.contract.JsonObject;
import org.zosgrid.contract.StrictJson;
import org.zosgrid.workloads.ManageAccounts;
import org.zosgrid.workloads.view.AccountView;

/** Accounts that are kept here: made, listed, removed. */
@Path("/users")
@RequestScoped
public class UsersResource {
    private static final int PAGE = 100;
    private static final int MAX_PAGE = 500;
    private static final long MAX_FROM = 1_000_000;
    private static final int MAX_NAME = 100;
    private static final int MAX_DISPLAY = 1000;
    private static final int MAX_PASSWORD = 1000;
    private static final int MAX_GROUPS = 100;

    @Inject private ManageAccounts accounts;

    @GET
    @Produces(MediaType.APPLICATION_JSON)
    public byte[] list(@Context UriInfo uri, @Context SecurityContext security) {
        Query query = new Query(uri);
        int from = (int) query.number("from", 0, MAX_FROM, 0);
        int limit = (int) query.number("limit", 1, MAX_PAGE, PAGE);
        query.end();
        ObjectNode json = StrictJson.object();
        Answer.list(json, "items", accounts.list(AuthenticatedRequest.identity(security), from, limit), UsersResource::write);
        return StrictJson.bytes(json);
    }

    @POST
    @Consumes(MediaType.APPLICATION_JSON)
    @Produces(MediaType.APPLICATION_JSON)
    public Response add(byte[] body, @Context SecurityContext security) {
        JsonObject json = RequestBody.object(body);
        String name = json.text("name", MAX_NAME);
        String displayName = json.text("displayName", MAX_DISPLAY, "");
        String password = json.text("password", MAX_PASSWORD);
        Set<String> groups = new TreeSet<>(json.texts("groups", MAX_GROUPS, MAX_NAME));
        json.end();
        AccountView made = accounts.add(AuthenticatedRequest.identity(security), name, displayName, password, groups);
        ObjectNode answer = StrictJson.object();
        write(made, answer);
        return Response.status(Response.Status.CREATED).entity(StrictJson.bytes(answer)).header("Location", "/api/users/" + URLEncoder.encode(made.name(), StandardCharsets.UTF_8)).build();
    }

    @DELETE
    @Path("/{user}")
    public void remove(@PathParam("user") String name, @Context SecurityContext security) {
        accounts.remove(AuthenticatedRequest.identity(security), name);
    }

    private static void write(AccountView account, ObjectNode into) {
        into.put("name", account.name()).put("displayName", account.displayName()).put("active", account.active()).put("password", account.password()).put("createdAt", account.createdAt().toString());
        account.groups().forEach(into.putArray("groups")::add);
    }
}
