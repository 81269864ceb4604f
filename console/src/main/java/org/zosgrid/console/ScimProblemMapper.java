package org.zosgrid.console;

import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.ext.ExceptionMapper;
import jakarta.ws.rs.ext.Provider;

/** Turns everything that is thrown while SCIM answers into SCIM's own form. */
@Provider
public class ScimProblemMapper implements ExceptionMapper<Throwable> {
    @Override
    public Response toResponse(Throwable thrown) {
        return ScimProblem.of(thrown).response();
    }
}
