package org.zosgrid.console;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.SecurityContext;
import jakarta.ws.rs.core.UriInfo;
import java.util.Optional;
import org.zosgrid.contract.JsonObject;
import org.zosgrid.contract.envelope.PayloadType;
import org.zosgrid.contract.envelope.Signature;
import org.zosgrid.contract.key.KeyId;
import org.zosgrid.workloads.ApproveChange;
import org.zosgrid.workloads.ExportAudit;
import org.zosgrid.workloads.ReadMachines;
import org.zosgrid.workloads.RejectChange;
import org.zosgrid.workloads.RepairDrift;
import org.zosgrid.workloads.ShowChanges;
import org.zosgrid.workloads.ShowProcesses;
import org.zosgrid.workloads.SubmitChange;
import org.zosgrid.workloads.UndoChange;
import org.zosgrid.workloads.WithdrawChange;
import org.zosgrid.workloads.view.ChangeQuery;

/** Deployments: submitted, looked at, and decided on. */
@Path("/deployments")
@RequestScoped
public class DeploymentsResource {
    private static final int PAGE = 100;
    private static final int MAX_PAGE = 500;
    private static final int MAX_CURSOR = 200;
    private static final int MAX_NAME = 36;
    private static final int MAX_SIGNATURE = 8192;
    private static final int MAX_REASON = 4000;
    private static final int MAX_NODE = 36;
    private static final KeyId NO_KEY = new KeyId("0".repeat(64));

    @Inject private SubmitChange submission;
    @Inject private ShowChanges changes;
    @Inject private ApproveChange approval;
    @Inject private RejectChange rejection;
    @Inject private WithdrawChange withdrawal;
    @Inject private UndoChange undo;
    @Inject private RepairDrift repair;
    @Inject private ReadMachines machines;
    @Inject private ExportAudit audit;
    @Inject private ShowProcesses processes;

    @POST
    @Consumes(MediaType.APPLICATION_JSON)
    @Produces(MediaType.APPLICATION_JSON)
    public Response submit(byte[] envelope, @Context HttpHeaders headers, @Context SecurityContext security) {
        return Submission.answer(submission, PayloadType.DEPLOYMENT, envelope, headers, security);
    }

    @GET
    @Produces(MediaType.APPLICATION_JSON)
    public byte[] list(@Context UriInfo uri) {
        Query query = new Query(uri);
        int limit = (int) query.number("limit", 1, MAX_PAGE, PAGE);
        String cursor = query.text("cursor", MAX_CURSOR, "");
        ChangeQuery wanted = new ChangeQuery(query.text("name", MAX_NAME, ""), query.text("state", MAX_NAME, ""), query.text("waitsFor", MAX_NAME, ""));
        query.end();
        return Answer.waiting(changes.list(wanted, cursor, limit));
    }

    @GET
    @Path("/{name}")
    @Produces(MediaType.APPLICATION_JSON)
    public byte[] newest(@PathParam("name") String name) {
        return Answer.of(changes.newest(Names.known("name", name)));
    }

    @GET
    @Path("/{name}/versions/{version}")
    @Produces(MediaType.APPLICATION_JSON)
    public byte[] show(@PathParam("name") String name, @PathParam("version") long version) {
        return Answer.of(changes.show(Names.known("name", name), version));
    }

    @GET
    @Path("/{name}/versions/{version}/process")
    @Produces(MediaType.APPLICATION_JSON)
    public byte[] process(@PathParam("name") String name, @PathParam("version") long version) {
        return ProcessAnswer.of(processes.track(Names.known("name", name), version));
    }

    @POST
    @Path("/{name}/versions/{version}/approvals")
    @Consumes(MediaType.APPLICATION_JSON)
    @Produces(MediaType.APPLICATION_JSON)
    public byte[] approve(@PathParam("name") String name, @PathParam("version") long version, byte[] body, @Context SecurityContext security) {
        JsonObject json = RequestBody.object(body);
        KeyId key = json.value("keyid", 64, KeyId::new, NO_KEY);
        byte[] signature = json.base64("sig", MAX_SIGNATURE);
        json.end();
        return Answer.of(approval.approve(SignedRequest.caller(security), Names.known("name", name), version, new Signature(key, signature)));
    }

    @POST
    @Path("/{name}/versions/{version}/rejections")
    @Consumes(MediaType.APPLICATION_JSON)
    @Produces(MediaType.APPLICATION_JSON)
    public byte[] reject(@PathParam("name") String name, @PathParam("version") long version, byte[] body, @Context SecurityContext security) {
        return Answer.of(rejection.reject(SignedRequest.caller(security), Names.known("name", name), version, reason(body)));
    }

    @POST
    @Path("/{name}/versions/{version}/withdrawals")
    @Consumes(MediaType.APPLICATION_JSON)
    @Produces(MediaType.APPLICATION_JSON)
    public byte[] withdraw(@PathParam("name") String name, @PathParam("version") long version, byte[] body, @Context SecurityContext security) {
        return Answer.of(withdrawal.withdraw(SignedRequest.caller(security), Names.known("name", name), version, reason(body)));
    }

    @POST
    @Path("/{name}/versions/{version}/undos")
    @Consumes(MediaType.APPLICATION_JSON)
    @Produces(MediaType.APPLICATION_JSON)
    public byte[] undo(@PathParam("name") String name, @PathParam("version") long version, byte[] body, @Context SecurityContext security) {
        return Answer.of(undo.undo(SignedRequest.caller(security), Names.known("name", name), version, reason(body)));
    }

    @POST
    @Path("/{name}/versions/{version}/repairs")
    @Consumes(MediaType.APPLICATION_JSON)
    @Produces(MediaType.APPLICATION_JSON)
    public byte[] repair(@PathParam("name") String name, @PathParam("version") long version, byte[] body, @Context SecurityContext security) {
        JsonObject json = RequestBody.object(body);
        Optional<String> node = json.has("node") ? Optional.of(json.text("node", MAX_NODE)) : Optional.empty();
        json.end();
        return Answer.of(repair.repair(SignedRequest.caller(security), Names.known("name", name), version, node));
    }

    @GET
    @Path("/{name}/logs/{machine}")
    @Produces(MediaType.TEXT_PLAIN)
    public Response logs(@PathParam("name") String name, @PathParam("machine") String machine) {
        return Answer.text(machines.logs(Names.known("name", name), Names.known("machine", machine)));
    }

    @GET
    @Path("/{name}/usage/{machine}")
    @Produces(MediaType.APPLICATION_JSON)
    public byte[] usage(@PathParam("name") String name, @PathParam("machine") String machine) {
        return Answer.of(machines.usage(Names.known("name", name), Names.known("machine", machine)));
    }

    @GET
    @Path("/{name}/audit")
    @Produces(MediaType.APPLICATION_JSON)
    public byte[] audit(@PathParam("name") String name) {
        return audit.export(Names.known("name", name));
    }

    /** Line breaks may stand in it, other control characters not. How long it may be, the use case says. */
    private static String reason(byte[] body) {
        JsonObject json = RequestBody.object(body);
        String reason = json.text("reason", MAX_REASON);
        if (reason.chars().anyMatch(each -> Character.isISOControl(each) && each != '\n' && each != '\r' && each != '\t')) {
            json.fault("reason", "must have no control characters but line breaks", "");
        }
        json.end();
        return reason;
    }
}
