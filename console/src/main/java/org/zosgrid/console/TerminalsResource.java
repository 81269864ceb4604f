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
import jakarta.ws.rs.core.SecurityContext;
import jakarta.ws.rs.core.UriInfo;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import org.zosgrid.contract.JsonObject;
import org.zosgrid.contract.terminal.TerminalChannel;
import org.zosgrid.workloads.CarryTerminals;

/** Terminals into machines: opened by a signed request, carried as frames that are sealed between the person and the node. */
@Path("/deployments/{name}/terminals/{machine}")
@RequestScoped
public class TerminalsResource {
    private static final int MAX_FRAMES = 16;
    private static final int MAX_BYTES = 40_000;
    private static final long MAX_NUMBER = 999_999_999_999_999L;

    @Inject private CarryTerminals terminals;

    @POST
    @Consumes(MediaType.APPLICATION_JSON)
    @Produces(MediaType.APPLICATION_JSON)
    public byte[] open(@PathParam("name") String name, @PathParam("machine") String machine, byte[] envelope, @Context SecurityContext security) {
        RequestBody.object(envelope);
        return terminals.open(SignedRequest.caller(security), Names.known("name", name), Names.known("machine", machine), envelope);
    }

    @POST
    @Path("/{session}/frames")
    @Consumes(MediaType.APPLICATION_JSON)
    public void type(@PathParam("name") String name, @PathParam("machine") String machine, @PathParam("session") String session, byte[] body, @Context SecurityContext security) {
        SignedRequest.caller(security);
        JsonObject json = RequestBody.object(body);
        List<byte[]> frames = frames(json);
        json.end();
        terminals.type(Names.known("name", name), Names.known("machine", machine), Names.known("session", session), frames);
    }

    private static List<byte[]> frames(JsonObject json) {
        List<byte[]> frames = new ArrayList<>();
        int bytes = 0;
        for (String each : json.texts("frames", MAX_FRAMES, 2 * TerminalChannel.MAX_FRAME)) {
            try {
                frames.add(Base64.getDecoder().decode(each));
                bytes += frames.getLast().length;
            } catch (IllegalArgumentException wrong) {
                json.fault("frames", "must be base64", each);
            }
        }
        if (bytes > MAX_BYTES) {
            json.fault("frames", "must not have more than " + MAX_BYTES + " bytes together", Integer.toString(bytes));
        }
        return frames;
    }

    @GET
    @Path("/{session}/frames")
    @Produces(MediaType.APPLICATION_JSON)
    public byte[] read(@PathParam("name") String name, @PathParam("machine") String machine, @PathParam("session") String session, @Context UriInfo uri, @Context SecurityContext security) {
        SignedRequest.caller(security);
        Query query = new Query(uri);
        long from = query.number("from", 0, MAX_NUMBER, 0);
        query.end();
        return Answer.of(terminals.read(Names.known("name", name), Names.known("machine", machine), Names.known("session", session), from));
    }

    @DELETE
    @Path("/{session}")
    public void close(@PathParam("name") String name, @PathParam("machine") String machine, @PathParam("session") String session, @Context SecurityContext security) {
        terminals.close(SignedRequest.caller(security), Names.known("name", name), Names.known("machine", machine), Names.known("session", session));
    }
}
