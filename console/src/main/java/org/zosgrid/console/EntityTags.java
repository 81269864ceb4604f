package org.zosgrid.console;

import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerResponseContext;
import jakarta.ws.rs.container.ContainerResponseFilter;
import jakarta.ws.rs.core.EntityTag;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.ext.Provider;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.zosgrid.contract.Digests;

/** Gives everything that is read an entity tag, and answers 304 without it to whoever has it already (If-None-Match). */
@Provider
public class EntityTags implements ContainerResponseFilter {
    private static final int LENGTH = 32;
    private static final Logger LOG = Logger.getLogger(EntityTags.class.getName());

    @Override
    public void filter(ContainerRequestContext request, ContainerResponseContext response) {
        boolean reads = request.getMethod().equals("GET") || request.getMethod().equals("HEAD");
        if (!reads || response.getStatus() != Response.Status.OK.getStatusCode() || !(response.getEntity() instanceof byte[] body)) {
            return;
        }
        EntityTag tag = new EntityTag(Digests.sha256Hex(body).substring(0, LENGTH));
        response.getHeaders().putSingle(HttpHeaders.ETAG, tag);
        if (hasIt(request, tag)) {
            response.setStatus(Response.Status.NOT_MODIFIED.getStatusCode());
            response.setEntity(null);
        }
    }

    /** What is no list of entity tags names nothing that the reader has: it is sent. */
    private static boolean hasIt(ContainerRequestContext request, EntityTag tag) {
        try {
            return request.getRequest().evaluatePreconditions(tag) != null;
        } catch (RuntimeException malformed) { // which one is the JAX-RS implementation's own affair
            LOG.log(Level.FINE, "a header of preconditions cannot be read", malformed);
            return false;
        }
    }
}
