package org.zosgrid.console;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.UriInfo;
import org.zosgrid.workloads.BrowseImage;
import org.zosgrid.workloads.ResolveImage;

/** Which content an image name stands for, who signed it, and what is in it. */
@Path("/images")
@RequestScoped
public class ImagesResource {
    private static final int MAX_REFERENCE = 300;
    private static final int MAX_PATH = 4096;
    private static final int MAX_NAME = 255;
    private static final int FINGERPRINT = 64;
    private static final int PAGE = 100;
    private static final int MAX_PAGE = 500;
    private static final int MAX_DIFFERENCES = 2000;

    @Inject private ResolveImage images;
    @Inject private BrowseImage browse;

    @GET
    @Produces(MediaType.APPLICATION_JSON)
    public byte[] resolve(@Context UriInfo uri) {
        Query query = new Query(uri);
        String reference = query.text("reference", MAX_REFERENCE);
        query.end();
        return Answer.image(images.resolve(reference));
    }

    @GET
    @Path("/signers")
    @Produces(MediaType.APPLICATION_JSON)
    public byte[] signers(@Context UriInfo uri) {
        Query query = new Query(uri);
        String reference = query.text("reference", MAX_REFERENCE);
        query.end();
        return ImageAnswer.of(browse.signed(reference));
    }

    @GET
    @Path("/comparison")
    @Produces(MediaType.APPLICATION_JSON)
    public byte[] compare(@Context UriInfo uri) {
        Query query = new Query(uri);
        String before = query.text("before", FINGERPRINT);
        String after = query.text("after", FINGERPRINT);
        query.end();
        return ImageAnswer.of(browse.compare(before, after, MAX_DIFFERENCES));
    }

    @GET
    @Path("/{fingerprint}/tree")
    @Produces(MediaType.APPLICATION_JSON)
    public byte[] directory(@PathParam("fingerprint") String fingerprint, @Context UriInfo uri) {
        Query query = new Query(uri);
        String path = query.text("path", MAX_PATH, "");
        int limit = (int) query.number("limit", 1, MAX_PAGE, PAGE);
        String cursor = query.text("cursor", MAX_NAME, "");
        query.end();
        return ImageAnswer.directory(browse.directory(fingerprint, path, cursor, limit));
    }
}
