package org.zosgrid.console;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.SecurityContext;
import org.zosgrid.contract.envelope.PayloadType;
import org.zosgrid.workloads.SubmitChange;

/** Orders about a deployment that is there, or about a node. Once submitted, one is a version under that name like any other, and found there. */
@Path("")
@RequestScoped
@Consumes(MediaType.APPLICATION_JSON)
@Produces(MediaType.APPLICATION_JSON)
public class OrdersResource {
    @Inject private SubmitChange submission;

    @POST
    @Path("pauses")
    public Response pause(byte[] envelope, @Context HttpHeaders headers, @Context SecurityContext security) {
        return Submission.answer(submission, PayloadType.PAUSE, envelope, headers, security);
    }

    @POST
    @Path("resumptions")
    public Response resume(byte[] envelope, @Context HttpHeaders headers, @Context SecurityContext security) {
        return Submission.answer(submission, PayloadType.RESUME, envelope, headers, security);
    }

    @POST
    @Path("skips")
    public Response skip(byte[] envelope, @Context HttpHeaders headers, @Context SecurityContext security) {
        return Submission.answer(submission, PayloadType.SKIP, envelope, headers, security);
    }

    @POST
    @Path("admissions")
    public Response admit(byte[] envelope, @Context HttpHeaders headers, @Context SecurityContext security) {
        return Submission.answer(submission, PayloadType.ADMISSION, envelope, headers, security);
    }

    @POST
    @Path("retirements")
    public Response retire(byte[] envelope, @Context HttpHeaders headers, @Context SecurityContext security) {
        return Submission.answer(submission, PayloadType.RETIREMENT, envelope, headers, security);
    }

    @POST
    @Path("decommissions")
    public Response decommission(byte[] envelope, @Context HttpHeaders headers, @Context SecurityContext security) {
        return Submission.answer(submission, PayloadType.DECOMMISSION, envelope, headers, security);
    }
}
