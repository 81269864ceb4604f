package org.zosgrid.console;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.UriInfo;
import org.zosgrid.workloads.ResolveImage;

/** Which content an image name stands for. */
@Path("images")
@RequestScoped
public class ImagesResource {
    private static final int MAX_REFERENCE = 300;

    @Inject private ResolveImage images;

    @GET
    @Produces(MediaType.APPLICATION_JSON)
    public byte[] resolve(@Context UriInfo uri) {
        Query query = new Query(uri);
        String reference = query.text("reference", MAX_REFERENCE);
        query.end();
        return Answer.image(images.resolve(reference));
    }
}
