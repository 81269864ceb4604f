package org.zosgrid.console;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.Base64;
import org.zosgrid.contract.ContractException;
import org.zosgrid.contract.JsonObject;
import org.zosgrid.contract.document.Model;
import org.zosgrid.workloads.TellDemand;

/** What decision tables demand of a document, before anybody signs it. Nothing is kept of it. */
@Path("/demand")
@RequestScoped
public class DemandResource {
    private static final int MAX_TYPE = 100;
    /** Text of a model, as JSON in base64. */
    private static final int MAX_PAYLOAD = 8 * Model.MAX_BYTES;

    @Inject private TellDemand demand;

    @POST
    @Consumes(MediaType.APPLICATION_JSON)
    @Produces(MediaType.APPLICATION_JSON)
    public byte[] demand(byte[] body) {
        JsonObject json = RequestBody.object(body);
        String payloadType = json.text("payloadType", MAX_TYPE);
        String payload = json.text("payload", MAX_PAYLOAD);
        json.end();
        return Answer.of(demand.of(payloadType, bytes(payload)));
    }

    private static byte[] bytes(String payload) {
        try {
            return Base64.getDecoder().decode(payload);
        } catch (IllegalArgumentException none) {
            throw new ContractException("payload", "must be base64", payload.length() + " characters");
        }
    }
}
