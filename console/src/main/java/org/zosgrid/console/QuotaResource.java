package org.zosgrid.console;

import com.fasterxml.jackson.databind.node.ObjectNode;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import org.zosgrid.contract.StrictJson;
import org.zosgrid.workloads.ShowQuota;
import org.zosgrid.workloads.view.QuotaView;

/** What the caller's organisation may have at once, and has. */
@Path("/quota")
@RequestScoped
public class QuotaResource {
    @Inject private ShowQuota quota;

    @GET
    @Produces(MediaType.APPLICATION_JSON)
    public byte[] show() {
        QuotaView view = quota.show();
        ObjectNode json = StrictJson.object().put("organisation", view.organisation());
        line(json, "deployments", view.deployments());
        line(json, "cpuMillis", view.cpuMillis());
        line(json, "memoryBytes", view.memoryBytes());
        return StrictJson.bytes(json);
    }

    private static void line(ObjectNode json, String name, QuotaView.Line line) {
        json.putObject(name).put("used", line.used()).put("limit", line.limit().orElse(null));
    }
}
