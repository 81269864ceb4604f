package org.zosgrid.console;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import org.jspecify.annotations.Nullable;
import org.zosgrid.contract.JsonObject;
import org.zosgrid.contract.StrictJson;
import org.zosgrid.workloads.LogIn;
import org.zosgrid.workloads.view.LoginView;

/** Logins with a name and a password. The only call that changes anything and that nobody signs: what it makes allows what a token allows. */
@Path("/logins")
@RequestScoped
public class LoginsResource {
    private static final int MAX_NAME = 100;
    private static final int MAX_PASSWORD = 200;
    private static final int MAX_ORGANISATION = 36;
    private static final String BEARER = "Bearer ";

    @Inject private LogIn logins;

    @POST
    @Consumes(MediaType.APPLICATION_JSON)
    @Produces(MediaType.APPLICATION_JSON)
    public Response begin(byte[] body) {
        JsonObject json = RequestBody.object(body);
        String name = json.text("name", MAX_NAME);
        String password = json.text("password", MAX_PASSWORD);
        String organisation = json.text("organisation", MAX_ORGANISATION, "default");
        json.end();
        LoginView made = logins.logIn(organisation, name, password);
        var answer = StrictJson.object().put("token", made.token()).put("name", made.name()).put("expiresAt", made.expiresAt().toString());
        made.roles().forEach(answer.putArray("roles")::add);
        return Response.status(Response.Status.CREATED).entity(StrictJson.bytes(answer)).build();
    }

    /** Of who asks: a request that shows something else than a login's token has none to end. */
    @DELETE
    @Path("/current")
    public void end(@HeaderParam("Authorization") @Nullable String authorization) {
        if (authorization != null && authorization.regionMatches(true, 0, BEARER, 0, BEARER.length())) {
            logins.logOut(authorization.substring(BEARER.length()).strip());
        }
    }
}
