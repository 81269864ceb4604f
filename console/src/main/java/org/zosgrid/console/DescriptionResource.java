package org.zosgrid.console;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import jakarta.enterprise.context.RequestScoped;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import org.zosgrid.contract.StrictJson;

/** The interface's own description, OpenAPI 3.1, as it is written and as JSON. */
@Path("")
@RequestScoped
public class DescriptionResource {
    @GET
    @Path("/openapi.yaml")
    @Produces("application/yaml")
    public byte[] yaml() {
        try (InputStream file = DescriptionResource.class.getResourceAsStream("openapi.yaml")) {
            return file.readAllBytes();
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }

    @GET
    @Path("/openapi.json")
    @Produces(MediaType.APPLICATION_JSON)
    public byte[] json() {
        return StrictJson.bytes(document());
    }

    private JsonNode document() {
        try {
            return new YAMLMapper().readTree(yaml());
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }
}
