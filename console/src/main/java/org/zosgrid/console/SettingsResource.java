package org.zosgrid.console;

import com.fasterxml.jackson.databind.node.ObjectNode;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.SecurityContext;
import org.zosgrid.contract.StrictJson;
import org.zosgrid.workloads.ShowSettings;

/** The settings in force, for administrators. */
@Path("/settings")
@RequestScoped
public class SettingsResource {
    @Inject private ShowSettings settings;

    @GET
    @Produces(MediaType.APPLICATION_JSON)
    public byte[] list(@Context SecurityContext security) {
        ObjectNode json = StrictJson.object();
        Answer.list(json, "items", settings.list(AuthenticatedRequest.identity(security)), (each, into) ->
                into.put("key", each.key()).put("value", each.value()).put("source", each.source()).put("type", each.type()).put("description", each.description()));
        return StrictJson.bytes(json);
    }
}
