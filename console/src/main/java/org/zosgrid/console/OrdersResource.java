package org.zosgrid.console;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.SecurityContext;
import jakarta.ws.rs.core.UriInfo;
import org.zosgrid.contract.envelope.PayloadType;
import org.zosgrid.workloads.ShowPromotions;
import org.zosgrid.workloads.SubmitChange;

/** Orders about a deployment that is there, an image or a node. Once submitted, one is a version under that name like any other, and found there. */
@Path("")
@RequestScoped
@Consumes(MediaType.APPLICATION_JSON)
@Produces(MediaType.APPLICATION_JSON)
public class OrdersResource {
    private static final int MAX_REFERENCE = 300;
    private static final int MAX_NAME = 36;
    private static final int PAGE = 100;
    private static final int MAX_PAGE = 500;

    @Inject private SubmitChange submission;
    @Inject private ShowPromotions promotions;

    @POST
    @Path("/pauses")
    public Response pause(byte[] envelope, @Context HttpHeaders headers, @Context SecurityContext security) {
        return Submission.answer(submission, PayloadType.PAUSE, envelope, headers, security);
    }

    @POST
    @Path("/resumptions")
    public Response resume(byte[] envelope, @Context HttpHeaders headers, @Context SecurityContext security) {
        return Submission.answer(submission, PayloadType.RESUME, envelope, headers, security);
    }

    @POST
    @Path("/skips")
    public Response skip(byte[] envelope, @Context HttpHeaders headers, @Context SecurityContext security) {
        return Submission.answer(submission, PayloadType.SKIP, envelope, headers, security);
    }

    @POST
    @Path("/promotions")
    public Response promote(byte[] envelope, @Context HttpHeaders headers, @Context SecurityContext security) {
        return Submission.answer(submission, PayloadType.PROMOTION, envelope, headers, security);
    }

    @GET
    @Path("/promotions")
    public byte[] promotions(@Context UriInfo uri) {
        Query query = new Query(uri);
        String reference = query.text("reference", MAX_REFERENCE, "");
        int limit = (int) query.number("limit", 1, MAX_PAGE, PAGE);
        String cursor = query.text("cursor", MAX_NAME, "");
        query.end();
        return ImageAnswer.promotions(promotions.list(reference, cursor, limit));
    }

    @POST
    @Path("/reviews")
    public Response review(byte[] envelope, @Context HttpHeaders headers, @Context SecurityContext security) {
        return Submission.answer(submission, PayloadType.REVIEW, envelope, headers, security);
    }

    @POST
    @Path("/admissions")
    public Response admit(byte[] envelope, @Context HttpHeaders headers, @Context SecurityContext security) {
        return Submission.answer(submission, PayloadType.ADMISSION, envelope, headers, security);
    }

    @POST
    @Path("/retirements")
    public Response retire(byte[] envelope, @Context HttpHeaders headers, @Context SecurityContext security) {
        return Submission.answer(submission, PayloadType.RETIREMENT, envelope, headers, security);
    }

    @POST
    @Path("/decommissions")
    public Response decommission(byte[] envelope, @Context HttpHeaders headers, @Context SecurityContext security) {
        return Submission.answer(submission, PayloadType.DECOMMISSION, envelope, headers, security);
    }
}
